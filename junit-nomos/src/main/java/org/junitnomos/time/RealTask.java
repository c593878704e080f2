package org.junitnomos.time;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task in real time: a thread of its own. */
final class RealTask implements Task {

    private final String name;
    private final TaskBody body;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean canceled;
    private volatile boolean observed;
    private volatile @Nullable Throwable failure;

    RealTask(String name, TaskBody body) {
        this.name = name;
        this.body = body;
        this.thread = Threads.daemon(name, this::main);
    }

    Thread thread() {
        return thread;
    }

    private void main() {
        try {
            if (!canceled) {
                body.run();
            }
        } catch (Throwable t) {
            boolean answeredCancel = canceled && t instanceof InterruptedException;
            failure = answeredCancel ? null : t;
        } finally {
            ended.countDown();
        }
    }

    /** Returns the failure that nobody asked for, or null; consequences of the timeline's own end do not count. */
    @Nullable
    Throwable unobservedFailure() {
        Throwable thrown = failure;
        return observed || thrown instanceof TimelineException ? null : thrown;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return ended.await(Nanos.of(timeout), TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel() {
        if (!canceled) {
            canceled = true;
            thread.interrupt();
        }
    }

    @Override
    public boolean isDone() {
        return ended.getCount() == 0;
    }

    @Override
    public Optional<Throwable> failure() {
        if (!isDone()) {
            return Optional.empty();
        }
        observed = true;
        return Optional.ofNullable(failure);
    }

    @Override
    public String toString() {
        return "task '" + name + "'";
    }
}
