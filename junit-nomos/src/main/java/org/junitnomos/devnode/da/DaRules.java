package org.junitnomos.devnode.da;

import org.apiguardian.api.API;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;

/** Decides what a right node decides about shares and blobs; a test may plant a defect. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface DaRules {
    /** The rules of a right node. */
    DaRules STANDARD = new DaRules() {};

    /** Decides whether a share belongs to a blob. */
    default boolean verifies(BlobCommitments commitments, BlobShare share) {
        return commitments.verify(share);
    }

    /** Decides whether a verified share is kept, and goes to the store. */
    default boolean keeps(BlobCommitments commitments, BlobShare share) {
        return true;
    }

    /** Decides whether a blob may be in a block, given whether sampling found it available. */
    default boolean admits(boolean sampled) {
        return sampled;
    }
}
