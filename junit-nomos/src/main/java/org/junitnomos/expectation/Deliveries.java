package org.junitnomos.expectation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.topology.TopologySpec;

/**
 * Follows how soon nodes have blocks of the reference chain that others made: those that one peer has to hand over, as
 * no other link leads there, and those that carry one kind of operation. A node is late if it is below the block once
 * the feed must have read it with it; a peer is, if all to whom it has to hand over a block are late.
 *
 * <p>A healthy node is late where it cannot rebuild a block, because a leader on it tried and pruned one of the
 * transactions (node contract 3.5), where it stands on a branch of its own, or where a message was lost. One block in
 * {@value #LATE_ONE_IN} is allowed for, and more where messages take long or are lost; more of them than that explains
 * but for one run in so many (binomial distribution), over all that is compared, is the fault of the peer, or of the
 * node.
 */
final class Deliveries {
    static final int LATE_ONE_IN = 10;

    private static final String ANY = "transactions";
    private static final String TRANSFERS = "transfers";
    private static final String EVERYBODY = "";
    private static final String NOBODY = "";
    private static final double PER_MILLE = 1000;

    private final RunFacts facts;
    private final Proposals proposals;
    private final TopologySpec topology;
    private final List<String> names;
    private final long allowed;
    private final double alpha;
    private final Deque<Expected> open = new ArrayDeque<>();
    private final Map<String, Count> byPeer = new TreeMap<>();
    private final Map<String, Count> byLink = new TreeMap<>();
    private final Map<String, Count> byContent = new TreeMap<>();

    /** A block that nodes should have by a time. */
    private record Expected(BlockObserved block, Set<String> makers, Set<String> calm, long due) {}

    /** How many blocks were compared, and how many of them were late. */
    private static final class Count {
        private final String peer;
        private final String receiver;
        private final String what;
        private int all;
        private int late;

        Count(String peer, String receiver, String what) {
            this.peer = peer;
            this.receiver = receiver;
            this.what = what;
        }

        void add(boolean isLate) {
            all++;
            late += isLate ? 1 : 0;
        }
    }

    /**
     * Begins to follow a run.
     *
     * @param allowed how long after a block was seen first the feed may read another node without it, in nanoseconds
     * @param alpha the chance of a false alarm, over all that is compared
     */
    Deliveries(RunFacts facts, Proposals proposals, long allowed, double alpha) {
        this.facts = facts;
        this.proposals = proposals;
        this.topology = facts.run.scenario().topology();
        this.names = facts.declaredNodes();
        this.allowed = allowed;
        this.alpha = alpha;
    }

    /** Takes a block that was seen for the first time. */
    void observed(BlockObserved block) {
        open.add(new Expected(block, proposals.makersOf(block.block()), new TreeSet<>(), block.at() + allowed));
    }

    /** Says that a slot has ended, and who has an excuse. */
    void endSlot(long slot, Predicate<String> excused) {
        var window = facts.slotsUntilNow();
        long end = window.endOf(slot);
        var calm = new TreeSet<String>();
        names.stream().filter(name -> !excused.test(name)).forEach(calm::add);
        for (var each : open) {
            if (window.slotOf(each.block().at()) == slot) {
                each.calm().addAll(calm);
            }
        }
        while (!open.isEmpty() && open.peekFirst().due() < end) {
            var due = open.removeFirst();
            due.calm().retainAll(calm);
            count(due);
        }
    }

    private void count(Expected expected) {
        var block = expected.block();
        var makers = expected.makers();
        boolean counts = !makers.isEmpty()
                && expected.calm().containsAll(makers)
                && block.at() >= facts.driveStart()
                && block.slot() > proposals.untoldUntil()
                && facts.tree
                        .tip()
                        .filter(tip -> facts.tree.isAncestor(block.block(), tip.block()))
                        .isPresent();
        if (!counts) {
            return;
        }
        var waiting = new TreeMap<String, Boolean>();
        for (var receiver : expected.calm()) {
            if (!makers.contains(receiver) && facts.couldBeRead(receiver, expected.due())) {
                boolean late = isBelow(receiver, block.height(), expected.due());
                count(receiver, expected, late);
                var peer = lastHop(receiver, makers);
                if (peer != null && hands(peer, expected)) {
                    waiting.merge(peer, late, Boolean::logicalAnd);
                    String what = what(peer, makers);
                    byLink.computeIfAbsent(receiver + " " + peer + what, key -> new Count(peer, receiver, what))
                            .add(late);
                }
            }
        }
        waiting.forEach((peer, late) -> {
            String what = what(peer, makers);
            byPeer.computeIfAbsent(peer + what, key -> new Count(peer, EVERYBODY, what))
                    .add(late);
        });
    }

    private void count(String receiver, Expected expected, boolean late) {
        for (var kind : kinds(expected.block())) {
            byContent
                    .computeIfAbsent(
                            receiver + " " + kind,
                            key -> new Count(NOBODY, receiver, " of the blocks of others with " + kind))
                    .add(late);
        }
    }

    private static String what(String peer, Set<String> makers) {
        return makers.contains(peer) ? " of the blocks that it made" : " of the blocks of others";
    }

    /** Whether a peer has a block to hand over, as it had the time and nothing excuses it. */
    private boolean hands(String peer, Expected expected) {
        return expected.calm().contains(peer) && !isBelow(peer, expected.block().height(), expected.due());
    }

    /** What a block carries: each kind of operation, transfers without one, and transactions at all. */
    static Set<String> kinds(BlockObserved block) {
        var kinds = new TreeSet<String>();
        block.transactions().forEach(transaction -> kinds.addAll(kinds(transaction)));
        return kinds;
    }

    static Set<String> kinds(TransactionSummary transaction) {
        var kinds = new TreeSet<>(transaction.ops());
        if (kinds.isEmpty()) {
            kinds.add(TRANSFERS);
        }
        kinds.add(ANY);
        return kinds;
    }

    private boolean isBelow(String node, long height, long at) {
        return isBelow(facts.tips(node), height, at);
    }

    /** Whether a node was seen below a height last, at a time. */
    static boolean isBelow(List<TipChanged> tips, long height, long at) {
        return at(tips, at).filter(tip -> tip.height() < height).isPresent();
    }

    /** Where a node was seen last, at a time. */
    static Optional<TipChanged> at(List<TipChanged> tips, long at) {
        int low = 0;
        int high = tips.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tips.get(middle).at() <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(tips.get(low - 1));
    }

    /** The one peer through which all ways from some nodes to a node lead; null if there are several. */
    private @Nullable String lastHop(String node, Set<String> from) {
        if (!names.containsAll(from)) {
            return null;
        }
        String found = null;
        for (var peer : peersOf(node)) {
            if (reaches(peer, from, node)) {
                if (found != null) {
                    return null;
                }
                found = peer;
            }
        }
        return found;
    }

    /** Whether a way leads from a node to one of some others, and not through one. */
    private boolean reaches(String start, Set<String> others, String without) {
        var seen = new TreeSet<>(List.of(start, without));
        var next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            var node = next.remove();
            if (others.contains(node)) {
                return true;
            }
            peersOf(node).stream().filter(seen::add).forEach(next::add);
        }
        return false;
    }

    private List<String> peersOf(String node) {
        return topology.layout().peersOf(names.indexOf(node), names.size()).stream()
                .map(names::get)
                .toList();
    }

    /** What chance does not explain: peers first, then links, and what blocks carry where no link is to blame. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        var blamed = new TreeSet<String>();
        byPeer.values().stream().filter(this::isTooLate).forEach(count -> {
            blamed.add(count.peer + count.what);
            texts.add("  " + count.peer + " hands on no blocks in time:" + share(count)
                    + " on any node to which no other way leads");
        });
        byLink.values().stream()
                .filter(this::isTooLate)
                .filter(count -> !blamed.contains(count.peer + count.what))
                .forEach(count -> texts.add("  " + count.peer + " does not hand on blocks to " + count.receiver
                        + " in time:" + share(count) + ", and no other way leads there"));
        if (texts.isEmpty()) {
            byContent.values().stream()
                    .filter(this::isTooLate)
                    .filter(count -> blamed.add(count.receiver))
                    .forEach(count ->
                            texts.add("  blocks reach " + count.receiver + " only later with others:" + share(count)));
        }
        return texts;
    }

    private String share(Count count) {
        return " " + count.late + " of " + count.all + count.what + " were not there " + LateReasons.time(allowed)
                + " after they were seen first (one in " + LATE_ONE_IN + " is allowed for)";
    }

    private boolean isTooLate(Count count) {
        int compared = byPeer.size() + byLink.size() + byContent.size();
        return count.late > mostByChance(topology, count.all, alpha / compared);
    }

    /**
     * How many of some blocks of healthy nodes are late, or leave out what others carry, but for a chance of alpha: one
     * in {@value #LATE_ONE_IN}, more by the share of a slot for which a message is under way, as what was sent then is
     * not everywhere when a slot begins, and by the share of messages that are lost on the way.
     */
    static int mostByChance(TopologySpec topology, int blocks, double alpha) {
        return mostByChance(topology, 1.0 / LATE_ONE_IN + SlotOdds.delayInSlots(topology), blocks, alpha);
    }

    /** How many are, if so large a share may be, and more by the share of messages that are lost on the way. */
    static int mostByChance(TopologySpec topology, double share, int blocks, double alpha) {
        double arrives =
                StrictMath.pow(1 - topology.links().lossPerMille() / PER_MILLE, Math.max(1, topology.size() - 1));
        double chance = 1 - (1 - Math.min(1, share)) * arrives;
        var chances = new double[blocks];
        Arrays.fill(chances, Math.min(1, chance));
        return BlockCountBound.atMost(chances, alpha);
    }
}
