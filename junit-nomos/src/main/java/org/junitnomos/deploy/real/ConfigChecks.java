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

    private final Map<String, FutureTask<Boolean>> begun = new ConcurrentHashMap<>();

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
     * @throws IOException if the program cannot be asked
     */
    void once(String kind, Check check) throws IOException {
        if (TAKEN.contains(kind)) {
            return;
        }
        var task = begun.computeIfAbsent(
                kind,
                first -> new FutureTask<>(() -> {
                    check.run();
                    return TAKEN.add(kind);
                }));
        task.run();
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a program checked its configuration", e);
        } catch (ExecutionException e) {
            Unchecked.raise(e.getCause());
            throw new IOException(
                    e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
        }
    }
}
