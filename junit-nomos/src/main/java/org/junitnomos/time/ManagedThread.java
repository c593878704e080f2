package org.junitnomos.time;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that takes turns on a virtual timeline, and what it waits for. Fields without a remark belong to whoever
 * holds the {@link Baton}.
 */
final class ManagedThread {

    /** Where the thread is in its life. */
    enum State {
        /** A task that never ran yet; in the ready queue. */
        NEW,
        /** A thread that asked to enter; among the arrivals or in the ready queue. */
        ENTERING,
        /** Will run when its turn comes; in the ready queue. */
        READY,
        /** Has its turn. */
        RUNNING,
        /** Waits for its timer or its signal. */
        WAITING,
        /** Left the timeline. */
        DONE
    }

    /** How a wait ended. */
    enum Outcome {
        NONE,
        SIGNALED,
        TIMED_OUT,
        INTERRUPTED,
        FAILED
    }

    private static final int QUEUED = 0;
    private static final int GRANTED = 1;
    private static final int ABANDONED = 2;
    private static final AtomicLong IDS = new AtomicLong();

    /** Orders the threads of one timeline by creation; the value itself means nothing. */
    final long id = IDS.incrementAndGet();

    final String name;
    final Thread thread;
    final TimedEvent timer;

    /** The task that this thread runs, or null for a thread that entered. */
    final @Nullable VirtualTask task;

    State state;
    Outcome outcome = Outcome.NONE;
    Object waitsFor = "";

    @Nullable
    VirtualSignal signal;

    @Nullable
    BooleanSupplier until;

    @Nullable
    Throwable failure;

    boolean interruptOnRun;
    int depth;

    /** The real time ({@code System.nanoTime}) at which a wait for the baton gives up; 0 for never. Own thread only. */
    long realLimit;

    private final AtomicInteger entry = new AtomicInteger(QUEUED);

    ManagedThread(Thread entering) {
        this.name = entering.getName();
        this.thread = entering;
        this.task = null;
        this.timer = new TimedEvent(name, this);
        this.state = State.ENTERING;
        this.depth = 1;
    }

    ManagedThread(VirtualTask task, Runnable main) {
        this.name = task.name();
        this.thread = Threads.daemon(name, main);
        this.task = task;
        this.timer = new TimedEvent(name, this);
        this.state = State.NEW;
    }

    /** Offers the turn to an entering thread; false if it went away meanwhile. Any thread. */
    boolean grantEntry() {
        return entry.compareAndSet(QUEUED, GRANTED);
    }

    /** Gives up entering; false if the turn was granted already. Own thread. */
    boolean abandonEntry() {
        return entry.compareAndSet(QUEUED, ABANDONED);
    }

    void beginWait(Object forWhat, @Nullable VirtualSignal onSignal, @Nullable BooleanSupplier condition) {
        state = State.WAITING;
        outcome = Outcome.NONE;
        waitsFor = forWhat;
        signal = onSignal;
        until = condition;
        failure = null;
    }

    /** Forgets the wait and returns how it ended. */
    Outcome endWait() throws InterruptedException {
        Outcome ended = outcome;
        Throwable thrown = failure;
        outcome = Outcome.NONE;
        signal = null;
        until = null;
        failure = null;
        if (ended == Outcome.INTERRUPTED) {
            throw new InterruptedException("interrupted while waiting for " + waitsFor);
        }
        Unchecked.raise(thrown);
        return ended;
    }

    /** Describes the thread and what it waits for. */
    String describe() {
        String who = task == null ? "thread '" + name + "'" : "task '" + name + "'";
        return switch (state) {
            case NEW -> who + " has not begun";
            case ENTERING -> who + " waits to enter";
            case READY -> who + " is ready";
            case RUNNING -> who + " runs";
            case DONE -> who + " ended";
            case WAITING -> who + " waits for " + waitsFor + limit();
        };
    }

    private String limit() {
        if (timer.index < 0) {
            return " without a time limit";
        }
        return " until " + DurationText.ofNanos(timer.time);
    }
}
