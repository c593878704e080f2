package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.control.PeerNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts links of one deployment in the network of the cluster, by the first means that works there. The nodes have cut
 * the links already, so nothing depends on it. Not thread-safe.
 *
 * <p>No means stays that was not seen to refuse connections which were open before.
 */
final class NetworkCutter implements PeerNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkCutter.class);

    private final KubernetesClient client;
    private final ObjectPlacement place;
    private final DeploymentNamespace home;
    private final List<NetworkMeans> wanted;
    private final Enforcement enforcement;
    private final List<InForce> inForce = new ArrayList<>();
    private final Map<String, Boolean> usable = new LinkedHashMap<>();
    private Map<String, Set<String>> refused = Map.of();
    private int changes;

    private record InForce(NetworkMeans means, HasMetadata object) {}

    /**
     * Prepares; nothing is asked yet.
     *
     * @param means what to try, in this order
     * @param enforcement what is known of them
     */
    NetworkCutter(
            KubernetesClient client,
            ObjectPlacement place,
            DeploymentNamespace home,
            List<NetworkMeans> means,
            Enforcement enforcement) {
        this.client = client;
        this.place = place;
        this.home = home;
        this.wanted = means.stream().filter(NetworkMeans::isWanted).toList();
        this.enforcement = enforcement;
    }

    @Override
    public Optional<String> separate(Map<String, Set<String>> cut, Map<String, NodeClient> awake)
            throws InterruptedException {
        var connections = new CutConnections(cut, awake);
        var observed = new ArrayList<String>();
        for (var means : connections.isEmpty() ? List.<NetworkMeans>of() : wanted) {
            if (!isUsable(means)) {
                continue;
            }
            var failure = attempt(means, connections, cut, awake);
            if (failure.isEmpty()) {
                observed.add(means.label() + " refuse all " + connections.count() + " connections over them");
                return Optional.of(String.join("; ", observed));
            }
            removeAll(awake);
            observed.add(means.label() + " are not used, because " + failure.get());
            LOG.info("Links are cut without {}, because {}", means.label(), failure.get());
        }
        return observed.isEmpty() ? removeAll(awake) : Optional.of(String.join("; ", observed));
    }

    /** Tries a means; returns why it failed. */
    private Optional<String> attempt(
            NetworkMeans means, CutConnections connections, Map<String, Set<String>> cut, Map<String, NodeClient> awake)
            throws InterruptedException {
        if (!new CutConnections(without(cut, refused), awake).areOpen()) {
            return Optional.of("not all connections were open before");
        }
        var before = List.copyOf(inForce);
        try {
            refused = Map.of();
            create(means, cut);
            delete(before);
            for (var each : inForce) {
                var problem = means.awaitInForce(client, each.object());
                if (problem.isPresent()) {
                    enforcement.lacks(key(means));
                    return problem;
                }
            }
            var outcome = connections.reopen();
            if (outcome.isAllRefused()) {
                refused = cut;
                return Optional.empty();
            }
            if (outcome.isAllOpen()) {
                enforcement.lacks(key(means));
                return Optional.of("the cluster does not enforce them");
            }
            return Optional.of("they were seen to refuse " + outcome.refused() + " of " + outcome.all()
                    + " connections, and to let " + outcome.open() + " through");
        } catch (KubernetesClientException e) {
            return Optional.of(ApiFailures.text(e));
        } catch (NodeApiException e) {
            return Optional.of("a node does not tell what they do: " + e.getMessage());
        }
    }

    private boolean isUsable(NetworkMeans means) {
        return !enforcement.isKnownToLack(key(means))
                && usable.computeIfAbsent(means.label(), label -> {
                    var obstacle = obstacle(means);
                    obstacle.ifPresent(what -> LOG.info("Links are cut without {}: {}", label, what));
                    return obstacle.isEmpty();
                });
    }

    private Optional<String> obstacle(NetworkMeans means) {
        try {
            return means.obstacle(client, place);
        } catch (KubernetesClientException e) {
            return Optional.of(ApiFailures.text(e));
        }
    }

    private String key(NetworkMeans means) {
        return means.label() + " at " + client.getMasterUrl();
    }

    private void create(NetworkMeans means, Map<String, Set<String>> cut) {
        changes++;
        for (var manifest : means.manifests(place, "cut-" + changes, cut)) {
            var object = home.belonging(manifest);
            inForce.add(new InForce(means, object)); // before it exists: its creation may get no answer
            Creation.inHome(client, object);
        }
    }

    /** Deletes objects, as far as they exist, and waits until they are gone. */
    private void delete(List<InForce> objects) throws InterruptedException {
        for (var each : objects) {
            client.resource(each.object()).delete();
        }
        for (var each : objects) {
            each.means().awaitGone(client, each.object()).ifPresent(left -> {
                throw new DeploymentException("Links cannot be healed: " + left + ".", null);
            });
            inForce.remove(each);
        }
    }

    private Optional<String> removeAll(Map<String, NodeClient> awake) throws InterruptedException {
        if (inForce.isEmpty()) {
            return Optional.empty();
        }
        String label = inForce.get(0).means().label();
        var before = refused;
        refused = Map.of();
        try {
            delete(List.copyOf(inForce));
        } catch (KubernetesClientException e) {
            throw new DeploymentException("Links cannot be healed: " + ApiFailures.text(e) + ".", e);
        }
        try {
            new CutConnections(before, awake).openAnew(); // nodes try less and less often
        } catch (NodeApiException e) {
            LOG.debug("A node opens its connections when it does", e);
        }
        return Optional.of(label + " are deleted");
    }

    /** Returns the ends of links that are cut and were not before. */
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
