package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** Judge, event by event, how soon nodes came back after faults. */
final class RecoveryJudge {
    private static final long NOT_COUNTING = -1;
    private static final List<String> MEMBERSHIP = List.of("add", "remove");

    private final RunFacts facts;
    private final Recovery settings;
    private final Map<Integer, FaultRequested> open = new TreeMap<>();
    private final Set<String> removed = new TreeSet<>();
    private final Set<String> members = new TreeSet<>();
    private final Map<String, Wait> waits = new LinkedHashMap<>();
    private final List<String> late = new ArrayList<>();
    private long height;
    private int judged;

    /** A node that is not back yet: after what, since which height and time. */
    private static final class Wait {
        private final String after;
        private long from = NOT_COUNTING;
        private long since;

        Wait(String after) {
            this.after = after;
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
        if (!late.isEmpty()) {
            throw new AssertionFailedError(
                    "expected every node that a fault hit within " + settings.maxLag()
                            + " blocks of the highest before the"
                            + " chain grew by " + settings.withinBlocks() + " blocks after the heal but was:\n"
                            + String.join("\n", late),
                    "nobody late",
                    String.join("\n", late));
        }
        if (judged == 0) {
            throw new InconclusiveException(
                    waits.isEmpty()
                            ? "no node was hit by a fault that was healed, and none was added, so none could recover"
                            : "the chain did not grow by " + settings.withinBlocks() + " blocks after the faults of "
                                    + waits.keySet());
        }
    }

    private void pause(FaultRequested fault) {
        boolean network = SlotOdds.touchesNetwork(fault.kind());
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

    /** Begin to count for all nodes that no fault keeps from the chain any more. */
    private void count(long at) {
        if (open.values().stream().anyMatch(each -> SlotOdds.touchesNetwork(each.kind()))) {
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
        if (wait != null && wait.from != NOT_COUNTING && height - tip.height() <= settings.maxLag()) {
            waits.remove(tip.node());
            judged++;
        }
    }

    private void giveUp() {
        waits.entrySet().removeIf(entry -> {
            var wait = entry.getValue();
            // one block more: the last one may be observed on another node first
            if (wait.from == NOT_COUNTING || height <= wait.from + settings.withinBlocks()) {
                return false;
            }
            judged++;
            late.add("  " + entry.getKey() + ": not back " + settings.withinBlocks() + " blocks after "
                    + wait.after + " at " + DurationText.format(Duration.ofNanos(wait.since)) + ", height " + wait.from
                    + "; at the end "
                    + facts.where(entry.getKey()).substring(entry.getKey().length() + 2));
            return true;
        });
    }
}
