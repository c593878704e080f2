package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.scenario.RunContext;

/**
 * Inject the faults of one workload into one run; used on the thread of that workload.
 *
 * <p>Nothing begins in the last slot of the run window, so that what has begun can be seen to its end.
 */
final class Injector {
    private final RunContext run;
    private final String author;
    private final Duration start;
    private final Duration slot;

    /** What is done to the cluster; returns when it was observed. */
    interface Action {
        void perform() throws InterruptedException;
    }

    /** Puts a fault of links or clocks in force; returns by what it is healed. */
    interface Fault {
        NodeControl.Proof apply() throws InterruptedException;
    }

    Injector(RunContext run, String author) {
        this.run = run;
        this.author = author;
        this.start = run.clock().now();
        this.slot = run.scenario().topology().consensus().slotDuration();
    }

    RunContext run() {
        return run;
    }

    /** Time since the drive began. */
    Duration elapsed() {
        return run.clock().now().minus(start);
    }

    /** Whether it is too late to begin anything. */
    boolean isOver() {
        return !run.isDriving()
                || elapsed().compareTo(run.scenario().runWindow().minus(slot)) >= 0;
    }

    /** Wait until a time since the drive began, or until it is too late to begin anything. */
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

    /** The nodes that are running and not paused, in the order of the cluster. */
    List<NodeHandle> running() {
        return NodeSelector.running().choose(run.cluster().nodes());
    }

    /**
     * Do something to the cluster.
     *
     * @return false if its effect could not be proven: the run goes on, and its verdict tells
     */
    boolean attempt(String what, Action action) throws InterruptedException {
        try {
            action.perform();
            return true;
        } catch (DeploymentException e) {
            run.note(author, what + " could not be proven: " + e.getMessage());
            return false;
        }
    }

    /** Do something at a time since the drive began, and again after each period if there is one. */
    void repeat(Duration at, Duration every, Action action) throws InterruptedException {
        for (var next = at; ; next = next.plus(every)) {
            sleepUntil(next);
            if (isOver()) {
                return;
            }
            action.perform();
            if (every.isZero()) {
                return;
            }
        }
    }

    /**
     * Put a fault of links or clocks in force, hold it, and heal it, whatever happens in between. Other faults may be
     * in force meanwhile and stay so. It is healed before the last slot of the run window.
     */
    void hold(String what, Fault fault, Duration duration) throws InterruptedException {
        if (isOver()) {
            return;
        }
        NodeControl.Proof proof;
        try {
            proof = fault.apply();
        } catch (DeploymentException e) {
            run.note(author, what + " could not be proven: " + e.getMessage());
            return;
        }
        try {
            sleep(duration);
        } finally {
            attempt("the end of " + what, () -> run.control().heal(proof));
        }
    }
}
