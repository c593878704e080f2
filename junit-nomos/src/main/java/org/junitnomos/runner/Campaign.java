package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apiguardian.api.API;
import org.junitnomos.time.Threads;

/** Makes many runs on all processors, each in virtual time and as if it were alone. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Campaign {
    private Campaign() {}

    /** {@return how many runs go on at once: one a processor} */
    public static int width() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Makes all runs; blocks until the last one has ended. Which ones go on at once does not change their outcome.
     *
     * @param runs the runs; each is called once, on a thread of its own
     * @return what they returned, in the order of the runs
     * @throws IllegalStateException if one failed with an exception; the others are not begun, or were interrupted and
     *     have ended
     * @throws InterruptedException if interrupted; so were those that went on, which have ended
     */
    public static <R> List<R> run(List<? extends Callable<R>> runs) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(width(), Threads.factory("campaign"));
        try {
            List<Future<R>> begun = new ArrayList<>();
            runs.forEach(run -> begun.add(pool.submit(run)));
            List<R> results = new ArrayList<>();
            for (var run : begun) {
                results.add(run.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A run of the campaign failed: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
            Threads.awaitEnd(pool);
        }
    }
}
