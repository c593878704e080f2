package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.control.PeerNetwork;
import org.junitnomos.deploy.external.NodeHost;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;
import org.slf4j.LoggerFactory;

/** Runs the nodes of one deployment as pods. */
final class KubernetesHost implements NodeHost {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String EVENTS = "kubernetes-events.log";

    private final ClusterAccess access;
    private final ObjectPlacement place;
    private final DeploymentNamespace home;
    private final String image;
    private final DeployRequest request;
    private final Scope scope;
    private final Entry entry;
    private final KubernetesSettings settings;
    private final KubernetesClient client;
    private final Path events;
    private final NetworkCutter cutter;
    private final NodeServices services;
    private final Map<String, Integer> lives = new ConcurrentHashMap<>();
    private @Nullable PodWatch pods;
    private @Nullable EventLog eventLog;
    private @Nullable ClusterPulse pulse;
    private volatile NodeProgram program;
    private volatile boolean named;
    private volatile @Nullable String lost;

    /**
     * Prepares; nothing is created yet.
     *
     * @param access the cluster
     * @param runs what the nodes run
     * @param place where the deployment goes
     * @param request what is deployed
     * @param scope what it has outside of the test JVM
     * @param entry stands for it there
     * @param enforcement what is known of means to cut links in the network
     */
    KubernetesHost(
            ClusterAccess access,
            NodeProgram.InImage runs,
            ObjectPlacement place,
            DeployRequest request,
            Scope scope,
            Entry entry,
            Enforcement enforcement) {
        this.access = access;
        this.image = runs.image();
        this.program = runs.program();
        this.request = request;
        this.place = place;
        this.services = new NodeServices(place);
        this.scope = scope;
        this.entry = entry;
        this.settings = access.settings();
        this.client = access.client();
        this.events = request.directory()
                .toAbsolutePath()
                .normalize()
                .resolve("nodes")
                .resolve(EVENTS);
        int nodes = request.topology().size();
        this.home = settings.namespace() == null
                ? new OwnNamespace(
                        client,
                        place,
                        () -> Creation.inHome(client, DeploymentManifests.quota(place, nodes, settings.pods())))
                : new GivenNamespace(client, place);
        this.cutter = new NetworkCutter(
                client,
                place,
                home,
                List.of(
                        new NetworkPolicies(settings.policies()),
                        new ChaosExperiments(settings.chaosMesh(), ChaosExperiments.LIMIT)),
                enforcement);
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
        return program.of(access.capabilities());
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return program.whyNot(capability);
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public void open() throws InterruptedException {
        asking("create " + home.description(), () -> {
            home.create();
            pods = PodWatch.prepare(client, place);
            pods.start();
            eventLog = EventLog.open(client, place, events);
        });
        pulse = ClusterPulse.feel(access.impatientClient(), reason -> {
            lost = reason;
            var watch = pods;
            if (watch != null) {
                watch.lost(reason);
            }
        });
        if (program.isReal()) {
            program = seenInTheImage();
        }
        named = settings.peers() != PeerAddressing.CLUSTER_IP && !program.isReal() && hasNames();
    }

    /** Looks into the image for what real nodes need, and says what they lack, all of it at once. */
    private NodeProgram seenInTheImage() throws InterruptedException {
        try {
            var seen = ImagePod.start(client, home, place, image, settings);
            return NodeProgram.of(image, seen, request.topology());
        } catch (KubernetesClientException e) {
            throw new DeploymentException(
                    "Backend 'kubernetes' cannot look into image '" + image + "': " + ApiFailures.text(e) + ".", e);
        } catch (IOException e) {
            throw new DeploymentException(
                    "The nodes cannot be started: the circuits of image '" + image + "' cannot be copied: " + e + ".",
                    e);
        }
    }

    /** Whether nodes can look up the names of services. */
    private boolean hasNames() throws InterruptedException {
        NameProbe.Outcome outcome;
        try {
            outcome = NameProbe.run(client, home, place, image, settings.pods());
        } catch (KubernetesClientException e) {
            outcome = new NameProbe.Outcome(false, ApiFailures.text(e));
        }
        if (!outcome.resolves() && settings.peers() == PeerAddressing.DNS) {
            throw new DeploymentException(
                    "Setting 'nomos.kubernetes.peers' is \"dns\", but pods of " + client.getMasterUrl()
                            + " cannot look up the names of services: " + outcome.detail()
                            + ". Give the cluster a DNS, or choose 'cluster-ip' or 'auto'.",
                    null);
        }
        LoggerFactory.getLogger(KubernetesHost.class)
                .info("Peers are told by {} {}", outcome.resolves() ? "name" : "address:", outcome.detail());
        return outcome.resolves();
    }

    @Override
    public void admit(NodeSpec node) {
        asking("make room for node '" + node.name() + "'", () -> {
            if (!access.storage().isEphemeral()) {
                Creation.inHome(client, home.belonging(NodeManifests.claim(place, node, access.storage())));
            }
            var service = Creation.inHome(
                    client, home.belonging(NodeManifests.service(place, node, settings.access(), program.ports())));
            services.add(node.name(), service, program);
            if (settings.access() == NodeAccess.INGRESS) {
                Creation.inHome(client, home.belonging(ingresses().of(place, node, program.hasTestingPort())));
            }
        });
    }

    @Override
    public Map<String, NodePorts> ports() {
        return services.ports(named, program.hasTestingPort());
    }

    @Override
    public Genesis genesis(TopologySpec topology, long seed) throws IOException, InterruptedException {
        var proving = program.proving();
        return proving == null
                ? Genesis.derive(topology, seed)
                : proving.genesis(
                        topology, seed, services.overUdp(), request.directory().toAbsolutePath());
    }

    @Override
    public NodeLife start(NodeSetup setup, boolean first) throws IOException {
        var node = setup.node();
        var start = program.start(setup, services.overUdp());
        Files.writeString(setup.config(), start.configuration(), StandardCharsets.UTF_8); // evidence
        int number = lives.merge(node.name(), 1, Integer::sum);
        var pod = NodePod.of(place, node, number, image, start, settings.lifetime(), settings.with(access.storage()));
        String name = pod.getMetadata().getName();
        var life = new PodLife(
                setup, name, client.pods().inNamespace(place.namespace()).withName(name), reach(node), program);
        var watch = Objects.requireNonNull(pods, "pods");
        watch.follow(name, life);
        try {
            var secret = home.belonging(NodeManifests.configuration(place, node, start.configuration()));
            if (number > 1) {
                client.resource(secret).delete(); // to change it, its user would have to read it first
            }
            Creation.inHome(client, secret);
            Creation.inHome(client, home.belonging(pod));
            return life;
        } catch (KubernetesClientException e) {
            watch.forget(name);
            throw new DeploymentException(
                    "Node '" + node.name() + "' cannot be started on Kubernetes: " + ApiFailures.text(e) + ".", e);
        }
    }

    private PodLife.Reach reach(NodeSpec node) {
        var service = services.of(node.name());
        var peer = Objects.requireNonNull(ports().get(node.name()), "ports").peerAddress();
        var reach = new NodeReach(node.name(), peer, program.hasTestingPort());
        return switch (settings.access()) {
            case PORT_FORWARD -> reach.forwarded();
            case CLUSTER_IP -> reach.direct(service);
            case INGRESS -> reach.throughIngress(ingresses(), place);
            case NODE_PORT -> reach.atMachine(service, machine());
        };
    }

    private Ingresses ingresses() {
        return Objects.requireNonNull(settings.usedIngresses(), "ingresses");
    }

    @Override
    public String placeOf(String host) {
        var ingresses = settings.usedIngresses();
        return ingresses == null ? host : ingresses.placeOf(host);
    }

    /** Where the ports of machines are: where the API server is, unless a setting says otherwise. */
    private String machine() {
        String chosen = settings.nodeHost();
        return chosen == null ? client.getMasterUrl().getHost() : chosen;
    }

    @Override
    public void release(String node) throws IOException {
        try {
            var service = services.remove(node);
            if (service != null) {
                client.resource(service).delete();
            }
            String name = place.name(node);
            if (settings.access() == NodeAccess.INGRESS) {
                client.network()
                        .v1()
                        .ingresses()
                        .inNamespace(place.namespace())
                        .withName(name)
                        .delete();
            }
            for (int life = 1; life <= lives.getOrDefault(node, 0); life++) {
                client.pods()
                        .inNamespace(place.namespace())
                        .withName(NodePod.name(place, node, life))
                        .withGracePeriod(0)
                        .delete();
            }
            client.secrets().inNamespace(place.namespace()).withName(name).delete();
            if (!access.storage().isEphemeral()) {
                client.persistentVolumeClaims()
                        .inNamespace(place.namespace())
                        .withName(name)
                        .delete();
            }
        } catch (KubernetesClientException e) {
            throw new IOException(ApiFailures.text(e), e);
        }
    }

    @Override
    public PeerNetwork network() {
        return cutter;
    }

    @Override
    public boolean keepsNodes() {
        return settings.preserve();
    }

    @Override
    public Optional<String> lost() {
        return Optional.ofNullable(lost);
    }

    @Override
    public List<String> close() {
        var left = new ArrayList<String>();
        if (settings.preserve()) {
            LoggerFactory.getLogger(KubernetesHost.class)
                    .warn("{} at {} stays, as K8S_RUNNER_PRESERVE says", home.description(), client.getMasterUrl());
        } else {
            left.addAll(DeploymentRemoval.remove(home));
            if (left.isEmpty()) {
                entry.released();
                left.addAll(scope.settle()); // looked up once more, not believed
            }
        }
        for (AutoCloseable each : closeables()) {
            try {
                each.close();
            } catch (Exception e) {
                LoggerFactory.getLogger(KubernetesHost.class).debug("A watch cannot be closed", e);
            }
        }
        return left;
    }

    private List<AutoCloseable> closeables() {
        var open = new ArrayList<AutoCloseable>();
        for (@Nullable AutoCloseable each : new @Nullable AutoCloseable[] {pulse, pods, eventLog, client}) {
            if (each != null) {
                open.add(each);
            }
        }
        return open;
    }

    private void asking(String what, Runnable requests) {
        try {
            requests.run();
        } catch (KubernetesClientException e) {
            throw new DeploymentException("Backend 'kubernetes' cannot " + what + ": " + ApiFailures.text(e) + ".", e);
        }
    }
}
