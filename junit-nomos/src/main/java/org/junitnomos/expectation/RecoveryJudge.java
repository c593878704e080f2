package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/** Judge, event by event, how soon nodes came back after faults. */
final class RecoveryJudge {
    private static final long NOT_COUNTING = -1;

    private final RunFacts facts;
    private final Recovery settings;
    private final Map<Integer, FaultRequested> open = new TreeMap<>();
    private final Map<String, Wait> waits = new LinkedHashMap<>();
    private final List<String> late = new ArrayList<>();
    private long height;
    private int judged;

    /** A node that is not back yet: after which fault, since which height and time. */
    private static final class Wait {
        private final FaultRequested fault;
        private long from = NOT_COUNTING;
        private long since;

        Wait(FaultRequested fault) {
            this.fault = fault;
        }
    }

    RecoveryJudge(RunContext run, Recovery settings) {
        this.facts = new RunFacts(run);
        this.settings = settings;
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
                            ? "no node was hit by a fault that was healed, so none could recover"
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
        fault.targets().forEach(node -> waits.put(node, new Wait(fault)));
        if (open.values().stream().anyMatch(each -> SlotOdds.touchesNetwork(each.kind()))) {
            return;
        }
        waits.forEach((node, wait) -> {
            if (wait.from == NOT_COUNTING && isLeftAlone(node)) {
                wait.from = height;
                wait.since = healed.at();
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
                    + wait.fault.kind() + " (fault " + wait.fault.fault() + ") was healed at "
                    + DurationText.format(Duration.ofNanos(wait.since)) + ", height " + wait.from + "; at the end "
                    + facts.where(entry.getKey()).substring(entry.getKey().length() + 2));
            return true;
        });
    }
}
