package org.junitnomos.expectation;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.time.DurationText;

/**
 * Finds blocks of slots that had not begun when they were seen: their leader has a wrong clock, or makes blocks it may
 * not make yet. One slot is allowed, and the skew of clocks that the plan has; nothing is judged once a clock was
 * changed on purpose.
 */
final class EarlyBlocks {
    private static final Duration REAL_FLOOR = Duration.ofSeconds(2);

    private final RunFacts facts;
    private final long allowed;
    private int count;
    private long earliest;
    private @Nullable BlockObserved worst;

    EarlyBlocks(RunFacts facts) {
        this.facts = facts;
        var topology = facts.run.scenario().topology();
        long skew = topology.clockSkews().values().stream()
                .mapToLong(Duration::toNanos)
                .max()
                .orElse(0);
        long slot = topology.consensus().slotDuration().toNanos();
        this.allowed =
                Math.max(0, skew) + (facts.run.clock().isVirtual() ? slot : Math.max(slot, REAL_FLOOR.toNanos()));
    }

    /** What a failure says of them; empty if there is none. */
    Optional<String> text() {
        var window = facts.slotsUntilNow();
        for (var event : facts.events) {
            if (Excuses.setsClock(event)) {
                break;
            }
            if (event instanceof BlockObserved block) {
                long early = window.endOf(block.slot() - 1) - block.at();
                if (early > allowed) {
                    count++;
                    if (early > earliest) {
                        earliest = early;
                        worst = block;
                    }
                }
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(describe());
    }

    private String describe() {
        var block = Objects.requireNonNull(worst);
        return (count == 1 ? "1 block was" : count + " blocks were")
                + " seen before the slot began, by more than " + DurationText.format(Duration.ofNanos(allowed))
                + ": at worst block " + block.block().toHex() + " (height " + block.height() + ", first seen on "
                + block.node() + ") of slot " + block.slot() + ", " + DurationText.format(Duration.ofNanos(earliest))
                + " early; the clock of its leader is ahead, or it makes blocks of slots to come";
    }
}
