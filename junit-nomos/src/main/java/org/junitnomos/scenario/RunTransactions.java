package org.junitnomos.scenario;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.TxHash;

/**
 * Finds what became of all transactions that workloads and the test submitted through a run; what went to a node's
 * client is not among them. Every call tells how it is then. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunTransactions {
    /** {@return the fates so far, snapshots in the order of first submission} */
    List<TransactionLedger.Fate> fates();

    /**
     * Finds the fate of one of them.
     *
     * @param transaction its id
     * @return a snapshot; empty if it was not submitted
     */
    Optional<TransactionLedger.Fate> find(TxHash transaction);

    /**
     * Returns one of them, whether it was submitted already or not.
     *
     * @param transaction its id
     * @return the transaction
     */
    RunTransaction get(TxHash transaction);

    /** {@return the run that they are part of} */
    RunContext run();
}
