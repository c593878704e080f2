package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** Judges, event by event, how soon nodes came back after faults. */
final class RecoveryJudge {
    private static final long NOT_COUNTING = -1;
    private static final List<String> MEMBERSHIP = List.of("add", "remove");

    /** Healthy runs of which one may make so few blocks after a heal by chance that it fails. */
    private static final int FALSE_ALARM_ONE_IN = 10_000_000;

    private final RunFacts facts;
    private final Recovery settings;
    private final Map<Integer, FaultRequested> open = new TreeMap<>();
    private final Set<String> removed = new TreeSet<>();
    private final Set<String> members = new TreeSet<>();
    private final Map<String, Wait> waits = new LinkedHashMap<>();
    private final List<String> late = new ArrayList<>();
    private final Set<String> back = new TreeSet<>();
    private long height;
    private int judged;

    /** A node that is not back yet: after what, since which height and time. */
    private static final class Wait {
        private final String after;
        private long from = NOT_COUNTING;
        private long since;
        private int madeApart;

        /** Where the node stands, if it is on the chain but does not finalize it. */
        private @Nullable TipChanged notFinal;

        Wait(String after) {
            this.after = after;
        }

        String describe() {
            return after + " at " + DurationText.format(Duration.ofNanos(since)) + ", height " + from;
        }
    }

    RecoveryJudge(RunContext run, Recovery settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
        members.addAll(facts.declaredNodes());
    }

    void judge() {
        for (var event : facts.events) {
            if (event instanceof JournalEvent.BlockObserved block) {
                if (block.height() < height) {
                    madeApart(block.node());
                }
                height = Math.max(height, block.height());
            } else if (event instanceof FaultRequested fault) {
                open.put(fault.fault(), fault);
                pause(fault);
            } else if (event instanceof JournalEvent.FaultHealed healed) {
                heal(healed);
            } else if (event instanceof NodeStateChanged change) {
                join(change);
            } else if (event instanceof TipChanged tip) {
                arrive(tip);
            }
            giveUp();
        }
        var pending = new ArrayList<String>();
        waits.forEach((node, wait) -> endOfWait(node, wait).ifPresent(pending::add));
        back.stream()
                .filter(this::isApart)
                .forEach(node -> late.add("  " + node
                        + ": not back: it came to the height of the others, but on a branch of its own; at the end "
                        + whereAtTheEnd(node)));
        var problems = new ArrayList<String>();
        facts.deaths().texts().forEach(death -> problems.add("  " + death));
        problems.addAll(late);
        if (!problems.isEmpty()) {
            throw new AssertionFailedError(
                    "expected every node that a fault hit within " + settings.maxLag()
                            + " blocks of the highest before the"
                            + " chain grew by " + settings.withinBlocks() + " blocks after the heal but was:\n"
                            + String.join("\n", problems),
                    "nobody late",
                    String.join("\n", problems));
        }
        if (!pending.isEmpty()) {
            throw new InconclusiveException(
                    "not every node that a fault hit can be judged:\n" + String.join("\n", pending));
        }
        if (judged == 0) {
            throw new InconclusiveException(
                    waits.isEmpty()
                            ? "no node was hit by a fault that was healed, and none was added, so none could recover"
                            : "no fault of " + String.join(", ", waits.keySet()) + " was over before the end");
        }
    }

    /** Who still waits at the end is late if a healthy chain had grown enough by now; else it cannot be judged. */
    private Optional<String> endOfWait(String node, Wait wait) {
        if (wait.from == NOT_COUNTING || facts.deaths().isDead(node)) {
            return Optional.empty();
        }
        var odds = SlotOdds.of(facts, wait.since, facts.run.clock().now().toNanos());
        long grown = height - wait.from;
        int bound = BlockCountBound.atLeast(odds.chances(), 1.0 / FALSE_ALARM_ONE_IN);
        String after = facts.slots(odds.chances().length) + " after " + wait.describe() + "; the chain grew by " + grown
                + " blocks since then";
        if (bound <= grown) {
            return Optional.of(
                    "  " + node + ": not back yet " + after + ", too few to judge it by " + settings.withinBlocks());
        }
        judged++;
        late.add("  " + node + ": not back " + after + ", where a healthy one makes " + bound
                + " or more: it is the chain that stopped or is too slow" + finality(wait) + "; at the end "
                + whereAtTheEnd(node));
        return Optional.empty();
    }

    /** Who lost its peers may be as high as the others all the same, beside them. */
    private boolean isApart(String node) {
        var own = facts.tip(node);
        var highest = highest();
        if (waits.containsKey(node)
                || own.isEmpty()
                || highest.isEmpty()
                || facts.lostPeers(node).isEmpty()) {
            return false;
        }
        var tree = facts.tree;
        long height = tree.heightOf(own.get().tip());
        return height >= 0
                && tree.heightOf(highest.get().tip()) >= 0
                && height
                                - tree.heightOf(tree.commonAncestor(
                                        own.get().tip(), highest.get().tip()))
                        > settings.maxLag();
    }

    private Optional<TipChanged> highest() {
        return facts.expectedNodes().stream()
                .flatMap(each -> facts.tip(each).stream())
                .max(Comparator.comparingLong(TipChanged::height));
    }

    private String finality(Wait wait) {
        var tip = wait.notFinal;
        return tip == null
                ? ""
                : "; it is on the chain, but its last irreversible block has height " + tip.libHeight()
                        + " where its tip has height " + tip.height() + ", and what is k = "
                        + facts.securityParameter() + " blocks deep should be final";
    }

    private String whereAtTheEnd(String node) {
        var highest = highest();
        return facts.where(node).substring(node.length() + 2)
                + facts.tip(node)
                        .flatMap(tip -> highest.map(chain -> facts.partedForGood(tip, chain)))
                        .orElse("");
    }

    /** A node on a branch of its own prunes, with each block, transactions that it needs for the next one of others. */
    private void madeApart(String node) {
        var wait = waits.get(node);
        if (wait != null && wait.from != NOT_COUNTING && wait.madeApart < facts.securityParameter()) {
            wait.madeApart++;
        }
    }

    private void pause(FaultRequested fault) {
        boolean network = Excuses.touchesNetwork(fault.kind());
        waits.forEach((node, wait) -> {
            if (network || fault.targets().contains(node)) {
                wait.from = NOT_COUNTING;
            }
        });
    }

    private void heal(JournalEvent.FaultHealed healed) {
        var fault = open.remove(healed.fault());
        if (fault == null) {
            return;
        }
        if (!MEMBERSHIP.contains(fault.kind())) {
            fault.targets().stream()
                    .filter(node -> !removed.contains(node))
                    .forEach(node ->
                            waits.put(node, new Wait(fault.kind() + " (fault " + fault.fault() + ") was healed")));
        }
        count(healed.at());
    }

    /** A node that is added must get to the chain as one that comes back; one that is removed need not. */
    private void join(NodeStateChanged change) {
        if (change.state() == NodeState.REMOVED) {
            waits.remove(change.node());
            removed.add(change.node());
        } else if (change.state() == NodeState.READY && members.add(change.node())) {
            waits.put(change.node(), new Wait("it was added"));
            count(change.at());
        }
    }

    /** Begins to count for all nodes that no fault keeps from the chain any more. */
    private void count(long at) {
        if (open.values().stream().anyMatch(each -> Excuses.touchesNetwork(each.kind()))) {
            return;
        }
        waits.forEach((node, wait) -> {
            if (wait.from == NOT_COUNTING && isLeftAlone(node)) {
                wait.from = height;
                wait.since = at;
            }
        });
    }

    private boolean isLeftAlone(String node) {
        return open.values().stream().noneMatch(fault -> fault.targets().contains(node));
    }

    private void arrive(TipChanged tip) {
        var wait = waits.get(tip.node());
        if (wait == null || wait.from == NOT_COUNTING) {
            return;
        }
        boolean near = height - tip.height() <= settings.maxLag();
        wait.notFinal = near && !finalizes(tip) ? tip : null;
        if (near && wait.notFinal == null) {
            waits.remove(tip.node());
            back.add(tip.node());
            judged++;
        }
    }

    /** Once it is Online, what is k blocks deep on a node is final; a LIB on no chain that was seen tells nothing. */
    private boolean finalizes(TipChanged tip) {
        return tip.libHeight() < 0 || tip.libHeight() >= tip.height() - facts.securityParameter();
    }

    private void giveUp() {
        waits.entrySet().removeIf(entry -> {
            var wait = entry.getValue();
            // one block more: the last one may be observed on another node first
            if (wait.from == NOT_COUNTING || height <= wait.from + settings.withinBlocks() + wait.madeApart) {
                return false;
            }
            judged++;
            String own = wait.madeApart == 0
                    ? ""
                    : " (of which " + wait.madeApart + " for as many that it made on a branch of its own)";
            late.add("  " + entry.getKey() + ": "
                    + facts.blindnessSince(entry.getKey(), wait.since)
                            .map(blind -> RunFacts.describe(blind) + "; ")
                            .orElse("")
                    + "not back " + (settings.withinBlocks() + wait.madeApart) + " blocks" + own + " after "
                    + wait.describe() + finality(wait) + "; at the end " + whereAtTheEnd(entry.getKey()));
            return true;
        });
    }
}
