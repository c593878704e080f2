package org.junitnomos.expectation;

import java.util.List;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeState;

/** The nodes that run at the end of a run, and which of them nothing excuses any more. */
final class Witnesses {
    final RunFacts facts;
    final List<NodeHandle> nodes;
    private final Excuses excuses;
    private final long catchUp;

    Witnesses(RunContext run) {
        this.facts = new RunFacts(run);
        this.nodes = NodeSelector.running().choose(run.cluster().nodes());
        this.excuses = Excuses.of(facts);
        // the next block may hold transactions that a node does not have, which then waits for the one after it
        this.catchUp = 2 * SlotOdds.longestSilence(facts, ChainPace.FALSE_ALARM_ONE_IN);
    }

    /** Whether a node was there long enough to have the chain. */
    boolean isSettled(String node) {
        return !excuses.isExcused(node, catchUp);
    }

    /** Whether a node was asked to be away, or hit by a fault, so lately that its links may not be what they were. */
    boolean isDisturbed(String node, long slots) {
        return excuses.isExcused(node, slots);
    }

    /** Whether the run saw the node begin and never go: no earlier run on the same cluster can have restarted it. */
    boolean isInItsFirstLife(String node) {
        var states = facts.events.stream()
                .filter(event -> event instanceof NodeStateChanged change
                        && change.node().equals(node))
                .map(event -> ((NodeStateChanged) event).state())
                .toList();
        return states.contains(NodeState.SPAWNED) && states.stream().noneMatch(RunFacts::isAway);
    }
}
