package org.junitnomos.scenario;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.TxHash;

/** Finds what became of one transaction of a run: of {@link RunContext#submit}, or of a workload. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunTransaction {
    /** {@return its id} */
    TxHash hash();

    /**
     * Returns what became of it so far, as the journal tells.
     *
     * @return a snapshot; empty if nobody submitted it through the run
     */
    default Optional<TransactionLedger.Fate> fate() {
        return run().transactions().find(hash());
    }

    /** {@return the run that it is part of} */
    RunContext run();
}
