package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.DeploymentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts links of one deployment by network policies, where the user may create them and the cluster enforces them. The
 * nodes have cut the links already, so nothing depends on it. Not thread-safe.
 *
 * <p>A cluster takes policies whether or not its network plugin enforces them. So no policy stays that was not seen to
 * refuse connections which were open before.
 */
final class NetworkPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkPolicies.class);

    private final KubernetesClient client;
    private final Place place;
    private final Home home;
    private final PolicyUse use;
    private final Enforcement enforcement;
    private final List<NetworkPolicy> inForce = new ArrayList<>();
    private Map<String, Set<String>> refused = Map.of();
    private int changes;
    private @Nullable Boolean allowed;

    NetworkPolicies(KubernetesClient client, Place place, Home home, PolicyUse use, Enforcement enforcement) {
        this.client = client;
        this.place = place;
        this.home = home;
        this.use = use;
        this.enforcement = enforcement;
    }

    /**
     * Let no connection through over links that are cut, and all others.
     *
     * @param cut for each node with cut links the other ends of them
     * @param awake clients of the nodes that answer, by name
     * @return what was observed; empty if policies are not used
     * @throws DeploymentException if policies in force cannot be deleted
     */
    Optional<String> separate(Map<String, Set<String>> cut, Map<String, NodeClient> awake) throws InterruptedException {
        var connections = new CutConnections(cut, awake);
        if (connections.isEmpty() || !areUsed()) {
            return removeAll(awake);
        }
        var before = List.copyOf(inForce);
        if (!new CutConnections(without(cut, refused), awake).areOpen()) {
            removeAll(awake);
            return Optional.of("network policies were not tried, because not all connections were open before");
        }
        refused = Map.of();
        try {
            create(cut);
            delete(before);
        } catch (KubernetesClientException e) {
            removeAll(awake);
            LOG.warn("Links are cut by the nodes alone: network policies cannot be used", e);
            return Optional.of("network policies cannot be used: " + ApiFailures.text(e));
        }
        try {
            var outcome = connections.reopen();
            if (outcome.isAllRefused()) {
                refused = cut;
                return Optional.of("network policies refuse all " + outcome.all() + " connections over them");
            }
            removeAll(awake);
            return Optional.of("network policies were taken away, because " + why(outcome));
        } catch (NodeApiException e) {
            removeAll(awake);
            return Optional.of(
                    "network policies were taken away, because a node does not tell what they do: " + e.getMessage());
        }
    }

    private String why(CutConnections.Outcome outcome) {
        if (!outcome.isAllOpen()) {
            return "they were seen to refuse " + outcome.refused() + " of " + outcome.all()
                    + " connections, and to let " + outcome.open() + " through";
        }
        enforcement.lacks(server());
        LOG.info("{} does not enforce network policies, so links are cut by the nodes alone", server());
        return "the cluster does not enforce them";
    }

    private boolean areUsed() {
        if (use == PolicyUse.NEVER || enforcement.isKnownToLack(server())) {
            return false;
        }
        var known = allowed;
        if (known == null) {
            known = isAllowed();
            allowed = known;
        }
        return known;
    }

    private boolean isAllowed() {
        try {
            var lacking = Permissions.lackingForPolicies(client, place.namespace());
            if (!lacking.isEmpty()) {
                LOG.info("Links are cut by the nodes alone: the user may not {}", String.join("; ", lacking));
            }
            return lacking.isEmpty();
        } catch (KubernetesClientException e) {
            LOG.warn("Links are cut by the nodes alone: the cluster does not tell what the user may do", e);
            return false;
        }
    }

    private String server() {
        return client.getMasterUrl().toString();
    }

    private void create(Map<String, Set<String>> cut) {
        changes++;
        for (var policy : PolicyManifests.of(place, "cut-" + changes, cut)) {
            var belonging = home.belonging(policy);
            inForce.add(belonging); // before it exists: one that was created without an answer has to go, too
            client.resource(belonging).create();
        }
    }

    /** Delete policies, as far as they exist. */
    private void delete(List<NetworkPolicy> policies) {
        for (var policy : policies) {
            client.resource(policy).delete();
            inForce.remove(policy);
        }
    }

    private Optional<String> removeAll(Map<String, NodeClient> awake) {
        if (inForce.isEmpty()) {
            return Optional.empty();
        }
        var before = refused;
        refused = Map.of();
        try {
            delete(List.copyOf(inForce));
        } catch (KubernetesClientException e) {
            throw new DeploymentException("Network policies cannot be deleted: " + ApiFailures.text(e) + ".", e);
        }
        try {
            new CutConnections(before, awake).openAnew(); // nodes try less and less often
        } catch (NodeApiException e) {
            LOG.debug("A node opens its connections when it does", e);
        }
        return Optional.of("network policies are deleted");
    }

    /** Return the ends of links that are cut and were not before. */
    private static Map<String, Set<String>> without(Map<String, Set<String>> cut, Map<String, Set<String>> before) {
        var rest = new LinkedHashMap<String, Set<String>>();
        cut.forEach((node, ends) -> {
            var others = new LinkedHashSet<>(ends);
            others.removeAll(before.getOrDefault(node, Set.of()));
            if (!others.isEmpty()) {
                rest.put(node, others);
            }
        });
        return rest;
    }
}
