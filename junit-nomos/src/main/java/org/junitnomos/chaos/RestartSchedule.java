package org.junitnomos.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Draws when the next restart happens and which node it hits. Every node has a cooldown of its own: while one rests,
 * the others stay eligible.
 */
final class RestartSchedule {
    private final RandomRestartsFault settings;
    private final List<String> targets;
    private final Random random;
    private final Map<String, Duration> restedAt = new LinkedHashMap<>();

    RestartSchedule(RandomRestartsFault settings, List<String> targets, Random random) {
        this.settings = settings;
        this.targets = List.copyOf(targets);
        this.random = random;
    }

    /** Draws the time from one restart to the next. */
    Duration nextDelay() {
        long span = settings.maxDelay().minus(settings.minDelay()).toNanos();
        return settings.minDelay().plusNanos((long) (span * random.nextDouble()));
    }

    /** Draws one of the targets that are not resting; empty if all of those that are running do. */
    Optional<String> pick(Duration now, List<String> running) {
        if (running.size() < 2) {
            return Optional.empty(); // the last running node is never taken down
        }
        var eligible = new ArrayList<String>();
        for (var target : targets) {
            if (running.contains(target)
                    && restedAt.getOrDefault(target, Duration.ZERO).compareTo(now) <= 0) {
                eligible.add(target);
            }
        }
        return eligible.isEmpty() ? Optional.empty() : Optional.of(eligible.get(random.nextInt(eligible.size())));
    }

    /** Begins the cooldown of a node. */
    void restarted(String target, Duration now) {
        restedAt.put(target, now.plus(settings.cooldown()));
    }
}
