package org.junitnomos.workload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.Threads;

/**
 * Signs ahead, so that a load need not wait: in real time on as many threads as there are processors, because a proof
 * in zero knowledge takes 0.25 to 0.5 s of one; in virtual time at the moment it is needed, where a proof takes no time
 * and threads would make runs differ.
 */
final class Signatures implements AutoCloseable {
    private final @Nullable ExecutorService threads;

    Signatures(RunContext run) {
        this.threads = run.clock().isVirtual()
                ? null
                : Executors.newFixedThreadPool(
                        Math.max(1, Runtime.getRuntime().availableProcessors()), Threads.factory("signatures"));
    }

    /** Whether it is of any use to begin before a signature is needed. */
    boolean areAhead() {
        return threads != null;
    }

    /** What makes a signature. */
    interface Signing {
        SignedMantleTx sign(MantleTx transaction) throws InterruptedException;
    }

    /** Begins to sign, or signs at once. */
    Signature begin(MantleTx transaction, Signing signing) throws InterruptedException {
        ExecutorService pool = threads;
        return new Signature(
                pool == null
                        ? CompletableFuture.completedFuture(signing.sign(transaction))
                        : pool.submit(() -> signing.sign(transaction)));
    }

    /** A signature that is there, or on its way. */
    record Signature(Future<SignedMantleTx> coming) {
        boolean isThere() {
            return coming.isDone();
        }

        /** Waits until it is there. */
        SignedMantleTx get() throws InterruptedException {
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
