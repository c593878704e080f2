package org.junitnomos.deploy.control;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;

/**
 * Cuts in the network what nodes cut at their ends, as far as the network of the backend can do that. Not thread-safe.
 *
 * <p>What was cut is let go before links are healed, or their ends could not connect; what is to be cut comes after the
 * nodes have cut it, so that a fault is in force at once.
 */
final class NetworkCuts {
    private final NodeRoster roster;
    private final FaultLayers layers;
    private final PeerNetwork network;
    private final Set<String> detached = new LinkedHashSet<>();

    /** What the network was asked for last; null if it failed to do so. */
    private @Nullable Map<String, Set<String>> separated = Map.of();

    NetworkCuts(NodeRoster roster, FaultLayers layers, PeerNetwork network) {
        this.roster = roster;
        this.layers = layers;
        this.network = network;
    }

    /** Puts the nodes back on the network that are not isolated any more. */
    void attach() {
        var isolated = layers.isolated(roster.names());
        for (var node : List.copyOf(detached)) {
            if (!isolated.contains(node)) {
                if (roster.names().contains(node)) {
                    network.attach(node);
                }
                detached.remove(node);
            }
        }
    }

    /** Takes isolated nodes off the network. */
    void detach() {
        for (var node : layers.isolated(roster.names())) {
            if (detached.add(node)) {
                network.detach(node);
            }
        }
    }

    /** Lets connections go that are not cut any more; returns what was observed. */
    Optional<String> ease() throws InterruptedException {
        var before = separated;
        var kept = new LinkedHashMap<String, Set<String>>();
        if (before != null) {
            layers.cutEnds().forEach((node, ends) -> {
                var both = new LinkedHashSet<>(ends);
                both.retainAll(before.getOrDefault(node, Set.of()));
                if (!both.isEmpty()) {
                    kept.put(node, both);
                }
            });
        }
        return separate(kept);
    }

    /** Cuts all connections of links that are cut; returns what was observed. */
    Optional<String> tighten() throws InterruptedException {
        return separate(layers.cutEnds());
    }

    private Optional<String> separate(Map<String, Set<String>> cut) throws InterruptedException {
        if (cut.equals(separated)) {
            return Optional.empty();
        }
        separated = null;
        var awake = new LinkedHashMap<String, NodeClient>();
        roster.awake().forEach(node -> awake.put(node.name(), node.client()));
        var observed = network.separate(cut, awake);
        separated = cut;
        return observed;
    }
}
