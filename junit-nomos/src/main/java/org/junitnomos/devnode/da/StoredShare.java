package org.junitnomos.devnode.da;

import org.apiguardian.api.API;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;

/**
 * A share as a node keeps it across restarts.
 *
 * @param commitments commitments of its blob
 * @param share the share
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record StoredShare(BlobCommitments commitments, BlobShare share) {}
