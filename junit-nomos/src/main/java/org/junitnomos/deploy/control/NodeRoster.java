package org.junitnomos.deploy.control;

import java.util.List;
import java.util.Optional;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Readiness;

/** Finds the nodes of a cluster as they are now. */
final class NodeRoster {
    private final NodeLifecycle lifecycle;

    NodeRoster(NodeLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    List<NodeHandle> all() {
        return lifecycle.candidates().stream()
                .<NodeHandle>map(Readiness.Candidate::node)
                .toList();
    }

    List<String> names() {
        return all().stream().map(NodeHandle::name).toList();
    }

    /** Lists the nodes that answer: they are running, and not paused. */
    List<NodeHandle> awake() {
        return all().stream().filter(NodeRoster::isAwake).toList();
    }

    static boolean isAwake(NodeHandle node) {
        return node.isRunning() && !node.isPaused();
    }

    /** Finds a node that answers; empty if it is stopped, paused or gone. */
    Optional<NodeHandle> awake(String node) {
        return awake().stream().filter(each -> each.name().equals(node)).findFirst();
    }

    Readiness.Candidate candidate(String node) {
        for (var candidate : lifecycle.candidates()) {
            if (candidate.node().name().equals(node)) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("no node '" + node + "' in " + names());
    }

    NodeHandle node(String node) {
        return candidate(node).node();
    }
}
