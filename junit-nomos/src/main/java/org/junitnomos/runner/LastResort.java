package org.junitnomos.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;

/**
 * What is done about something that goes on past its deadline, although it was interrupted: it is stopped and named on
 * standard error, its nodes are removed, and at last the JVM is halted. Looks, on the thread of the deadline, at what
 * is under way, and waits for nobody without limit. Whatever ends in time, ends in order.
 */
final class LastResort {
    /** Internal, for tests: how long after the deadline the JVM is halted, in milliseconds. */
    static final String HALT_AFTER = "org.junitnomos.halt-after";

    private static final Duration HALT = Duration.ofMillis(Long.getLong(HALT_AFTER, 60_000));
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(3);
    private static final int GRACE_PART = 4;
    private static final int LOOKS_PER_GRACE = 6;
    private static final long STEP_MILLIS = 15_000;

    private final Activities activities;
    private final Hanging hanging;
    private final Stopwatch since = new Stopwatch();
    private final String text;
    private boolean told;
    private boolean removed;

    private LastResort(Activities activities, Hanging hanging, String text) {
        this.activities = activities;
        this.hanging = hanging;
        this.text = text;
    }

    /** Begins to look, a deadline was exceeded just now. */
    static LastResort begin(Deadline deadline, Activities activities, Hanging hanging, String text) {
        var begun = new LastResort(activities, hanging, text);
        deadline.repeat(grace().dividedBy(LOOKS_PER_GRACE), begun::look);
        return begun;
    }

    /** What is left to those who were interrupted. */
    static Duration grace() {
        Duration part = HALT.dividedBy(GRACE_PART);
        return part.compareTo(LONGEST_GRACE) < 0 ? part : LONGEST_GRACE;
    }

    /** How long a cleanup may take. */
    static Duration cleanup() {
        return HALT;
    }

    private void look() {
        var oldest = activities.oldest();
        if (oldest == null) {
            return;
        }
        long age = Math.min(since.nanos(), oldest.watch().nanos());
        if (age >= grace().toNanos() && !told) {
            told = true;
            hanging.stop(text);
            activities.interrupt();
            JvmHalt.say(tell());
        }
        if (age >= grace().multipliedBy(2).toNanos()) {
            remove();
        }
        if (age >= HALT.toNanos()) {
            halt(oldest);
        }
    }

    private String tell() {
        var lines = new ArrayList<String>();
        lines.add("JUnit Nomos: " + hanging.name() + " hangs: " + text);
        activities.texts().forEach(each -> lines.add("under way: " + each));
        lines.addAll(hanging.where());
        lines.add("next: its nodes are removed; if it has not ended " + DurationText.format(HALT)
                + " after its deadline, this JVM is halted with exit code " + JvmHalt.EXIT_CODE
                + ", so that the build ends");
        return String.join("\n  ", lines);
    }

    private void halt(Activities.Activity oldest) {
        JvmHalt.say("JUnit Nomos: " + hanging.name() + " still hangs " + DurationText.format(HALT)
                + " after its deadline: " + oldest.text() + ". This JVM is halted now, with exit code "
                + JvmHalt.EXIT_CODE + ".\n  " + String.join("\n  ", hanging.where()));
        Threads.within(STEP_MILLIS, "last-evidence", hanging::last);
        JvmHalt.now();
    }

    private synchronized void remove() {
        if (removed) {
            return;
        }
        removed = true;
        for (var step : hanging.cluster().removal()) {
            List<Throwable> problems = new ArrayList<>();
            boolean ended = Threads.within(STEP_MILLIS, "removal", () -> CleanupStep.attempt(problems, step));
            if (ended) {
                problems.forEach(hanging::problem);
            }
        }
    }

    /** Whether the nodes were removed; waits while they are, but not for ever. */
    synchronized boolean isRemoved() {
        return removed;
    }
}
