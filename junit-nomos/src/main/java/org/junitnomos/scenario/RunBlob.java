package org.junitnomos.scenario;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.mantle.BlobId;

/** Finds what became of one blob of a run. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunBlob {
    /** {@return its id} */
    BlobId id();

    /**
     * Returns what became of it so far, as the journal tells.
     *
     * @return a snapshot; empty if no executor of the run told that id
     */
    default Optional<BlobLedger.Fate> fate() {
        return run().blobs().find(id());
    }

    /** {@return the run that it is part of} */
    RunContext run();
}
