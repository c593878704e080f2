package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.topology.NodeState;

/**
 * Finds blocks that were seen for the first time more than a slot after theirs had ended, in real time at least 5 s:
 * their leader plays slots that are over. The feed reads every node, its leader too, so that takes no way through the
 * network. Nothing is judged once a node was paused or could not be read.
 */
final class LateBlocks {
    private static final Duration REAL_FLOOR = Duration.ofSeconds(5);

    private final RunFacts facts;

    LateBlocks(RunFacts facts) {
        this.facts = facts;
    }

    List<String> texts() {
        var window = facts.slotsUntilNow();
        long allowed =
                facts.run.clock().isVirtual() ? window.duration() : Math.max(window.duration(), REAL_FLOOR.toNanos());
        var late = new ArrayList<BlockObserved>();
        for (var event : facts.events) {
            if (event instanceof FeedBlind
                    || (event instanceof NodeStateChanged change && change.state() == NodeState.PAUSED)) {
                break;
            }
            if (event instanceof BlockObserved block
                    && block.at() >= facts.driveStart()
                    && block.slot() >= window.first()
                    && block.at() > window.endOf(block.slot()) + allowed) {
                late.add(block);
            }
        }
        if (late.isEmpty()) {
            return List.of();
        }
        var first = late.get(0);
        return List.of("  " + late.size() + " blocks were made after their slot was over, first block " + first.block()
                + " of slot " + first.slot() + ", which " + first.node() + " showed first at "
                + LateReasons.time(first.at()) + ", in slot " + window.slotOf(first.at()));
    }
}
