package org.junitnomos.runner;

import java.time.Duration;
import org.apiguardian.api.API;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.RunPhase;

/**
 * Hears what one run does, for consoles and reports. Called by one thread at a time; a failure is logged, no more. Only
 * what could not be written, an {@link java.io.UncheckedIOException}, counts: evidence that is not whole makes the
 * verdict INFRASTRUCTURE, if the run did not fail anyway.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunListener {
    /**
     * Hears of the record of the run when there is one, before anything else: who subscribes to it hears what happens,
     * as it happens, on the thread on which it does.
     *
     * @param journal the record, still empty
     */
    default void opened(Journal journal) {}

    /**
     * Hears that a phase began.
     *
     * @param phase the phase
     */
    default void phaseStarted(RunPhase phase) {}

    /**
     * Hears how far the run window, or the cooldown, has come.
     *
     * @param phase {@link RunPhase#DRIVE} or {@link RunPhase#EVALUATE}
     * @param done time that passed
     * @param total whole time
     * @param height height of the reference chain
     */
    default void progress(RunPhase phase, Duration done, Duration total, long height) {}

    /**
     * Hears what slows the run down and is probably a mistake: a thread that sleeps or waits outside of the virtual
     * clock, told once a place in the code.
     *
     * @param text who it is, and how to avoid it
     */
    default void notice(String text) {}

    /**
     * Hears that a phase ended.
     *
     * @param timing how long it took
     */
    default void phaseEnded(PhaseTiming timing) {}

    /**
     * Hears the result, before anything is torn down.
     *
     * @param result the result; its phases do not include the cleanup
     * @param journal record of the run
     */
    default void evaluated(RunResult result, Journal journal) {}

    /**
     * Writes what is to be kept, because the run ends: everything is cleaned up, the journal lacks its last event. What
     * cannot be written still changes the verdict.
     *
     * @param result the result, unless something cannot be written
     * @param journal record of the run
     */
    default void closing(RunResult result, Journal journal) {}

    /**
     * Hears that the run is over and cleaned up.
     *
     * @param result the final result
     * @param journal record of the run
     */
    default void ended(RunResult result, Journal journal) {}
}
