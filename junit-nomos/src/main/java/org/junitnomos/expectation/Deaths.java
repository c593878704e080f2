package org.junitnomos.expectation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.topology.NodeState;

/** The nodes that are dead at the end of a run and that nobody took down. */
final class Deaths {
    private final Map<String, NodeStateChanged> dead = new LinkedHashMap<>();

    Deaths(NodeTimeline timeline) {
        for (var node : timeline.nodes()) {
            timeline.node(node)
                    .state()
                    .filter(last -> last.state() == NodeState.DEAD && !last.intended())
                    .ifPresent(last -> dead.put(node, last));
        }
    }

    boolean isDead(String node) {
        return dead.containsKey(node);
    }

    /** How a node ended, for texts; empty if it did not. */
    Optional<String> find(String node) {
        return Optional.ofNullable(dead.get(node)).map(Deaths::text);
    }

    /** How each of them ended, in the order in which they were first seen. */
    List<String> texts() {
        return dead.values().stream().map(Deaths::text).toList();
    }

    private static String text(NodeStateChanged last) {
        return last.node() + " ended by itself at " + LateReasons.time(last.at()) + ": " + last.reason();
    }
}
