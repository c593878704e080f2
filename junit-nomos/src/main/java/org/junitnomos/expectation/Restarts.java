package org.junitnomos.expectation;

import java.util.HashSet;
import java.util.Set;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;

/**
 * Knows which nodes began a new life and have not shown yet where they stand in it. A node that was started anew may
 * stand anywhere: real ones begin at genesis (node contract 5.2).
 */
final class Restarts {
    private final Set<String> between = new HashSet<>();
    private final Set<String> fresh = new HashSet<>();

    void accept(NodeStateChanged change) {
        switch (change.state()) {
            case STOPPED, DEAD, SPAWNED -> between.add(change.node());
            case READY -> {
                if (between.remove(change.node())) {
                    fresh.add(change.node());
                }
            }
            case PORT_OPEN, API_READY, IMPAIRED, PAUSED, REMOVED -> {}
        }
    }

    /** Whether the next thing a node tells of itself begins anew: until it is ready, and once after that. */
    boolean begins(String node) {
        return between.contains(node) | fresh.remove(node);
    }
}
