package org.junitnomos.runner;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Does something once: the first caller does it, others wait, and all get, or are thrown, the same. Thread-safe. */
final class OneTimeAction<T> {
    private final String what;
    private final FutureTask<T> task;
    private volatile @Nullable Thread worker;

    OneTimeAction(String what, Callable<T> action) {
        this.what = what;
        this.task = new FutureTask<>(() -> {
            worker = Thread.currentThread();
            return action.call();
        });
    }

    boolean isDone() {
        return task.isDone();
    }

    boolean isBegun() {
        return worker != null;
    }

    /** Whether it was done and failed. */
    boolean isFailed() {
        return task.isDone() && failure() != null;
    }

    @Nullable
    Throwable failure() {
        try {
            task.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    /** Does it, or waits for whoever does; throws what it threw, always the same object. */
    T get() {
        if (!task.isDone() && worker == Thread.currentThread()) {
            throw new IllegalStateException(what + " is under way on this thread; it cannot wait for itself");
        }
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + what + " was under way on another thread", e);
        } catch (ExecutionException e) {
            throw Rethrow.unchecked(e.getCause());
        }
    }
}
