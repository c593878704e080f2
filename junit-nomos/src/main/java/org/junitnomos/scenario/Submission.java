package org.junitnomos.scenario;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** A transaction that was submitted to nodes by {@link RunContext#submit}. Thread-safe. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Submission extends RunTransaction {
    /**
     * Returns what was submitted.
     *
     * @return the transaction with its proofs
     */
    SignedMantleTx transaction();

    @Override
    default TxHash hash() {
        return transaction().hash();
    }

    /**
     * Says whether a node took it. A node takes what it cannot check at once, and drops what fails when it builds a
     * block (node contract 1.4).
     *
     * @return true if one did
     */
    default boolean isAccepted() {
        return refusal().isEmpty();
    }

    /**
     * Says why no node took it.
     *
     * @return who refused, with which status, as {@link LoadAccount#missed} wants it; empty if a node took it
     */
    Optional<String> refusal();

    /**
     * Waits until it is in a block of the reference chain.
     *
     * @param limit longest wait, on the clock of the run
     * @return the block
     * @throws InterruptedException if the run window ended
     * @throws org.opentest4j.AssertionFailedError if no node took it, or it is in no block in time
     */
    BlockRecord awaitInBlock(Duration limit) throws InterruptedException;
}
