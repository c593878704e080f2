package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.apiguardian.api.API;

/**
 * The one source of time of a run: reads the clock, waits, schedules events and starts threads.
 *
 * <p>On a virtual timeline ({@link VirtualTimeline}) managed threads run one at a time, and time jumps to the next
 * event when all of them wait; a run is a pure function of its inputs. On a real timeline ({@link RealTimeline}) the
 * same calls use the system clock and ordinary concurrency.
 *
 * <p>On a virtual timeline every method that waits, schedules or signals must be called by a managed thread (one that
 * called {@link #enter()}, or was started with {@link #spawn}) or by an event; other threads get an
 * {@link IllegalStateException}. {@link #nanos()}, {@link #instant()}, {@link Cancellation#cancel()} and
 * {@link #close()} may be called by any thread.
 */
@API(status = INTERNAL, since = "0.1")
public interface Timeline extends ProtocolClock, AutoCloseable {

    /** A time limit that is never reached. */
    Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /**
     * Returns the timeline behind a clock that a run handed out.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Timeline of(ProtocolClock clock) {
        if (clock instanceof Timeline timeline) {
            return timeline;
        }
        throw new IllegalArgumentException(
                "The clock must be that of a run, but is a " + clock.getClass().getName() + ".");
    }

    /** Returns the protocol time since the timeline began, in nanoseconds; never goes back. */
    long nanos();

    @Override
    default Duration now() {
        return Duration.ofNanos(nanos());
    }

    /** Returns the protocol time as a date: the epoch of the timeline plus {@link #nanos()}. */
    @Override
    Instant instant();

    /**
     * Waits for a span of protocol time; a span of zero or less yields to everything that is due now.
     *
     * @throws InterruptedException if the thread is interrupted or its task canceled
     * @throws TimelineException if the timeline failed or was closed
     */
    @Override
    void sleep(Duration span) throws InterruptedException;

    /** Creates a new signal; the name is for texts only. */
    Signal signal(String name);

    /**
     * Runs an event once, after {@code delay} (a negative delay counts as zero). In virtual time it runs inline in
     * the total order (time, order of scheduling) and must not block; in real time it runs on a scheduler thread.
     */
    Cancellation schedule(Duration delay, String name, Runnable event);

    /**
     * Runs an event at a fixed rate, first after one period, never overlapping itself.
     *
     * @throws IllegalArgumentException if the period is not positive
     */
    Cancellation repeat(Duration period, String name, Runnable event);

    /**
     * Starts a managed daemon thread {@code nomos-<name>}. In virtual time it begins when the caller next waits, even
     * when it is its turn only after other threads that are ready.
     */
    Task spawn(String name, TaskBody body);

    /**
     * Runs {@code body} as a managed thread, between {@link #enter()} and {@link #exit()}, on the calling thread.
     *
     * @throws Exception whatever {@code body} throws
     */
    <T> T call(Callable<T> body) throws Exception;

    /**
     * Makes the current thread a managed one until {@link #exit()}. Blocks until no other managed thread runs; may be
     * nested. Virtual time moves only while some thread is between {@code enter} and {@code exit} and waits.
     *
     * @throws InterruptedException if the thread is interrupted before it got its turn
     * @throws TimelineException if the timeline failed or was closed
     */
    void enter() throws InterruptedException;

    /**
     * Ends the span that the matching {@link #enter()} began.
     *
     * @throws IllegalStateException if there was no matching {@code enter}
     * @throws EventFailedException if an event failed meanwhile and nobody was told yet
     */
    void exit();

    /** Says whether the current thread may use this timeline: managed, or inside an event; always in real time. */
    boolean isManaged();

    /** Says whether the current thread may wait: managed, and not inside an event; always in real time. */
    boolean canWait();

    /**
     * Refuses a foreign thread.
     *
     * @param what the call that is about to be made, for the text
     * @throws IllegalStateException in virtual time, if the current thread is not managed
     */
    void checkManaged(String what);

    /**
     * Sets who is told when an event throws. Without a handler the failure is thrown, as {@link EventFailedException},
     * from a waiting entered thread (virtual time) or from {@link #close()} (real time).
     */
    void onEventFailure(EventFailureHandler handler);

    /**
     * Cancels all events, interrupts all tasks and waits for them, a bounded span of real time. Idempotent.
     *
     * @throws TimelineException naming threads that did not end, and (suppressed) failures of events and tasks that
     *     nobody looked at
     */
    @Override
    void close();
}
