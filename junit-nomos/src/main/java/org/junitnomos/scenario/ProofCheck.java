package org.junitnomos.scenario;

import java.util.HashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.mantle.SignedMantleTx;

/**
 * Compares the proofs under which a block holds a transaction of the load with those that were submitted. The hash of a
 * transaction, and with it the id of a block, does not depend on its proofs, so the feed cannot tell. Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ProofCheck {
    private static final String ABOUT = "proofs of a transaction";

    private final RunContext run;
    private final Map<String, Count> nodes = new HashMap<>();

    /** What one node served. */
    private static final class Count {
        private final long since;
        private long times;

        Count(long since) {
            this.since = since;
        }
    }

    /**
     * Makes a check that has seen nothing yet.
     *
     * @param run takes what is found on its record
     */
    public ProofCheck(RunContext run) {
        this.run = run;
    }

    /**
     * Puts it on record if the block holds other proofs; again when their number has doubled.
     *
     * @param submitted the transaction as this run submitted it
     * @param included the transaction as the block holds it
     * @param record the block
     */
    public synchronized void check(SignedMantleTx submitted, SignedMantleTx included, BlockRecord record) {
        boolean ledger = submitted.ledgerTxProof().equals(included.ledgerTxProof());
        if (ledger && submitted.opProofs().equals(included.opProofs())) {
            return;
        }
        long now = run.clock().now().toNanos();
        var count = nodes.computeIfAbsent(record.firstSeenOn(), node -> new Count(now));
        if (Long.bitCount(++count.times) == 1) {
            String which = ledger ? "of its operations" : "of its ledger transaction";
            String where = "transaction " + submitted.hash().toHex() + " in block " + record.id() + " at height "
                    + record.height();
            run.journal()
                    .append(new ContradictionSeen(
                            now,
                            record.firstSeenOn(),
                            ABOUT,
                            where + " with the proofs that were submitted",
                            "another proof " + which,
                            count.since,
                            count.times));
        }
    }
}
