package org.junitnomos.time;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junitnomos.time.ManagedThread.Outcome;

/** A condition variable in virtual time. */
final class VirtualSignal implements Signal {

    private final VirtualScheduler scheduler;
    private final String name;
    private final String description;

    /** In the order they began to wait; belongs to the holder of the baton. */
    final Set<ManagedThread> waiters = new LinkedHashSet<>();

    VirtualSignal(VirtualScheduler scheduler, String name, String description) {
        this.scheduler = scheduler;
        this.name = name;
        this.description = description;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void raise() {
        scheduler.require("raise() of " + description);
        if (!waiters.isEmpty()) {
            scheduler.raise(this);
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        ManagedThread me = scheduler.require("await() of " + description);
        long span = Nanos.of(timeout);
        if (span <= 0) {
            return false;
        }
        long wakeAt = Nanos.after(scheduler.now(), span);
        return scheduler.block(me, description, this, null, wakeAt) == Outcome.SIGNALED;
    }

    @Override
    public boolean await(BooleanSupplier until, Duration timeout) throws InterruptedException {
        ManagedThread me = scheduler.require("await() of " + description);
        if (until.getAsBoolean()) {
            return true;
        }
        long span = Nanos.of(timeout);
        if (span <= 0) {
            return false;
        }
        long wakeAt = Nanos.after(scheduler.now(), span);
        Outcome outcome = scheduler.block(me, description, this, until, wakeAt);
        return outcome == Outcome.SIGNALED || until.getAsBoolean();
    }

    @Override
    public String toString() {
        return description;
    }
}
