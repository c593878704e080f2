package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.mantle.TxHash;

/**
 * Follows the blocks that one node alone made to each node that surely takes them: its tip was the parent when the slot
 * began, it had all of their transactions, and nothing excused it, their maker or who took these. Such a node is at
 * least as high once the feed must have read it with the block; a block that competes with it, as links are slow, is as
 * high. So no chance is involved; one in {@value #LATE_ONE_IN} is allowed for all the same, in real time one in {@value
 * Deliveries#LATE_ONE_IN}, and messages that were lost.
 */
final class OwnBlocks {
    static final int LATE_ONE_IN = 10_000;

    private final RunFacts facts;
    private final Proposals proposals;
    private final SurePools pools;
    private final long allowed;
    private final double share;
    private final double alpha;
    private final Map<String, Count> byMaker = new TreeMap<>();
    private final Map<String, Count> byReceiver = new TreeMap<>();

    /** How many blocks were compared, and how many of them were late. */
    private static final class Count {
        private int all;
        private int late;
        private @Nullable BlockObserved firstLate;

        void add(BlockObserved block, boolean isLate) {
            all++;
            if (isLate) {
                late++;
                firstLate = firstLate == null ? block : firstLate;
            }
        }
    }

    /**
     * Compares.
     *
     * @param allowed how long after a block was seen first the feed may read another node without it, in nanoseconds
     * @param alpha the chance of a false alarm, over all that is compared
     */
    OwnBlocks(RunFacts facts, Proposals proposals, SurePools pools, long allowed, double alpha) {
        this.facts = facts;
        this.proposals = proposals;
        this.pools = pools;
        this.allowed = allowed;
        this.share = 1.0 / (facts.run.clock().isVirtual() ? LATE_ONE_IN : Deliveries.LATE_ONE_IN);
        this.alpha = alpha;
        facts.tree.blocks().forEach(this::compare);
    }

    private void compare(BlockObserved block) {
        var window = facts.slotsUntilNow();
        var makers = proposals.makersOf(block.block());
        long begins = window.endOf(block.slot() - 1);
        long due = block.at() + allowed;
        boolean counts = makers.size() == 1
                && block.slot() > proposals.untoldUntil()
                && begins >= facts.driveStart()
                && due < window.endOf(window.end() - 1);
        if (!counts) {
            return;
        }
        String maker = makers.iterator().next();
        boolean sure = false;
        boolean everywhereLate = true;
        for (var receiver : facts.declaredNodes()) {
            if (!receiver.equals(maker)
                    && pools.calm.isCalm(maker, begins, due)
                    && takes(receiver, block, begins, due)
                    && facts.couldBeRead(receiver, due)) {
                boolean late = Deliveries.isBelow(facts.tips(receiver), block.height(), due);
                byReceiver.computeIfAbsent(receiver, node -> new Count()).add(block, late);
                sure = true;
                everywhereLate &= late;
            }
        }
        if (sure) {
            byMaker.computeIfAbsent(maker, node -> new Count()).add(block, everywhereLate);
        }
    }

    private boolean takes(String receiver, BlockObserved block, long begins, long due) {
        return pools.calm.isCalm(receiver, begins, due)
                && Deliveries.at(facts.tips(receiver), begins)
                        .map(TipChanged::tip)
                        .filter(block.parent()::equals)
                        .isPresent()
                && block.transactions().stream().allMatch(each -> has(receiver, each.hash(), block.slot()));
    }

    private boolean has(String node, TxHash transaction, long slot) {
        var takers = pools.takersOf(transaction);
        return !takers.isEmpty() && pools.firstIn(transaction) >= slot && pools.has(node, takers.get(0), slot);
    }

    /**
     * Nodes whose own blocks do not reach others in time; if there are none, and nobody else is to blame, those that
     * blocks of others do not reach.
     */
    List<String> texts(boolean nobodyElse) {
        var texts = new ArrayList<String>();
        byMaker.forEach((node, count) -> {
            if (isNoChance(count)) {
                texts.add("  blocks of " + node + " do not reach others in time: "
                        + text(count, " that it made alone were on no other chain "));
            }
        });
        if (texts.isEmpty() && nobodyElse) {
            byReceiver.forEach((node, count) -> {
                if (isNoChance(count)) {
                    texts.add("  blocks of others do not reach " + node + " in time: "
                            + text(count, " that one node made alone were not there "));
                }
            });
        }
        return texts;
    }

    private String text(Count count, String where) {
        String first = count.firstLate == null
                ? ""
                : "; the first is block " + count.firstLate.block() + " at height " + count.firstLate.height();
        return count.late + " of " + count.all + where + LateReasons.time(allowed) + " after they were seen first"
                + first;
    }

    private boolean isNoChance(Count count) {
        return count.late
                > Deliveries.mostByChance(
                        facts.run.scenario().topology(),
                        share,
                        count.all,
                        alpha / (byMaker.size() + byReceiver.size()));
    }
}
