package org.junitnomos.devnode.da;

import org.apiguardian.api.API;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;

/** A share as a node keeps it across restarts. */
@API(status = API.Status.INTERNAL, since = "0.1")
public record StoredShare(BlobCommitments commitments, BlobShare share) {}
