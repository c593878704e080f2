package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.internal.DurationText;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;

/** What the judges read from a journal: the window, where each node stands at the end, and whether it runs. */
final class RunFacts {
    final RunContext run;
    final List<JournalEvent> events;
    final Chains chains = new Chains();
    final Map<String, TipChanged> tips = new LinkedHashMap<>();
    private final Map<String, NodeStateChanged> states = new LinkedHashMap<>();
    private long driveStart = -1;
    private long driveEnd = -1;

    RunFacts(RunContext run) {
        this.run = run;
        this.events = run.journal().events();
        for (var event : events) {
            if (event instanceof JournalEvent.BlockObserved block) {
                chains.add(block);
            } else if (event instanceof TipChanged tip) {
                tips.put(tip.node(), tip);
            } else if (event instanceof NodeStateChanged change) {
                states.put(change.node(), change);
            } else if (event instanceof JournalEvent.PhaseStarted phase && phase.phase() == RunPhase.DRIVE) {
                driveStart = phase.at();
            } else if (event instanceof JournalEvent.PhaseEnded phase && phase.phase() == RunPhase.DRIVE) {
                driveEnd = phase.at();
            }
        }
    }

    /** When the drive began; the first event if it never did. */
    long driveStart() {
        return driveStart >= 0
                ? driveStart
                : events.isEmpty() ? 0 : events.get(0).at();
    }

    /** When the drive ended; the last event if it has not. */
    long driveEnd() {
        return driveEnd >= 0
                ? driveEnd
                : events.isEmpty() ? 0 : events.get(events.size() - 1).at();
    }

    /** The nodes that nobody stopped on purpose, in the order of the cluster. */
    List<String> expectedNodes() {
        var nodes = new ArrayList<String>();
        for (NodeSpec node : run.scenario().topology().nodes()) {
            var state = states.get(node.name());
            if (state == null || !(state.state() == NodeState.STOPPED && state.intended())) {
                nodes.add(node.name());
            }
        }
        return nodes;
    }

    /** Where a node stands, for texts. */
    String where(String node) {
        @Nullable TipChanged tip = tips.get(node);
        @Nullable NodeStateChanged state = states.get(node);
        var text = node + ": " + (tip == null ? "no block seen" : "height " + tip.height() + " at slot " + tip.slot());
        return state != null && state.state() != NodeState.READY
                ? text + " (" + state.state() + ": " + state.reason() + ")"
                : text;
    }

    /** A number of slots with its time, for texts. */
    String slots(long count) {
        return count + (count == 1 ? " slot (" : " slots (")
                + DurationText.format(
                        run.scenario().topology().consensus().slotDuration().multipliedBy(count))
                + ")";
    }
}
