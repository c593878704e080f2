package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** Compares the blocks that nodes made with the slots that they may win. */
final class LeadershipJudge {
    private final RunFacts facts;
    private final Proposals proposals;
    private final double alpha;
    private final List<String> problems = new ArrayList<>();

    /** The slots in which a node was to play, with its chances, and whether nobody else leads there. */
    private final Map<String, TreeMap<Long, Double>> most = new LinkedHashMap<>();

    private final Map<String, TreeMap<Long, Double>> least = new LinkedHashMap<>();
    private int judged;

    LeadershipJudge(RunFacts facts, Proposals proposals, long falseAlarmOneIn) {
        this.facts = facts;
        this.proposals = proposals;
        this.alpha = 1.0 / falseAlarmOneIn;
    }

    void judge() {
        if (proposals.byNode().isEmpty()) {
            throw new InconclusiveException(Proposals.UNTOLD);
        }
        boolean skewed = !facts.run.scenario().topology().clockSkews().isEmpty()
                || facts.events.stream().anyMatch(Excuses::setsClock);
        proposals.byNode().forEach(this::oneASlot);
        if (!skewed) {
            proposals.byNode().forEach(this::onTopOfItsChain);
            readSlots();
            proposals.byNode().forEach(this::count);
            proposals.byNode().forEach(this::keepsWhatItMade);
            new LateBlocks(facts).texts().forEach(problems::add);
            problems.addAll(new OmittedKinds(facts, proposals, alpha).texts());
            problems.addAll(
                    new WaitingTransactions(facts, proposals, new SurePools(facts, proposals), alpha).byLeaders());
        }
        new PoorBlocks(facts, proposals, alpha).texts().forEach(problems::add);
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(
                    "expected every node to lead as its stake lets it but:\n" + Listing.of(problems));
        }
        if (judged == 0) {
            throw new InconclusiveException(
                    skewed
                            ? "clocks were set apart, so nobody knows which slots a node played"
                            : "no node was up and under no fault in any slot");
        }
    }

    /** A node wins a slot once (node contract 3.3). */
    private void oneASlot(String node, List<Proposal> made) {
        var bySlot = new HashMap<Long, Proposal>();
        long start = facts.startOf(node);
        for (var proposal : made) {
            if (facts.slotsUntilNow().endOf(proposal.slot()) < start) {
                continue; // of an earlier life: it may win the slot once more, on another branch
            }
            var other = bySlot.putIfAbsent(proposal.slot(), proposal);
            if (other != null && !other.block().equals(proposal.block())) {
                problems.add("  " + node + " made two blocks in slot " + proposal.slot() + ": " + other.block()
                        + " and " + proposal.block());
                return;
            }
        }
    }

    /** A leader builds on its tip, and its tip never gets lower while it runs. */
    private void onTopOfItsChain(String node, List<Proposal> made) {
        var window = facts.slotsUntilNow();
        long start = facts.startOf(node);
        for (var proposal : made) {
            long begins = window.endOf(proposal.slot() - 1);
            TipChanged tip = null;
            for (var each : facts.tips(node)) {
                tip = each.at() < begins && each.at() > start ? each : tip;
            }
            if (tip != null && proposal.height() <= tip.height()) {
                problems.add("  " + node + " made block " + proposal.block() + " of slot " + proposal.slot()
                        + " at height " + proposal.height() + ", though its tip had height " + tip.height()
                        + " before that slot began");
                return;
            }
        }
    }

    /** What a node makes is its longest branch then, which it leaves for a longer one alone (node contract 3.4). */
    private void keepsWhatItMade(String node, List<Proposal> made) {
        long start = facts.startOf(node);
        for (var own : made) {
            for (var tip : facts.tips(node)) {
                if (tip.at() > start
                        && facts.slotsUntilNow().endOf(own.slot() - 1) >= start
                        && tip.slot() >= own.slot()
                        && tip.height() <= own.height()
                        && !tip.tip().equals(own.block())) {
                    problems.add("  " + node + " left block " + own.block() + ", which it made in slot " + own.slot()
                            + " at height " + own.height() + ", for block " + tip.tip() + " of slot " + tip.slot()
                            + " at height " + tip.height() + ", which is not higher");
                    return;
                }
            }
        }
    }

    private void readSlots() {
        var topology = facts.run.scenario().topology();
        var odds = new LeaderOdds(topology);
        var excuses = new Excuses(topology);
        var wallets = facts.wallets();
        boolean isVirtual = facts.run.clock().isVirtual();
        Excuses.follow(facts, excuses::accept, slot -> {
            boolean faulty = excuses.isNetworkFaulty();
            excuses.endSlot(slot);
            if (faulty || excuses.isNetworkFaulty() || excuses.slotsBehind() != 0) {
                return;
            }
            var leaders = excuses.leaders();
            for (NodeSpec node : topology.nodes()) {
                if (leaders.contains(node.name()) && !excuses.isExcused(node.name(), 1)) {
                    double chance = odds.chanceOf(node.index(), wallets.in(slot));
                    var others = new TreeSet<>(leaders);
                    others.remove(node.name());
                    double alone = isVirtual ? 1 : 1 - odds.chanceOfBlock(others, wallets.in(slot));
                    most.computeIfAbsent(node.name(), name -> new TreeMap<>()).put(slot, chance);
                    least.computeIfAbsent(node.name(), name -> new TreeMap<>()).put(slot, chance * alone);
                }
            }
        });
    }

    /** Judges all lives of a node together, and the last one: what a restart brings shows there. */
    private void count(String node, List<Proposal> made) {
        long start = facts.startOf(node);
        long last = start < 0
                ? Long.MIN_VALUE
                : start == Long.MAX_VALUE
                        ? Long.MAX_VALUE
                        : facts.slotsUntilNow().slotOf(start) + 2;
        boolean several = last != Long.MIN_VALUE && last != Long.MAX_VALUE && keepsItsStore(node);
        boolean right = count(node, made, last, several ? alpha / 2 : alpha);
        if (several && right) {
            count(node, made, Long.MIN_VALUE, alpha / 2);
        }
    }

    /** Whether what a node tells of its earlier lives is all of it. */
    private boolean keepsItsStore(String node) {
        return facts.events.stream()
                .noneMatch(event -> event instanceof NodeStateChanged change
                        && change.node().equals(node)
                        && change.state() == NodeState.REMOVED);
    }

    /** Compares what a node made from a slot on; false if it was too little or too much. */
    private boolean count(String node, List<Proposal> made, long since, double chance) {
        var slots = most.get(node);
        if (slots == null) {
            return true;
        }
        long from = made.size() >= Proposals.MOST ? Math.max(since, made.get(0).slot() + 1) : since;
        var played = new TreeMap<>(slots.tailMap(from, true));
        var sure = new TreeMap<>(least.getOrDefault(node, new TreeMap<>()).tailMap(from, true));
        long won = made.stream()
                .map(Proposal::slot)
                .distinct()
                .filter(played::containsKey)
                .count();
        int fewest = BlockCountBound.atLeast(chances(sure), chance);
        int most = BlockCountBound.atMost(chances(played), chance);
        judged += played.isEmpty() ? 0 : 1;
        if (won >= fewest && won <= most) {
            return true;
        }
        problems.add(String.format(
                Locale.ROOT,
                "  %s made blocks in %d of the %d slots in which it was to play, expected %d to %d: its stake wins"
                        + " %.1f (a healthy node is outside of these once in %,.0f runs)",
                node,
                won,
                played.size(),
                fewest,
                most,
                BlockCountBound.mean(chances(played)),
                1 / alpha));
        return false;
    }

    private static double[] chances(TreeMap<Long, Double> slots) {
        return slots.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
