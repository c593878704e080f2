package org.junitnomos.deploy.real;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junitnomos.time.Unchecked;

/**
 * Lets a program look at each kind of configuration once before any node of that kind runs. All of them wait for that
 * and start together: one that started later would be dialed in vain, and is dialed again after seconds (node contract
 * 5.2). Thread-safe; one for each deployment.
 */
final class ConfigChecks {
    /** Kinds that were taken; later deployments of this JVM need not ask again. */
    private static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();

    /** Questions that have no answer yet. */
    private final Map<String, FutureTask<Boolean>> asked = new ConcurrentHashMap<>();

    /** Asks a program. */
    @FunctionalInterface
    interface Check {
        /** Blocks until it has answered; throws if it refuses. */
        void run() throws IOException, InterruptedException;
    }

    /**
     * Asks if nobody has yet, or waits for the answer.
     *
     * @param kind tells program and configuration apart from others that may be judged in another way
     * @throws IOException if the program cannot be asked, or this thread is interrupted, which it is afterwards, too
     */
    void once(String kind, Check check) throws IOException {
        while (!TAKEN.contains(kind)) {
            var own = new FutureTask<>(() -> {
                check.run();
                return TAKEN.add(kind);
            });
            var first = asked.putIfAbsent(kind, own);
            if (first == null) {
                own.run();
                asked.remove(kind, own);
            }
            try {
                (first == null ? own : first).get();
                return;
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InterruptedException)) {
                    Unchecked.raise(e.getCause());
                    throw new IOException(
                            e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
                }
                if (first == null) {
                    throw interrupted(e);
                }
                // whoever asked was interrupted, this thread was not: it asks itself
            }
        }
    }

    private static IOException interrupted(Exception cause) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while a program checked its configuration", cause);
    }
}
