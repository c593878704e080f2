package org.junitnomos.scenario;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.mantle.BlobId;

/**
 * Finds what became of all blobs that workloads submitted. Every call tells how it is then. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunBlobs {
    /** {@return the fates so far, snapshots in the order of first submission} */
    List<BlobLedger.Fate> fates();

    /**
     * Finds the fate of one of them.
     *
     * @param blob its id
     * @return a snapshot; empty if no executor of the run told that id
     */
    Optional<BlobLedger.Fate> find(BlobId blob);

    /**
     * Returns one of them, whether it was dispersed already or not.
     *
     * @param blob its id
     * @return the blob
     */
    RunBlob get(BlobId blob);

    /** {@return the run that they are part of} */
    RunContext run();
}
