package org.junitnomos.workload;

import java.time.Duration;
import org.junitnomos.scenario.RunContext;

/** Waits for the next block, at most a slot; in real time a run is not kept for that when its window is over. */
final class NextBlock {
    private static final Duration LOOK = Duration.ofMillis(20);

    private NextBlock() {}

    /** Waits until the chain of a run has a height. */
    static void await(RunContext run, long height) throws InterruptedException {
        var feed = run.feed();
        var left = run.scenario().topology().consensus().slotDuration();
        if (run.clock().isVirtual()) {
            feed.awaitHeight(height, left);
            return;
        }
        while (run.isDriving() && left.compareTo(Duration.ZERO) > 0) {
            if (feed.awaitHeight(height, left.compareTo(LOOK) < 0 ? left : LOOK)) {
                return;
            }
            left = left.minus(LOOK);
        }
    }
}
