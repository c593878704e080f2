package org.junitnomos.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitnomos.internal.ManagedThread.Outcome;
import org.junitnomos.internal.ManagedThread.State;

/**
 * Decides who runs next on a virtual timeline. There is no scheduler thread: a managed thread that waits runs this loop
 * itself until its own wait is over or another thread must run.
 *
 * <p>Order: threads that are ready first, in the order they became so; then the earliest event, in the order (time,
 * sequence). Time moves only while somebody is inside (between enter and exit), called a driver. All state belongs to
 * the holder of the {@link Baton}.
 */
final class VirtualScheduler {

    /** More steps than this without progress of time are an endless loop. */
    static final long MOST_STEPS_AT_ONE_INSTANT = 5_000_000;

    private static final int STEPS_BETWEEN_CLOCK_READINGS = 1024;

    final Baton baton;
    private final EventHeap heap = new EventHeap();
    private final ArrayDeque<ManagedThread> ready = new ArrayDeque<>();
    private final Set<ManagedThread> drivers = new LinkedHashSet<>();
    private final RealTimeLimit realTimeLimit;
    private final EventFailures failures = new EventFailures();
    private volatile long now;
    private long sequence;
    private long steps;
    private long stepsAtInstant;
    private @Nullable String callback;
    private int callbackDepth;
    private Baton.@Nullable Stop delivered;
    private @Nullable ManagedThread closer;

    VirtualScheduler(Baton baton, RealTimeLimit realTimeLimit) {
        this.baton = baton;
        this.realTimeLimit = realTimeLimit;
    }

    long now() {
        return now;
    }

    EventFailures failures() {
        return failures;
    }

    /** Return the current thread's entry, or refuse it. */
    ManagedThread require(String what) {
        ManagedThread me = baton.current();
        Baton.Stop stopped = baton.stop();
        if (stopped != null && stopped.dead()) {
            throw stopped.exception();
        }
        if (me == null) {
            throw new TimelineException("thread '" + Thread.currentThread().getName()
                    + "' is not managed by this run's virtual clock: it may not call " + what
                    + ", because time could move on while it runs. Start it with run.spawn(...), or let it enter the"
                    + " clock first");
        }
        baton.touch();
        return me;
    }

    // ---- entering and leaving ----

    void enter(boolean evenIfStopped, long realLimit) throws InterruptedException {
        ManagedThread me = new ManagedThread(Thread.currentThread());
        me.realLimit = realLimit;
        baton.enter(me, evenIfStopped);
        drivers.add(me);
        me.state = State.RUNNING;
        baton.touch();
    }

    void exit(ManagedThread me) {
        boolean unbalanced = callback != null ? me.depth <= callbackDepth : me.depth <= 0;
        if (unbalanced) {
            throw new IllegalStateException("exit() without enter() on thread '" + me.thread.getName() + "'");
        }
        me.depth--;
        if (me.depth > 0 || me.task != null) {
            return;
        }
        drivers.remove(me);
        EventFailedException failure = drivers.isEmpty() ? failures.take() : null;
        leave(me);
        if (failure != null) {
            throw failure;
        }
    }

    /** Take the current thread off the timeline and let others go on. */
    void leave(ManagedThread me) {
        me.state = State.DONE;
        baton.unregister(me);
        do {
            admitArrivals();
            ManagedThread next = drivers.isEmpty() ? pollUrgent() : pollReady(me);
            if (next == null && !drivers.isEmpty()) {
                next = drivers.iterator().next(); // it still waits: it goes on with the loop
            }
            if (next != null) {
                baton.give(next);
                return;
            }
        } while (baton.free(me));
    }

    // ---- waiting ----

    /**
     * Wait until the signal is raised (and the condition holds), or until {@code wakeAt}; runs others meanwhile.
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
        if (wakeAt != Nanos.NEVER) {
            me.timer.time = wakeAt;
            add(me.timer);
        }
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
        if (callback != null) {
            throw new TimelineException("event '" + callback + "' must not wait for " + waitsFor
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
        if (me.task == null && failures.isPending()) {
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
        if (me.state == State.WAITING) {
            complete(me, Outcome.INTERRUPTED);
            return;
        }
        if (me.state == State.READY) { // nobody drives; it took the free baton itself
            complete(me, Outcome.INTERRUPTED);
            ready.remove(me);
            me.state = State.RUNNING;
        }
        if (me.outcome != Outcome.INTERRUPTED) {
            me.thread.interrupt();
        }
    }

    /** Run events until a thread is ready; null if nobody drives and everything must stand still. */
    private @Nullable ManagedThread choose(ManagedThread me) {
        while (true) {
            beforeStep(me);
            ManagedThread next = drivers.isEmpty() ? pollUrgent() : pollReady(me);
            if (next != null || drivers.isEmpty()) {
                return next;
            }
            TimedEvent event = heap.poll();
            if (event == null) {
                reportDeadlock();
            } else {
                fire(me, event);
            }
        }
    }

    private void beforeStep(ManagedThread me) {
        baton.touch();
        admitArrivals();
        if (me.state == State.WAITING && me.thread.isInterrupted()) {
            Thread.interrupted();
            complete(me, Outcome.INTERRUPTED);
        }
        if (++steps % STEPS_BETWEEN_CLOCK_READINGS == 0) {
            realTimeLimit.check(baton, now);
        }
        if (++stepsAtInstant == MOST_STEPS_AT_ONE_INSTANT) {
            baton.stop("virtual time stands still at " + DurationText.ofNanos(now) + ": " + MOST_STEPS_AT_ONE_INSTANT
                    + " events and wake-ups at one instant. Some loop waits without a delay; now waiting: "
                    + describeWaiting());
        }
        Baton.Stop stopped = baton.stop();
        if (stopped != null && stopped != delivered) {
            deliver(stopped);
        }
    }

    private void deliver(Baton.Stop stopped) {
        if (stopped.dead()) {
            throw stopped.exception();
        }
        delivered = stopped;
        for (ManagedThread thread : baton.threads()) {
            if (thread != closer) {
                fail(thread, stopped.exception());
            }
        }
    }

    // ---- ready threads ----

    private void admitArrivals() {
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

    private @Nullable ManagedThread pollReady(ManagedThread me) {
        for (ManagedThread next = ready.poll(); next != null; next = ready.poll()) {
            if (mayRun(me, next)) {
                next.state = State.RUNNING;
                return next;
            }
        }
        return null;
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
        if (next.outcome != Outcome.NONE || until == null) {
            return true;
        }
        VirtualSignal signal = next.signal;
        if (signal == null || holds(me, next, until)) {
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

    /** Evaluate the condition of a waiting thread without waking it. */
    private boolean holds(ManagedThread me, ManagedThread waiter, BooleanSupplier until) {
        enterCallback(me, "condition of " + waiter.name);
        try {
            return until.getAsBoolean();
        } catch (RuntimeException | Error e) {
            fail(waiter, e);
            return false;
        } finally {
            callback = null;
        }
    }

    private boolean startThread(ManagedThread next) {
        try {
            next.thread.start();
            return true;
        } catch (OutOfMemoryError e) { // the system has no more threads: this task fails, the others go on
            next.state = State.DONE;
            baton.unregister(next);
            VirtualTask task = next.task;
            if (task != null) {
                task.end(e);
            }
            return false;
        }
    }

    /** While nobody drives, only threads run that must learn of an interrupt or a failure. */
    private @Nullable ManagedThread pollUrgent() {
        for (ManagedThread next : ready) {
            if (next.outcome == Outcome.INTERRUPTED || next.outcome == Outcome.FAILED) {
                ready.remove(next);
                next.state = State.RUNNING;
                return next;
            }
        }
        return null;
    }

    private void complete(ManagedThread thread, Outcome outcome) {
        if (thread.outcome != Outcome.NONE || thread.state != State.WAITING && thread.state != State.READY) {
            return;
        }
        thread.outcome = outcome;
        heap.remove(thread.timer);
        if (thread.state == State.WAITING) {
            VirtualSignal signal = thread.signal;
            if (signal != null) {
                signal.waiters.remove(thread);
            }
            thread.state = State.READY;
            ready.add(thread);
        }
    }

    private void fail(ManagedThread thread, Throwable failure) {
        if (thread.outcome == Outcome.NONE) {
            thread.failure = failure;
            complete(thread, Outcome.FAILED);
        }
    }

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

    /** Queue a task for its first turn. */
    void begin(ManagedThread task) {
        if (closer != null) {
            throw new TimelineException("the timeline is being closed; cannot start task '" + task.name + "'");
        }
        baton.register(task);
        ready.add(task);
    }

    /** Interrupt a task on behalf of the holder; takes effect in the total order. */
    void interrupt(ManagedThread thread) {
        switch (thread.state) {
            case NEW -> {
                ready.remove(thread);
                thread.state = State.DONE;
                baton.unregister(thread);
                VirtualTask task = thread.task;
                if (task != null) {
                    task.end(null);
                }
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

    // ---- events ----

    void add(TimedEvent event) {
        if (event.time != Nanos.NEVER) {
            event.sequence = ++sequence;
            heap.add(event);
        }
    }

    /** Drop a canceled event from the heap; other threads leave it there to be skipped. */
    void forget(TimedEvent event) {
        if (baton.current() != null) {
            heap.remove(event);
        }
    }

    private void fire(ManagedThread me, TimedEvent event) {
        if (event.canceled) {
            return;
        }
        if (event.time > now) {
            now = event.time;
            stepsAtInstant = 0;
        }
        if (event.wakes != null) {
            complete(event.wakes, Outcome.TIMED_OUT);
            return;
        }
        Runnable action = event.action;
        if (action == null) {
            return;
        }
        enterCallback(me, event.name);
        try {
            action.run();
        } catch (Throwable t) {
            eventFailed(new EventFailedException(event.name, now, t));
            return; // a repeated event ends with its first failure
        } finally {
            callback = null;
        }
        if (event.period > 0 && !event.canceled) {
            event.time = Nanos.after(event.time, event.period);
            add(event);
        }
    }

    private void enterCallback(ManagedThread me, String name) {
        callback = name;
        callbackDepth = me.depth;
    }

    private void eventFailed(EventFailedException failure) {
        if (failures.report(failure)) {
            return;
        }
        for (ManagedThread driver : drivers) {
            if (driver.state == State.WAITING && driver != closer) {
                fail(driver, failures.takeNow());
                return;
            }
        }
    }

    private void reportDeadlock() {
        String text = "deadlock in virtual time at " + DurationText.ofNanos(now)
                + ": everybody waits and no event is due, so nothing can happen any more:" + describeWaiting()
                + "\nRaise the signal that is awaited, or wait with a time limit.";
        for (ManagedThread driver : drivers) {
            fail(driver, new TimelineException(text));
        }
    }

    private String describeWaiting() {
        return baton.threads().stream()
                .filter(thread -> thread.state == State.WAITING)
                .map(thread -> "\n  - " + thread.describe())
                .collect(Collectors.joining());
    }

    // ---- closing ----

    boolean isInCallback() {
        return callback != null;
    }

    /** Drop all events, interrupt all tasks and run them to their end, on behalf of the holder {@code me}. */
    void windDown(ManagedThread me, VirtualSignal taskEnded) throws InterruptedException {
        closer = me;
        List<ManagedThread> all = new ArrayList<>(baton.threads());
        for (ManagedThread thread : all) {
            if (thread != me && thread.task == null) {
                fail(thread, new TimelineException("the timeline is closed"));
            }
        }
        heap.clear();
        for (ManagedThread thread : all) {
            if (thread != me && thread.task != null) {
                thread.task.markCanceled();
                interrupt(thread);
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
