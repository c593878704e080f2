package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.FaultPlan;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.TimelineException;

/**
 * Injects the faults of one workload into one run; used on the thread of that workload.
 *
 * <p>Every fault is decided first, by chance or by the run that is replayed, and goes on record; what then happens
 * depends on the decision alone. Nothing begins in the last slot of the run window, so that what has begun can be seen
 * to its end.
 */
final class Injector {
    private final RunContext run;
    private final FaultPlan plan;
    private final Deed deed;
    private final Duration slot;

    /** Carries out what was decided; returns when it is over. */
    interface Deed {
        void carryOut(Injector injector, Decision decision) throws InterruptedException;
    }

    /** Draws one decision after the other, and {@link #inject injects} each. */
    interface Draw {
        void run() throws InterruptedException;
    }

    /** What is done to the cluster; returns when it was observed. */
    interface Action {
        void perform() throws InterruptedException;
    }

    /** Puts a fault in force; returns by what it is healed. */
    interface Fault {
        NodeControl.Proof apply() throws InterruptedException;
    }

    /** Heals a fault by its proof. */
    interface Heal {
        NodeControl.Proof perform(NodeControl.Proof proof) throws InterruptedException;
    }

    Injector(RunContext run, Deed deed) {
        this.run = run;
        this.plan = run.faultPlan();
        this.deed = deed;
        this.slot = run.scenario().topology().consensus().slotDuration();
    }

    NodeControl control() {
        return run.control();
    }

    /** The stream of chance of the workload; those of the same name have streams of their own. */
    Random random() {
        return run.random(plan.workload());
    }

    /** Repeats the decisions of the run that is replayed; if there is none, draws them. */
    void drive(Draw draw) throws InterruptedException {
        if (!plan.isReplay()) {
            draw.run();
            return;
        }
        for (var recorded : plan.recorded()) {
            var due = Duration.ofNanos(recorded.offset());
            sleepUntil(due);
            if (isOver()) {
                return;
            }
            inject(new Decision(due, recorded.kind(), recorded.targets(), Duration.ofNanos(recorded.duration())));
        }
    }

    /** Draws decisions for each time of a schedule. */
    void drive(Schedule schedule, String kind, Supplier<List<String>> targets) throws InterruptedException {
        drive(() -> {
            for (var next = schedule.at(); ; next = next.plus(schedule.every())) {
                sleepUntil(next);
                if (isOver()) {
                    return;
                }
                var drawn = targets.get();
                if (!drawn.isEmpty()) {
                    inject(new Decision(next, kind, drawn, schedule.duration()));
                }
                if (schedule.every().isZero()) {
                    return;
                }
            }
        });
    }

    /** Puts a decision on record and carries it out. */
    void inject(Decision decision) throws InterruptedException {
        plan.decide(decision.due(), decision.kind(), decision.targets(), decision.duration());
        deed.carryOut(this, decision);
    }

    /** Time since the drive began. */
    Duration elapsed() {
        return plan.elapsed();
    }

    /** Whether it is too late to begin anything. */
    boolean isOver() {
        return !run.isDriving()
                || elapsed().compareTo(run.scenario().runWindow().minus(slot)) >= 0;
    }

    /** Waits until a time since the drive began, or until it is too late to begin anything. */
    void sleepUntil(Duration time) throws InterruptedException {
        while (!isOver()) {
            var left = time.minus(elapsed());
            if (left.isZero() || left.isNegative()) {
                return;
            }
            run.clock().sleep(left.compareTo(slot) < 0 ? left : slot);
        }
    }

    void sleep(Duration duration) throws InterruptedException {
        sleepUntil(elapsed().plus(duration));
    }

    Duration slot() {
        return slot;
    }

    void note(String text) {
        run.note(plan.workload(), text);
    }

    /** All nodes there are now, in the order of the cluster. */
    List<String> nodes() {
        return run.cluster().nodes().stream().map(NodeHandle::name).toList();
    }

    /** The nodes that are running and not paused, in the order of the cluster. */
    List<String> running() {
        return run.cluster().nodes().stream()
                .filter(node -> node.isRunning() && !node.isPaused())
                .map(NodeHandle::name)
                .toList();
    }

    /**
     * Does something to the cluster. Two things do not fail the run: what could not be proven, of which the verdict
     * tells, and what another fault has made impossible meanwhile.
     *
     * @return false if it was not done, or its effect could not be proven
     */
    boolean attempt(String what, Action action) throws InterruptedException {
        try {
            action.perform();
            return true;
        } catch (DeploymentException e) {
            note(what + " could not be proven: " + e.getMessage());
        } catch (TimelineException e) {
            throw e; // the run is at its end
        } catch (IllegalStateException | IllegalArgumentException e) {
            // The names in a plan were checked: a node that is unknown now has left meanwhile.
            note(what + " was refused: " + e.getMessage());
        }
        return false;
    }

    /** Puts a fault of links or clocks in force for a while; others may be in force meanwhile and stay so. */
    void hold(String what, Duration duration, Fault fault) throws InterruptedException {
        hold(what, duration, fault, control()::heal);
    }

    /**
     * Puts a fault in force, holds it, and heals it, whatever happens in between, before the last slot of the run
     * window.
     */
    void hold(String what, Duration duration, Fault fault, Heal heal) throws InterruptedException {
        var proof = new NodeControl.Proof[1];
        if (!attempt(what, () -> proof[0] = fault.apply())) {
            return;
        }
        try {
            sleep(duration);
        } finally {
            attempt("the end of " + what, () -> heal.perform(proof[0]));
        }
    }
}
