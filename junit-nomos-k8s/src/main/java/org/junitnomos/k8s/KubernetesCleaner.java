package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.ClusterCleaner;

/** Removes what dead test JVMs left in clusters; found by {@link java.util.ServiceLoader}. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class KubernetesCleaner implements ClusterCleaner {
    /** A resource of each library: this one and that of the core, the client library and what it needs. */
    private static final List<String> LIBRARIES = List.of(
            "org/junitnomos/k8s/KubernetesCleaner.class",
            "org/junitnomos/deploy/session/ClusterCleaner.class",
            "io/fabric8/kubernetes/client/Client.class",
            "io/fabric8/kubernetes/client/impl/KubernetesClientImpl.class",
            "io/fabric8/kubernetes/client/jdkhttp/JdkHttpClientFactory.class",
            "io/fabric8/kubernetes/api/builder/Builder.class",
            "META-INF/services/io.fabric8.kubernetes.api.model.KubernetesResource", // of each model
            "io/fabric8/zjsonpatch/JsonPatch.class",
            "tools/jackson/core/JsonParser.class",
            "tools/jackson/databind/ObjectMapper.class",
            "tools/jackson/dataformat/yaml/YAMLFactory.class",
            "com/fasterxml/jackson/annotation/JsonProperty.class",
            "org/snakeyaml/engine/v2/api/Load.class",
            "org/slf4j/LoggerFactory.class");

    /** Creates it; called by {@link java.util.ServiceLoader}. */
    public KubernetesCleaner() {}

    private interface Use {
        void on(DeploymentNamespace home, Thing thing);
    }

    @Override
    public List<String> libraries() {
        return LIBRARIES;
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(20);
    }

    @Override
    public List<Thing> present(List<Thing> things) throws IOException {
        var present = new ArrayList<Thing>();
        var problems = new TreeSet<String>();
        each(things, problems, (home, thing) -> {
            if (home.isThere()) {
                present.add(thing);
            }
        });
        if (!problems.isEmpty() && present.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
        return present;
    }

    @Override
    public void remove(List<Thing> things) throws IOException {
        var problems = new TreeSet<String>();
        each(things, problems, (home, thing) -> home.delete());
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
    }

    /** Does something to each, by one client for each cluster; one that does not answer does not hold up the others. */
    private static void each(List<Thing> things, TreeSet<String> problems, Use use) {
        Map<ClusterAddress, List<Thing>> byCluster = new LinkedHashMap<>();
        for (var thing : things) {
            ClusterAddress.parse(thing.name())
                    .ifPresentOrElse(
                            address -> byCluster
                                    .computeIfAbsent(address, key -> new ArrayList<>())
                                    .add(thing),
                            () -> problems.add("'" + thing.name() + "' is in no known form"));
        }
        byCluster.forEach((address, those) -> {
            try (var client = ClusterAccess.client(address.config())) {
                those.forEach(thing -> use.on(home(client, address, thing.marker()), thing));
            } catch (KubernetesClientException e) {
                problems.add("Kubernetes at " + address.url() + ": " + ApiFailures.text(e));
            } catch (DeploymentException e) {
                problems.add(e.getMessage());
            }
        });
    }

    static DeploymentNamespace home(KubernetesClient client, ClusterAddress address, String marker) {
        var place = ObjectPlacement.of(address.namespace(), marker, Instant.EPOCH);
        return address.namespace().isEmpty()
                ? new OwnNamespace(client, place, () -> {})
                : new GivenNamespace(client, place);
    }
}
