package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Threads;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VirtualTimeline;
import org.slf4j.LoggerFactory;

/**
 * The limits of one run in real time, and what happens when one is exceeded: evidence first, then no call into the run
 * passes any more, and whoever goes on all the same meets the {@link LastResort}.
 */
final class RunDeadlines implements AutoCloseable {
    private static final Duration MARGIN = Duration.ofSeconds(60);
    /** A virtual run is expected to be at least this much faster than the wall. */
    private static final int VIRTUAL_SPEED = 4;

    private static final long EVIDENCE_MILLIS = 5_000;

    private final RunInfo info;
    private final Timeline timeline;
    private final DriveState drive;
    private final RunOutcome outcome;
    private final Gate gate;
    private final RunHanging hanging;
    private final Deadline deadline = new Deadline();
    private final Activities activities = new Activities();
    private final List<LastResort> lastResorts = new ArrayList<>();
    private volatile boolean exceeded;
    private volatile boolean bodyHolds;
    private volatile Activities.@Nullable Activity cleanup;

    RunDeadlines(RunInfo info, Timeline timeline, DriveState drive, RunOutcome outcome, Gate gate, RunHanging hanging) {
        this.info = info;
        this.timeline = timeline;
        this.drive = drive;
        this.outcome = outcome;
        this.gate = gate;
        this.hanging = hanging;
    }

    /** Returns the limit of a whole run: the plan's, or what deploy, run window and cooldown take, and two minutes. */
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

    /** Starts the limit of the run; a busy machine extends it, as it does all waits in it, but not that of a plan. */
    void armRun() {
        Duration limit = ofRun(info);
        boolean own = info.scenario().deadline() != null;
        var allowance = own ? Allowance.fixed(limit) : Allowance.ofRealTime(limit);
        String what = "the run";
        String fix = "Shorten the run window, raise the deadline, or let the test end earlier";
        deadline.arm(allowance, () -> {
            String found = notInTime(what, "deadline", limit) + allowance.extension(" (", ")");
            exceed(what, limit, found, fix);
        });
    }

    /**
     * Ends a body that still runs: whoever finishes the run waits for it no more. If it goes on, it may hold the clock,
     * so that nobody else enters: not for ever.
     */
    void endBody() {
        if (!drive.isBodyRunning()) {
            return;
        }
        activities.giveUpOthers();
        drive.cut("the test body still ran when the run was to be finished, perhaps after a time-out");
        drive.interruptBody();
        bodyHolds = true;
        Duration limit = LastResort.grace();
        deadline.arm(limit, () -> {
            if (bodyHolds && drive.isBodyRunning()) {
                String what = "the interrupted test body";
                exceed(what, limit, notInTime(what, "limit", limit), "Let it end when it is interrupted");
            }
        });
    }

    /** Says that the clock could be entered, whatever the body does. */
    void bodyLeft() {
        bodyHolds = false;
    }

    /** Starts the limit of the cleanup in place of that of the run; it is under way until {@link #close()}. */
    void armCleanup() {
        deadline.disarm();
        activities.giveUpOthers();
        cleanup = activities.begin("the cleanup");
        Duration limit = bodyHolds && drive.isBodyRunning() ? LastResort.grace() : LastResort.cleanup();
        String text = notInTime("the cleanup", "limit", limit);
        if (timeline instanceof VirtualTimeline virtual) {
            virtual.limitRealTime(limit, text);
        }
        deadline.arm(limit, () -> {
            String found = text + underWay(List.of());
            outcome.infrastructure(new DeploymentException(found + ". " + writeThreads(found), null));
            activities.interrupt();
            resort(text);
        });
    }

    private static String notInTime(String what, String kind, Duration limit) {
        return what + " did not end within its " + kind + " of " + DurationText.format(limit) + " of real time";
    }

    private String underWay(List<String> load) {
        var texts = new ArrayList<String>(activities.texts());
        texts.addAll(load);
        return texts.isEmpty() ? "" : "; " + String.join(", ", texts);
    }

    private void exceed(String what, Duration limit, String found, String fix) {
        String text = found + underWay(hanging.load()) + ". " + fix;
        outcome.infrastructure(new DeploymentException(text + ". " + writeThreads(text), null));
        exceeded = true;
        // evidence first, before the run can go on and end; listeners and reporters are not ours and may hang, too
        Threads.within(EVIDENCE_MILLIS, "evidence", () -> hanging.exceeded(what, limit, found));
        if (cleanup != null) {
            return; // the run is being closed meanwhile, which has a limit of its own
        }
        drive.cut(found);
        gate.close("scenario '" + info.scenario().name() + "' (seed " + info.seed() + "): " + found
                + ", so nothing can be asked of it any more. " + fix);
        drive.interruptBody();
        activities.interrupt();
        resort(found + ". " + fix);
    }

    private synchronized void resort(String text) {
        lastResorts.add(LastResort.begin(deadline, activities, hanging, text));
    }

    /** Writes what all threads do, and says where that is. */
    private String writeThreads(String text) {
        Path directory = hanging.directory();
        if (directory == null) {
            return "";
        }
        Path dump = directory.resolve(Deadline.DUMP);
        try {
            Deadline.dumpThreads(dump, text);
            return "What every thread did then: " + dump;
        } catch (IOException e) {
            LoggerFactory.getLogger(RunDeadlines.class).warn("cannot write the thread dump {}", dump, e);
            return "What every thread did then could not be written to " + dump + ": " + e.getMessage();
        }
    }

    /** Does part of a phase on the timeline and the calling thread, which is interrupted when a limit is exceeded. */
    <T> T managed(String what, Callable<T> part) throws Exception {
        return tracked(what, () -> timeline.call(part));
    }

    /** Does something on the calling thread, which is interrupted when a limit is exceeded. */
    <T> T tracked(String what, Callable<T> part) throws Exception {
        var activity = activities.begin(what);
        try {
            return part.call();
        } finally {
            activities.end(activity);
        }
    }

    /** Says who stopped the virtual clock for good, and where; null if nobody did. */
    @Nullable
    String clockProblem() {
        return timeline instanceof VirtualTimeline virtual ? virtual.problem() : null;
    }

    boolean isExceeded() {
        return exceeded;
    }

    /** Whether the nodes were removed by force: there is nobody to talk to any more. */
    boolean isRemoved() {
        List<LastResort> begun;
        synchronized (this) {
            begun = List.copyOf(lastResorts);
        }
        return begun.stream().anyMatch(LastResort::isRemoved);
    }

    /** The run is over, whatever threads that were given up still do. */
    @Override
    public void close() {
        var closing = cleanup;
        if (closing != null) {
            activities.end(closing);
        }
        deadline.close();
    }
}
