package org.junitnomos.time;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task in virtual time. */
final class VirtualTask implements Task {

    private final VirtualScheduler scheduler;
    private final String name;
    private final TaskBody body;
    private final VirtualSignal ended;
    private final VirtualSignal anyTaskEnded;
    private final ManagedThread thread;
    private volatile boolean canceled;
    private volatile boolean done;
    private volatile boolean observed;
    private volatile @Nullable Throwable failure;

    VirtualTask(VirtualScheduler scheduler, String name, TaskBody body, VirtualSignal anyTaskEnded) {
        this.scheduler = scheduler;
        this.name = name;
        this.body = body;
        this.ended = new VirtualSignal(scheduler, name, "the end of task '" + name + "'");
        this.anyTaskEnded = anyTaskEnded;
        this.thread = new ManagedThread(this, this::main);
    }

    ManagedThread thread() {
        return thread;
    }

    private void main() {
        try {
            if (scheduler.baton.take(thread)) {
                scheduler.noteInterrupt(thread);
            }
        } catch (TimelineException dead) {
            done = true;
            return;
        }
        Throwable thrown = null;
        if (!canceled) {
            try {
                body.run();
            } catch (Throwable t) {
                thrown = t;
            }
        }
        if (scheduler.baton.isDead() || scheduler.baton.current() != thread) {
            keep(thrown);
            done = true;
            return;
        }
        scheduler.baton.unregister(thread);
        end(thrown);
        scheduler.leave(thread);
    }

    /** Notes the end and tells whoever waits for it; only the holder of the baton calls this. */
    void end(@Nullable Throwable thrown) {
        keep(thrown);
        done = true;
        scheduler.raise(ended);
        scheduler.raise(anyTaskEnded);
    }

    private void keep(@Nullable Throwable thrown) {
        boolean answeredCancel = canceled && thrown instanceof InterruptedException;
        failure = answeredCancel ? null : thrown;
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
        return ended.await(() -> done, timeout);
    }

    @Override
    public void cancel() {
        if (done || canceled) {
            return;
        }
        canceled = true;
        if (scheduler.baton.current() != null && !scheduler.baton.isDead()) {
            scheduler.interrupt(thread);
        } else {
            thread.thread.interrupt();
        }
    }

    /** Notes that the task is interrupted on purpose. */
    void markCanceled() {
        canceled = true;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public Optional<Throwable> failure() {
        if (done) {
            observed = true;
        }
        return done ? Optional.ofNullable(failure) : Optional.empty();
    }

    @Override
    public String toString() {
        return "task '" + name + "'";
    }
}
