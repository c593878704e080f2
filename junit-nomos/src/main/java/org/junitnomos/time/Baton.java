package org.junitnomos.time;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to run on a virtual timeline: at most one thread holds it, and handing it over publishes everything the
 * old holder wrote to the new one. This class is all the concurrency of virtual time; the rest is single-threaded.
 *
 * <p>A thread that wants the baton without being chosen (it enters, or was interrupted while parked) first puts itself
 * among the arrivals and then tries to take a free baton; a holder that frees the baton looks at the arrivals
 * afterwards. Whichever comes second sees the other, so no arrival is lost.
 */
final class Baton {

    /** Why no wait can succeed any more; dead means that threads go on without the baton, to get out. */
    record Stop(String text, boolean dead) {
        TimelineException exception() {
            return new TimelineException(text);
        }
    }

    private final AtomicReference<@Nullable ManagedThread> holder = new AtomicReference<>();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final ConcurrentLinkedQueue<ManagedThread> arrivals = new ConcurrentLinkedQueue<>();
    private final ConcurrentSkipListMap<Long, ManagedThread> threads = new ConcurrentSkipListMap<>();
    private final AtomicLong touches = new AtomicLong();
    private final int spins;

    /** Creates a free baton; a thread that waits for it looks {@code spins} times before it parks. */
    Baton(int spins) {
        this.spins = spins;
    }

    /** Returns the current thread if it holds the baton, else null. */
    @Nullable
    ManagedThread current() {
        ManagedThread held = holder.get();
        return held != null && held.thread == Thread.currentThread() ? held : null;
    }

    /** Returns the holder, a snapshot. */
    @Nullable
    ManagedThread holder() {
        return holder.get();
    }

    /** Notes that the holder uses the timeline; only the holder calls this. */
    void touch() {
        touches.setOpaque(touches.getPlain() + 1);
    }

    /** Returns how often {@link #touch} was called, a snapshot. */
    long touches() {
        return touches.getOpaque();
    }

    /** Returns all threads of the timeline, ordered by creation; weakly consistent. */
    Collection<ManagedThread> threads() {
        return threads.values();
    }

    void register(ManagedThread thread) {
        threads.put(thread.id, thread);
    }

    void unregister(ManagedThread thread) {
        threads.remove(thread.id);
    }

    boolean hasArrivals() {
        return !arrivals.isEmpty();
    }

    @Nullable
    ManagedThread nextArrival() {
        return arrivals.poll();
    }

    /** Hands the baton over to a started thread; only the holder calls this. */
    void give(ManagedThread next) {
        holder.set(next);
        LockSupport.unpark(next.thread);
    }

    /** Puts the baton down; only its holder does. Says whether {@code me} took it up again because somebody arrived. */
    boolean free(ManagedThread me) {
        holder.set(null);
        return !arrivals.isEmpty() && holder.compareAndSet(null, me);
    }

    /**
     * Waits until {@code me}, the current thread, holds the baton: because it was given to it, or because it was
     * interrupted and the baton was free.
     *
     * @return whether it was interrupted meanwhile; the flag is cleared
     * @throws TimelineException if the timeline died
     */
    boolean take(ManagedThread me) {
        for (int spin = spins; spin > 0 && holder.get() != me; spin--) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        while (holder.get() != me) {
            Stop stopped = stop.get();
            if (stopped != null && stopped.dead()) {
                if (interrupted) {
                    me.thread.interrupt();
                }
                throw stopped.exception();
            }
            if (interrupted && holder.compareAndSet(null, me)) {
                break;
            }
            park(me);
            if (Thread.interrupted() && !interrupted) {
                interrupted = true;
                arrivals.add(me);
            }
        }
        if (interrupted) {
            arrivals.remove(me);
        }
        return interrupted;
    }

    private void park(ManagedThread me) {
        if (me.realLimit == 0) {
            LockSupport.park(this);
            return;
        }
        long left = me.realLimit - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(this, left);
        } else {
            kill("the timeline is closed");
        }
    }

    /**
     * Waits until {@code me}, the current thread, has its first turn.
     *
     * @param evenIfStopped whether to enter a timeline that failed, to close it
     * @throws InterruptedException if interrupted before the turn came; if after, the flag is set again
     * @throws TimelineException if the timeline stopped or, with a real limit, if the turn did not come in time
     */
    void enter(ManagedThread me, boolean evenIfStopped) throws InterruptedException {
        register(me);
        arrivals.add(me);
        boolean interrupted = false;
        while (holder.get() != me && !holder.compareAndSet(null, me)) {
            Stop stopped = stop.get();
            boolean refused = stopped != null && (stopped.dead() || !evenIfStopped);
            if ((refused || interrupted) && me.abandonEntry()) {
                arrivals.remove(me);
                unregister(me);
                if (stopped != null && refused) {
                    throw stopped.exception();
                }
                throw new InterruptedException("interrupted while waiting to enter the virtual timeline");
            }
            park(me);
            interrupted |= Thread.interrupted();
        }
        arrivals.remove(me);
        if (interrupted) {
            me.thread.interrupt();
        }
    }

    /** Returns why the timeline stopped, or null. */
    @Nullable
    Stop stop() {
        return stop.get();
    }

    /**
     * Lets every wait, present and future, fail with that text; returns what to {@link #resume}, null if it stopped
     * before.
     */
    @Nullable
    Stop stop(String text) {
        Stop stopped = new Stop(text, false);
        if (!stop.compareAndSet(null, stopped)) {
            return null;
        }
        wakeAll();
        return stopped;
    }

    /** Lets waits succeed again after {@link #stop}. */
    void resume(Stop stopped) {
        if (!stopped.dead()) {
            stop.compareAndSet(stopped, null);
        }
    }

    /** Ends the timeline for good: parked threads throw at once, without the baton. */
    void kill(String text) {
        stop.updateAndGet(before -> before == null ? new Stop(text, true) : new Stop(before.text(), true));
        wakeAll();
    }

    boolean isDead() {
        Stop stopped = stop.get();
        return stopped != null && stopped.dead();
    }

    private void wakeAll() {
        threads.values().forEach(thread -> LockSupport.unpark(thread.thread));
    }
}
