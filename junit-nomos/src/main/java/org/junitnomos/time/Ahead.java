package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A result that is computed before it is needed, by a processor that has nothing else to do: virtual time is driven by
 * one thread at a time. Whoever needs the result computes it by himself if nobody has begun, so that it is never waited
 * for behind other work, and a machine of one processor computes everything at the moment of need.
 *
 * <p>The function must be pure and short: whether and where it runs changes nothing but time. What it throws is thrown
 * where the result is needed, and nowhere if it is not. The threads are daemons, one less than there are processors,
 * and end by themselves when there is nothing to do for a second. Thread-safe.
 *
 * @param <T> the type of the result
 */
@API(status = INTERNAL, since = "0.1")
public final class Ahead<T> {

    /** Beyond so many nobody would begin in time. */
    private static final int MOST_WAITING = 4096;

    private static final long IDLE_SECONDS = 1;

    private static final @Nullable ThreadPoolExecutor THREADS =
            threads(Runtime.getRuntime().availableProcessors() - 1);

    private final FutureTask<T> task;

    private Ahead(FutureTask<T> task) {
        this.task = task;
    }

    private static @Nullable ThreadPoolExecutor threads(int count) {
        if (count < 1) {
            return null;
        }
        var pool = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingDeque<>(MOST_WAITING),
                Threads.factory("ahead"),
                (task, full) -> {});
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Lets a pure function be computed from now on; returns at once. */
    public static <T> Ahead<T> begin(Supplier<T> function) {
        var task = new FutureTask<T>(function::get);
        if (THREADS != null) {
            THREADS.execute(task);
        }
        return new Ahead<>(task);
    }

    /** Does not need the result any more: if nobody has begun, nobody will. */
    public void drop() {
        task.cancel(false);
    }

    /**
     * {@return the result; computed now, or waited for, if it is not there}
     *
     * <p>Cannot be interrupted, or an interrupt would be noticed in one run and not in the next.
     */
    public T get() {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    Unchecked.raise(e.getCause());
                    throw new IllegalStateException(e.getCause()); // a supplier throws nothing else
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
