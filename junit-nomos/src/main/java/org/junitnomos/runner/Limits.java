package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.internal.DurationText;
import org.junitnomos.internal.Timeline;
import org.junitnomos.internal.VirtualTimeline;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.TimeMode;
import org.slf4j.LoggerFactory;

/** The limits of one run in real time, and what happens when one is exceeded: evidence first, then a forced end. */
final class Limits implements AutoCloseable {
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration CLEANUP = Duration.ofSeconds(60);
    /** What is left to those who were interrupted, and to the cleanup if the body would not end. */
    private static final Duration GRACE = Duration.ofSeconds(3);
    /** A virtual run is expected to be at least this much faster than the wall. */
    private static final int VIRTUAL_SPEED = 4;

    private final RunInfo info;
    private final Timeline timeline;
    private final Drive drive;
    private final RunOutcome outcome;
    private final Deadline deadline = new Deadline();
    private final List<Thread> active = new ArrayList<>();
    private volatile boolean exceeded;
    private volatile boolean bodyHolds;
    private boolean interrupted;

    Limits(RunInfo info, Timeline timeline, Drive drive, RunOutcome outcome) {
        this.info = info;
        this.timeline = timeline;
        this.drive = drive;
        this.outcome = outcome;
    }

    /** Return the limit of a whole run: the plan's, or what deploy, run window and cooldown take, and a minute. */
    static Duration ofRun(RunInfo info) {
        var scenario = info.scenario();
        Duration fixed = scenario.deadline();
        if (fixed != null) {
            return info.settings().slow() ? fixed.multipliedBy(2) : fixed;
        }
        Duration phases = scenario.runWindow().plus(scenario.cooldownTime());
        if (info.time() == TimeMode.VIRTUAL) {
            phases = phases.dividedBy(VIRTUAL_SPEED);
        }
        // The time-out of readiness is doubled by the settings already.
        return info.settings().readinessTimeout().plus(phases).plus(MARGIN).plus(MARGIN);
    }

    void armRun(Path directory, Journal journal) {
        Duration limit = ofRun(info);
        deadline.arm(
                limit,
                () -> exceed("the run", limit, "Shorten the run window, or raise the deadline", directory, journal));
    }

    /** End a body that still runs. If it goes on, it may hold the clock, so that nobody else enters: not for ever. */
    void endBody(Path directory, Journal journal) {
        if (!drive.isBodyRunning()) {
            return;
        }
        drive.cut("the test body still ran when the run was to be finished, perhaps after a time-out");
        drive.interruptBody();
        bodyHolds = true;
        deadline.arm(GRACE, () -> {
            if (bodyHolds && drive.isBodyRunning()) {
                exceed("the interrupted test body", GRACE, "Let it end when it is interrupted", directory, journal);
            }
        });
    }

    /** Say that the clock could be entered, whatever the body does. */
    void bodyLeft() {
        bodyHolds = false;
    }

    /** Start the limit of the cleanup in place of that of the run. */
    void armCleanup() {
        deadline.disarm();
        Duration limit = bodyHolds && drive.isBodyRunning() ? GRACE : CLEANUP;
        if (timeline instanceof VirtualTimeline virtual) {
            virtual.limitRealTime(limit);
        }
        deadline.arm(limit, () -> {
            outcome.infrastructure(new DeploymentException(
                    "The cleanup did not end within " + DurationText.format(limit) + ".", null));
            interrupt();
        });
    }

    private void exceed(String what, Duration limit, String fix, Path directory, Journal journal) {
        String text =
                what + " did not end within its deadline of " + DurationText.format(limit) + " of real time. " + fix;
        Path dump = directory.resolve(Deadline.DUMP);
        String threads = ". What every thread did then: " + dump;
        try {
            Deadline.dumpThreads(dump, text);
        } catch (IOException e) {
            LoggerFactory.getLogger(Limits.class).warn("cannot write the thread dump {}", dump, e);
            threads = ". What every thread did then could not be written to " + dump + ": " + e.getMessage();
        }
        outcome.infrastructure(new DeploymentException(text + threads, null));
        exceeded = true;
        journal.append(new JournalEvent.DeadlineExceeded(timeline.nanos(), what, limit.toNanos()));
        drive.cut(what + " did not end within its deadline of " + DurationText.format(limit));
        drive.interruptBody();
        interrupt();
        deadline.arm(GRACE, () -> {
            if (timeline instanceof VirtualTimeline virtual) {
                virtual.limitRealTime(Duration.ofNanos(1));
            }
            drive.interruptBody();
            interrupt();
        });
    }

    private synchronized void interrupt() {
        interrupted = true;
        active.forEach(Thread::interrupt);
    }

    /** Do part of a phase on the timeline and the calling thread, which is interrupted when a limit is exceeded. */
    <T> T managed(Callable<T> part) throws Exception {
        synchronized (this) {
            active.add(Thread.currentThread());
        }
        try {
            return timeline.call(part);
        } finally {
            synchronized (this) {
                active.remove(Thread.currentThread());
                if (interrupted) {
                    Thread.interrupted(); // it was sent by this object; the thread belongs to somebody else
                }
            }
        }
    }

    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public void close() {
        deadline.close();
    }
}
