package org.junitnomos.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one fault will be. All that chance has a say in is in here, so that a run can be replayed from its decisions.
 *
 * @param due when it begins, since the drive began
 * @param kind what is done
 * @param targets to whom
 * @param duration how long it stays in force; 0 if it does not last, or for the rest of the run
 */
record Decision(Duration due, String kind, List<String> targets, Duration duration) {
    Decision {
        targets = List.copyOf(targets);
    }

    /** The only target. */
    String target() {
        return targets.get(0);
    }
}
