package org.junitnomos.time;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.ManagedThread.Outcome;
import org.junitnomos.time.ManagedThread.State;

/**
 * Who may run next: the threads that are ready, in the order they became so, and the threads that drive time because
 * they entered. Belongs to the holder of the {@link Baton}.
 */
final class Turns {

    private final Baton baton;
    private final EventQueue events;
    private final ArrayDeque<ManagedThread> ready = new ArrayDeque<>();
    private final Set<ManagedThread> drivers = new LinkedHashSet<>();

    Turns(Baton baton, EventQueue events) {
        this.baton = baton;
        this.events = events;
    }

    /** Returns the threads inside, in the order they entered. */
    Set<ManagedThread> drivers() {
        return drivers;
    }

    /** Lets in who arrived: entering threads, and parked threads that were interrupted. */
    void admitArrivals() {
        while (baton.hasArrivals()) {
            ManagedThread arrival = baton.nextArrival();
            if (arrival == null) {
                return;
            }
            if (arrival.state == State.ENTERING) {
                drivers.add(arrival);
                ready.add(arrival);
            } else {
                complete(arrival, Outcome.INTERRUPTED);
            }
        }
    }

    /** Queues a task for its first turn. */
    void begin(ManagedThread task) {
        baton.register(task);
        ready.add(task);
    }

    /** Takes the thread whose turn it is; null if none is ready, or if nobody drives and all must stand still. */
    @Nullable
    ManagedThread poll(ManagedThread me) {
        if (drivers.isEmpty()) {
            return pollUrgent();
        }
        for (ManagedThread next = ready.poll(); next != null; next = ready.poll()) {
            if (mayRun(me, next)) {
                next.state = State.RUNNING;
                return next;
            }
        }
        return null;
    }

    /** While nobody drives, only threads run that must learn of an interrupt or a failure. */
    private @Nullable ManagedThread pollUrgent() {
        for (ManagedThread next : ready) {
            if (next.outcome == Outcome.INTERRUPTED || next.outcome == Outcome.FAILED) {
                run(next);
                return next;
            }
        }
        return null;
    }

    /** Gives a ready thread its turn before all others. */
    void run(ManagedThread thread) {
        ready.remove(thread);
        thread.state = State.RUNNING;
    }

    private boolean mayRun(ManagedThread me, ManagedThread next) {
        if (next.state == State.ENTERING && !next.grantEntry()) {
            drivers.remove(next);
            return false;
        }
        if (next.state == State.NEW) {
            return startThread(next);
        }
        BooleanSupplier until = next.until;
        VirtualSignal signal = next.signal;
        if (next.outcome != Outcome.NONE || until == null || signal == null) {
            return true;
        }
        if (holds(me, next, until)) {
            complete(next, Outcome.SIGNALED);
            return true;
        }
        if (next.outcome != Outcome.NONE) {
            return true; // the condition threw
        }
        next.state = State.WAITING;
        signal.waiters.add(next);
        return false;
    }

    /** Evaluates the condition of a waiting thread without waking it. */
    private boolean holds(ManagedThread me, ManagedThread waiter, BooleanSupplier until) {
        events.beginInline(me, "condition of " + waiter.waitsFor);
        try {
            return until.getAsBoolean();
        } catch (RuntimeException | Error e) {
            fail(waiter, e);
            return false;
        } finally {
            events.endInline();
        }
    }

    private boolean startThread(ManagedThread next) {
        try {
            next.thread.start();
            return true;
        } catch (OutOfMemoryError e) { // the system has no more threads: this task fails, the others go on
            neverRun(next, e);
            return false;
        }
    }

    private void neverRun(ManagedThread thread, @Nullable Throwable failure) {
        thread.state = State.DONE;
        baton.unregister(thread);
        VirtualTask task = thread.task;
        if (task != null) {
            task.end(failure);
        }
    }

    /** Ends the wait of a thread, unless it ended already. */
    void complete(ManagedThread thread, Outcome outcome) {
        boolean waits = thread.state == State.WAITING || thread.state == State.READY;
        if (thread.outcome != Outcome.NONE || !waits) {
            return;
        }
        thread.outcome = outcome;
        events.remove(thread.timer);
        if (thread.state == State.WAITING) {
            VirtualSignal signal = thread.signal;
            if (signal != null) {
                signal.waiters.remove(thread);
            }
            thread.state = State.READY;
            ready.add(thread);
        }
    }

    /** Lets the wait of a thread throw. */
    void fail(ManagedThread thread, Throwable failure) {
        boolean waits = thread.state == State.WAITING || thread.state == State.READY;
        if (thread.outcome == Outcome.NONE && waits) {
            thread.failure = failure;
            complete(thread, Outcome.FAILED);
        }
    }

    /** Makes all waiters ready; their conditions, if any, are looked at when their turn comes. */
    void raise(VirtualSignal signal) {
        for (ManagedThread waiter : signal.waiters) {
            waiter.state = State.READY;
            ready.add(waiter);
            if (waiter.until == null) {
                complete(waiter, Outcome.SIGNALED);
            }
        }
        signal.waiters.clear();
    }

    /** Interrupts a task on behalf of the holder; takes effect in the total order. */
    void interrupt(ManagedThread thread) {
        switch (thread.state) {
            case NEW -> {
                ready.remove(thread);
                neverRun(thread, null);
            }
            case RUNNING -> thread.thread.interrupt();
            case WAITING -> complete(thread, Outcome.INTERRUPTED);
            case READY -> {
                if (thread.outcome == Outcome.NONE) {
                    complete(thread, Outcome.INTERRUPTED);
                } else {
                    thread.interruptOnRun = true;
                }
            }
            case ENTERING, DONE -> {}
        }
    }
}
