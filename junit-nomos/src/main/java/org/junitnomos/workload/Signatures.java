package org.junitnomos.workload;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.Ahead;
import org.junitnomos.time.Threads;

/**
 * Signs ahead, so that a load need not wait. In real time on as many threads as there are processors, because a proof
 * in zero knowledge takes 0.25 to 0.5 s of one; which signature comes first decides which transaction does. In virtual
 * time a signature is made when it is needed, by the thread of the load, as a run may have a signer of its own; hashes
 * are computed on processors that have nothing else to do ({@link Ahead}). Which transaction is next does not depend on
 * it, so that runs do not differ.
 */
final class Signatures implements AutoCloseable {
    /** Blocks for which transactions are prepared before they are due. */
    private static final int BLOCKS_AHEAD = 4;

    /** A block is soon there in virtual time, and what is never needed was hashed in vain. */
    private static final int BLOCKS_AHEAD_IN_VIRTUAL_TIME = 1;

    private final @Nullable ExecutorService threads;

    Signatures(RunContext run) {
        this.threads = run.clock().isVirtual()
                ? null
                : Executors.newFixedThreadPool(
                        Math.max(1, Runtime.getRuntime().availableProcessors()), Threads.factory("signatures"));
    }

    /** Whether what is signed first is to be submitted first. */
    boolean decideOrder() {
        return threads != null;
    }

    /** For how many blocks to begin before they are there. */
    int blocksAhead() {
        return threads == null ? BLOCKS_AHEAD_IN_VIRTUAL_TIME : BLOCKS_AHEAD;
    }

    /** What makes a signature. */
    interface Signing {
        SignedMantleTx sign(MantleTx transaction) throws InterruptedException;
    }

    /** A signature that is there, or on its way. */
    interface Signature {
        boolean isThere();

        /** Waits until it is there. */
        SignedMantleTx get() throws InterruptedException;
    }

    /** Begins to sign, or to compute what is signed. */
    Signature begin(MantleTx transaction, Signing signing) {
        ExecutorService pool = threads;
        return pool == null
                ? new InVirtualTime(Ahead.begin(() -> hashed(transaction)), signing)
                : new InRealTime(pool.submit(() -> signing.sign(transaction)));
    }

    private static MantleTx hashed(MantleTx transaction) {
        transaction.hash();
        transaction.noteIds();
        return transaction; // keeps both
    }

    private record InVirtualTime(Ahead<MantleTx> hashed, Signing signing) implements Signature {
        @Override
        public boolean isThere() {
            return true; // in no time
        }

        @Override
        public SignedMantleTx get() throws InterruptedException {
            return signing.sign(hashed.get());
        }
    }

    private record InRealTime(Future<SignedMantleTx> coming) implements Signature {
        @Override
        public boolean isThere() {
            return coming.isDone();
        }

        @Override
        public SignedMantleTx get() throws InterruptedException {
            try {
                return coming.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException) {
                    throw new InterruptedException("the run window ended while a transaction was signed");
                }
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
