package org.junitnomos.expectation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;

/**
 * Which blocks the nodes say that they made, by their testing ports: headers do not tell, as all of them carry one key
 * (node contract 2.9). A node tells the last {@value #MOST} since its start.
 *
 * @param byNode by name, in the order of the cluster; nodes that do not tell are left out
 */
record Proposals(Map<String, List<Proposal>> byNode) {
    static final int MOST = 64;

    private static final int NOT_FOUND = 404;

    static final String UNTOLD =
            "all blocks carry one leader key (node contract 2.9), and the nodes do not tell which" + " ones they made";

    static Proposals ask(RunContext run) {
        var told = new LinkedHashMap<String, List<Proposal>>();
        for (var node : NodeSelector.running().choose(run.cluster().nodes())) {
            of(node).ifPresent(proposals -> told.put(node.name(), proposals));
        }
        return new Proposals(told);
    }

    private static Optional<List<Proposal>> of(NodeHandle node) {
        try {
            return Optional.of(node.client().devControl().proposals());
        } catch (NodeApiException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Says why the nodes cannot tell; empty if one does, or none can be asked now. */
    static Optional<String> untold(RunContext run) {
        var nodes = NodeSelector.running().choose(run.cluster().nodes());
        return !nodes.isEmpty() && nodes.stream().allMatch(Proposals::cannotTell)
                ? Optional.of(UNTOLD)
                : Optional.empty();
    }

    private static boolean cannotTell(NodeHandle node) {
        try {
            if (node.client().endpoint().testing() == null) {
                return true;
            }
            node.client().devControl().proposals();
            return false;
        } catch (NodeApiException e) {
            return e.status() == NOT_FOUND;
        } catch (IllegalStateException e) {
            return false; // it joins just now, and nobody knows yet where it listens
        }
    }

    /** Whether a node made a block. */
    boolean made(String node, HeaderId block) {
        return byNode.getOrDefault(node, List.of()).stream()
                .anyMatch(proposal -> proposal.block().equals(block));
    }
}
