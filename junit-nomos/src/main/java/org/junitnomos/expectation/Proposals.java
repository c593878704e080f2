package org.junitnomos.expectation;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.TestingClient;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;

/**
 * Which blocks the nodes say that they made, by their testing ports: headers do not tell, as all of them carry one key
 * (node contract 2.9). A node tells the last {@value #MOST}, also those of earlier lives.
 */
final class Proposals {
    static final int MOST = 64;

    private static final int NOT_FOUND = 404;

    static final String UNTOLD =
            "all blocks carry one leader key (node contract 2.9), and the nodes do not tell which ones they made";

    private final Map<String, List<Proposal>> byNode;
    private final Map<HeaderId, String> makers = new HashMap<>();
    private final Map<HeaderId, Set<String>> allMakers = new HashMap<>();

    /** Takes what the nodes told, by their names in the order of the cluster; nodes that do not tell are left out. */
    Proposals(Map<String, List<Proposal>> byNode) {
        this.byNode = Collections.unmodifiableMap(new LinkedHashMap<>(byNode));
        byNode.forEach((node, made) -> made.forEach(proposal -> {
            makers.put(proposal.block(), node);
            allMakers
                    .computeIfAbsent(proposal.block(), block -> new TreeSet<>())
                    .add(node);
        }));
    }

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
        return noneTells(run, TestingClient::proposals) ? Optional.of(UNTOLD) : Optional.empty();
    }

    /** Whether some nodes run, and none of them has an answer to a question at its testing port. */
    static boolean noneTells(RunContext run, Consumer<TestingClient> question) {
        var nodes = NodeSelector.running().choose(run.cluster().nodes());
        return !nodes.isEmpty() && nodes.stream().allMatch(node -> cannotTell(node, question));
    }

    private static boolean cannotTell(NodeHandle node, Consumer<TestingClient> question) {
        try {
            if (node.client().endpoint().testing() == null) {
                return true;
            }
            question.accept(node.client().devControl());
            return false;
        } catch (NodeApiException e) {
            return e.status() == NOT_FOUND;
        } catch (IllegalStateException e) {
            return false; // it joins just now, and nobody knows yet where it listens
        }
    }

    /** What each node made, by name, in the order of the cluster. */
    Map<String, List<Proposal>> byNode() {
        return byNode;
    }

    /** Whether a node made a block. */
    boolean made(String node, HeaderId block) {
        return node.equals(makers.get(block));
    }

    /** The nodes that made a block, as leaders of one slot that have the same make the same one; empty if unknown. */
    Set<String> makersOf(HeaderId block) {
        return allMakers.getOrDefault(block, Set.of());
    }

    /** The last slot of which not all makers are known: a node tells of the last blocks only. */
    long untoldUntil() {
        return byNode.values().stream()
                .filter(made -> made.size() >= MOST)
                .mapToLong(made -> made.get(0).slot())
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
