package org.junitnomos.deploy.external;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apiguardian.api.API;
import org.junitnomos.time.Threads;
import org.junitnomos.time.Unchecked;

/** Does the same to several things at once. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class InParallel {
    /** An engine or a cluster that is asked by more at once is not faster. */
    private static final int MOST = 10;

    private InParallel() {}

    /** What to do. */
    @FunctionalInterface
    public interface Action<T> {
        /**
         * Does it.
         *
         * @param item to what
         */
        void on(T item) throws InterruptedException;
    }

    /**
     * Does it to all, some at a time, and waits for all, also after a failure and when interrupted.
     *
     * @param name of the threads
     * @param items to what
     * @param action what to do
     * @param <T> type of the things
     * @throws InterruptedException if interrupted; what ran was interrupted, too, and has ended
     */
    public static <T> void each(String name, List<T> items, Action<T> action) throws InterruptedException {
        if (items.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST, items.size()), Threads.factory(name));
        try {
            var calls = new ArrayList<Callable<Void>>();
            for (T item : items) {
                calls.add(() -> {
                    action.on(item);
                    return null;
                });
            }
            rethrow(threads.invokeAll(calls)); // which cancels the rest if interrupted
        } finally {
            threads.shutdownNow();
            Threads.awaitEnd(threads);
        }
    }

    private static void rethrow(List<Future<Void>> done) throws InterruptedException {
        Throwable first = null;
        for (var each : done) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (first == null) {
                    first = e.getCause();
                } else if (e.getCause() != first) {
                    first.addSuppressed(e.getCause());
                }
            }
        }
        if (first instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        Unchecked.raise(first);
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }
}
