package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.external.NodeHost;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.topology.NodeSpec;

/** Writes the manifests of a deployment and deploys nothing. */
final class DryRunHost implements NodeHost {
    private static final String FILE = "manifests.yaml";
    private static final String MARKER = "nomos-dry-run-1";

    private final KubernetesSettings settings;
    private final NodeProgram program;
    private final ObjectPlacement place;
    private final Path file;
    private final int nodes;
    private final Map<String, NodePorts> ports = new LinkedHashMap<>();
    private final Map<Integer, List<HasMetadata>> manifests = new TreeMap<>();
    private final DeploymentException nothingDeployed;

    DryRunHost(DeployRequest request, KubernetesSettings settings, NodeProgram program) {
        this.settings = settings;
        this.program = program;
        String given = settings.namespace();
        this.place = ObjectPlacement.of(
                given == null ? "" : given, MARKER, request.clock().instant().plus(settings.lifetime()));
        this.file = request.directory()
                .toAbsolutePath()
                .normalize()
                .resolve("nodes")
                .resolve(FILE);
        this.nodes = request.topology().size();
        this.nothingDeployed = new DeploymentException(
                "Nothing was deployed, because 'nomos.kubernetes.dry-run' is on. The manifests are in " + file + ".",
                null);
    }

    @Override
    public String backend() {
        return KubernetesDeployer.BACKEND;
    }

    @Override
    public String systemUnderTest() {
        return program.systemUnderTest(settings);
    }

    @Override
    public Set<Capability> capabilities() {
        return program.of(ClusterAccess.capabilities(settings.storage()));
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void admit(NodeSpec node) {
        // Addresses are known once the services exist; names stand for them.
        String service = place.name(node.name());
        ports.put(
                node.name(),
                new NodePorts(
                        settings.peers() == PeerAddressing.DNS ? NameProbe.nameOf(place, service) : service,
                        PodPort.API.number(),
                        program.hasTestingPort() ? PodPort.TESTING.number() : 0,
                        PodPort.PEERS.number()));
    }

    @Override
    public Map<String, NodePorts> ports() {
        return ports;
    }

    @Override
    public synchronized NodeLife start(NodeSetup setup, boolean first) throws IOException, InterruptedException {
        var node = setup.node();
        var start = program.start(setup, Map.of());
        var own = new ArrayList<HasMetadata>();
        own.add(NodeManifests.service(place, node, settings.access(), program.ports()));
        var ingresses = settings.usedIngresses();
        if (ingresses != null) {
            own.add(ingresses.of(place, node, program.hasTestingPort()));
        }
        if (!settings.storage().isEphemeral()) {
            own.add(NodeManifests.claim(place, node, settings.storage()));
        }
        own.add(NodeManifests.configuration(place, node, start.configuration()));
        own.add(NodePod.of(place, node, 1, PodImage.reference(settings), start, settings.lifetime(), settings));
        manifests.put(node.index(), own);
        write();
        throw nothingDeployed;
    }

    private void write() throws IOException {
        var all = new ArrayList<HasMetadata>();
        if (settings.namespace() == null) {
            all.add(DeploymentManifests.namespace(place));
            all.add(DeploymentManifests.quota(place, nodes, settings.pods()));
        } else {
            all.add(Anchor.of(place));
        }
        manifests.values().forEach(all::addAll);
        Files.writeString(file, ManifestText.yaml(all), StandardCharsets.UTF_8);
    }

    @Override
    public List<String> close() {
        return List.of();
    }
}
