package org.junitnomos.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.ManagedThread.Outcome;
import org.junitnomos.time.ManagedThread.State;

/**
 * Decides what happens next on a virtual timeline. There is no scheduler thread: a managed thread that waits runs this
 * loop itself until its own wait is over or another thread must run.
 *
 * <p>Order: threads that are ready first, in the order they became so; then the earliest event, in the order (time,
 * sequence). Time moves only while somebody drives, that is, is between enter and exit. All state belongs to the holder
 * of the {@link Baton}.
 */
final class VirtualScheduler {

    /** More steps than this without progress of time are an endless loop. */
    static final long MOST_STEPS_AT_ONE_INSTANT = 5_000_000;

    private static final int STEPS_BETWEEN_CLOCK_READINGS = 1024;

    final Baton baton;
    private final EventQueue events = new EventQueue();
    private final Turns turns;
    private final RealTimeLimit realTimeLimit;
    private final EventFailures failures = new EventFailures();
    private long steps;
    private long instant;
    private long stepsAtInstant;
    private Baton.@Nullable Stop delivered;
    private @Nullable ManagedThread closer;

    VirtualScheduler(Baton baton, RealTimeLimit realTimeLimit) {
        this.baton = baton;
        this.turns = new Turns(baton, events);
        this.realTimeLimit = realTimeLimit;
    }

    long now() {
        return events.now();
    }

    EventFailures failures() {
        return failures;
    }

    boolean isInline() {
        return events.inline() != null;
    }

    /** Returns the current thread's entry, or refuses it. */
    ManagedThread require(String what) {
        ManagedThread me = baton.current();
        Baton.Stop stopped = baton.stop();
        if (stopped != null && stopped.dead()) {
            throw stopped.exception();
        }
        if (me == null) {
            throw new TimelineException("thread '" + Thread.currentThread().getName()
                    + "' is not managed by this run's virtual clock: it may not call " + what
                    + ", because time could move on while it runs. "
                    + Stranger.advice(Thread.currentThread().getStackTrace()));
        }
        baton.touch();
        return me;
    }

    // ---- what a managed thread or an event may ask for ----

    void add(TimedEvent event) {
        events.add(event);
    }

    /** Drops a canceled event; other threads than the holder leave it to be skipped. */
    void forget(TimedEvent event) {
        if (baton.current() != null) {
            events.remove(event);
        }
    }

    /** Queues a task for its first turn. */
    void begin(ManagedThread task) {
        if (closer != null) {
            throw new TimelineException("the timeline is being closed; cannot start task '" + task.name + "'");
        }
        turns.begin(task);
    }

    void raise(VirtualSignal signal) {
        turns.raise(signal);
    }

    void interrupt(ManagedThread thread) {
        turns.interrupt(thread);
    }

    // ---- entering and leaving ----

    void enter(boolean evenIfStopped, long realLimit) throws InterruptedException {
        ManagedThread me = new ManagedThread(Thread.currentThread());
        me.realLimit = realLimit;
        baton.enter(me, evenIfStopped);
        turns.drivers().add(me);
        me.state = State.RUNNING;
        baton.touch();
    }

    void exit(ManagedThread me) {
        if (me.depth <= events.depthBefore()) {
            throw new IllegalStateException("exit() without enter() on thread '" + me.thread.getName() + "'");
        }
        me.depth--;
        if (me.depth > 0 || me.task != null) {
            return;
        }
        turns.drivers().remove(me);
        EventFailedException failure = turns.drivers().isEmpty() ? failures.take() : null;
        leave(me);
        if (failure != null) {
            throw failure;
        }
    }

    /** Takes the current thread off the timeline and lets others go on. */
    void leave(ManagedThread me) {
        me.state = State.DONE;
        baton.unregister(me);
        do {
            turns.admitArrivals();
            ManagedThread next = turns.poll(me);
            if (next == null && !turns.drivers().isEmpty()) {
                next = turns.drivers().iterator().next(); // it still waits: it goes on with the loop
            }
            if (next != null) {
                baton.give(next);
                return;
            }
        } while (baton.free(me));
    }

    // ---- waiting ----

    /**
     * Waits until the signal is raised (and the condition holds), or until {@code wakeAt}; runs others meanwhile.
     *
     * @param wakeAt protocol time, or {@link Nanos#NEVER}
     */
    Outcome block(
            ManagedThread me,
            Object waitsFor,
            @Nullable VirtualSignal signal,
            @Nullable BooleanSupplier until,
            long wakeAt)
            throws InterruptedException {
        checkMayWait(me, waitsFor);
        me.beginWait(waitsFor, signal, until);
        me.timer.time = wakeAt;
        events.add(me.timer);
        if (signal != null) {
            signal.waiters.add(me);
        }
        runOthersUntilReady(me);
        if (me.interruptOnRun) {
            me.interruptOnRun = false;
            me.thread.interrupt();
        }
        return me.endWait();
    }

    private void checkMayWait(ManagedThread me, Object waitsFor) throws InterruptedException {
        if (isInline()) {
            throw new TimelineException("event '" + events.inline() + "' must not wait for " + waitsFor
                    + ": an event runs between the turns of all threads; start a task with spawn(...) instead");
        }
        if (closer != null && me != closer) {
            throw new InterruptedException("the timeline is being closed; cannot wait for " + waitsFor);
        }
        Baton.Stop stopped = baton.stop();
        if (stopped != null && me != closer) {
            throw stopped.exception();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before waiting for " + waitsFor);
        }
        if (me.task == null && me != closer && failures.isPending()) {
            throw failures.takeNow();
        }
    }

    private void runOthersUntilReady(ManagedThread me) {
        while (true) {
            ManagedThread next = choose(me);
            if (next == me) {
                return;
            }
            if (next != null) {
                baton.give(next);
            } else if (baton.free(me)) {
                continue;
            }
            boolean interrupted = baton.take(me);
            baton.touch();
            if (interrupted) {
                noteInterrupt(me);
            }
            if (me.state == State.RUNNING) {
                return;
            }
        }
    }

    /** A thread was interrupted while parked and now holds the baton. */
    void noteInterrupt(ManagedThread me) {
        turns.complete(me, Outcome.INTERRUPTED);
        if (me.outcome != Outcome.INTERRUPTED) {
            me.thread.interrupt(); // its wait ended otherwise: the next one shall see it
        }
        if (me.state == State.READY && turns.drivers().isEmpty()) {
            turns.run(me); // it took the free baton itself
        }
    }

    /** Runs events until a thread is ready; null if nobody drives and everything must stand still. */
    private @Nullable ManagedThread choose(ManagedThread me) {
        while (true) {
            beforeStep(me);
            ManagedThread next = turns.poll(me);
            if (next != null || turns.drivers().isEmpty()) {
                return next;
            }
            TimedEvent event = events.next();
            if (event == null) {
                reportDeadlock();
            } else {
                fire(me, event);
            }
        }
    }

    private void beforeStep(ManagedThread me) {
        baton.touch();
        turns.admitArrivals();
        if (me.state == State.WAITING && me.thread.isInterrupted()) {
            Thread.interrupted();
            turns.complete(me, Outcome.INTERRUPTED);
        }
        if (++steps % STEPS_BETWEEN_CLOCK_READINGS == 0) {
            realTimeLimit.check(baton, events.now());
        }
        countAtInstant();
        Baton.Stop stopped = baton.stop();
        if (stopped != null && stopped != delivered) {
            deliver(stopped);
        }
    }

    private void countAtInstant() {
        long now = events.now();
        if (now != instant) {
            instant = now;
            stepsAtInstant = 0;
        } else if (++stepsAtInstant == MOST_STEPS_AT_ONE_INSTANT) {
            baton.stop("virtual time stands still at " + DurationText.ofNanos(now) + ": " + MOST_STEPS_AT_ONE_INSTANT
                    + " events and wake-ups at one instant. Some loop waits without a delay; now waiting: "
                    + describeWaiting());
        }
    }

    private void deliver(Baton.Stop stopped) {
        if (stopped.dead()) {
            throw stopped.exception();
        }
        delivered = stopped;
        for (ManagedThread thread : baton.threads()) {
            if (thread != closer) {
                turns.fail(thread, stopped.exception());
            }
        }
    }

    private void fire(ManagedThread me, TimedEvent event) {
        if (event.wakes != null) {
            turns.complete(event.wakes, Outcome.TIMED_OUT);
        } else if (event.action != null) {
            EventFailedException failure = events.run(me, event, event.action);
            if (failure != null && !failures.report(failure)) {
                throwFromWaitingDriver();
            }
        }
    }

    private void throwFromWaitingDriver() {
        for (ManagedThread driver : turns.drivers()) {
            if (driver.state == State.WAITING && driver != closer) {
                turns.fail(driver, failures.takeNow());
                return;
            }
        }
    }

    private void reportDeadlock() {
        String text = "deadlock in virtual time at " + DurationText.ofNanos(events.now())
                + ": everybody waits and no event is due, so nothing can happen any more:" + describeWaiting()
                + "\nRaise the signal that is awaited, or wait with a time limit.";
        for (ManagedThread driver : turns.drivers()) {
            turns.fail(driver, new TimelineException(text));
        }
    }

    private String describeWaiting() {
        return baton.threads().stream()
                .filter(thread -> thread.state == State.WAITING)
                .map(thread -> "\n  - " + thread.describe())
                .collect(Collectors.joining());
    }

    // ---- closing ----

    /** Drops all events, interrupts all tasks and runs them to their end, on behalf of the holder {@code me}. */
    void windDown(ManagedThread me, VirtualSignal taskEnded) throws InterruptedException {
        closer = me;
        List<ManagedThread> all = new ArrayList<>(baton.threads());
        for (ManagedThread thread : all) {
            if (thread != me && thread.task == null) {
                turns.fail(thread, new TimelineException(VirtualShutdown.CLOSED));
            }
        }
        events.clear();
        for (ManagedThread thread : all) {
            if (thread != me && thread.task != null) {
                thread.task.markCanceled();
                turns.interrupt(thread);
            }
        }
        if (hasTasksBut(me)) {
            block(me, "the end of all tasks", taskEnded, () -> !hasTasksBut(me), Nanos.NEVER);
        }
    }

    private boolean hasTasksBut(ManagedThread me) {
        for (ManagedThread thread : baton.threads()) {
            if (thread != me && thread.task != null) {
                return true;
            }
        }
        return false;
    }
}
