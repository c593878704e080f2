package org.junitnomos.deploy.external;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClients;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.Newcomers;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.deploy.RunningAddress;
import org.junitnomos.deploy.control.ClusterControl;
import org.junitnomos.deploy.control.Insistence;
import org.junitnomos.deploy.control.LinkRelay;
import org.junitnomos.deploy.control.NodeLifecycle;
import org.junitnomos.deploy.control.PeerNetwork;
import org.junitnomos.deploy.control.ProgramChange;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;
import org.slf4j.LoggerFactory;

/**
 * Owns a cluster of nodes outside of the test JVM, in real time. Nodes are added and removed by one thread at a time,
 * that of node control.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ExternalDeployment implements Deployment, NodeLifecycle {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int SECRET_BYTES = 16;

    private final DeployRequest request;
    private final Timeline timeline;
    private final NodeHost host;
    private final Set<Capability> capabilities;
    private final Genesis genesis;
    private final Newcomers newcomers;
    private final NodeClients clients;
    private final Path directory;
    private final NodeSetups setups;
    private final List<ExternalNode> nodes = new CopyOnWriteArrayList<>();
    private final NodeControl control;
    private boolean closed;

    private ExternalDeployment(DeployRequest request, NodeHost host, Genesis genesis) {
        this.request = request;
        this.timeline = Timeline.of(request.clock());
        this.host = host;
        var testingSecret = newSecret();
        this.clients = NodeClients.overHttp(host::placeOf, testingSecret);
        this.capabilities = host.capabilities();
        this.genesis = genesis;
        this.newcomers = new Newcomers(request.topology(), request.seed());
        this.directory = Preparation.directory(request);
        this.setups = new NodeSetups(request, genesis, newcomers, host, testingSecret);
        var specs = request.topology().nodes();
        for (var spec : specs) {
            var peers = request.topology().layout().peersOf(spec.index(), specs.size()).stream()
                    .map(peer -> specs.get(peer).name())
                    .toList();
            nodes.add(node(spec, peers));
        }
        this.control = new ClusterControl(request.topology(), timeline, this, request.listener());
    }

    /** The testing ports may be reached by others: at a remote engine, on the network of pods. */
    private static String newSecret() {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private ExternalNode node(NodeSpec spec, List<String> peers) {
        return new ExternalNode(spec, peers, host, clients, request.listener(), directory, setups::of);
    }

    /** Makes the host of a deployment; nothing of it runs yet. */
    @FunctionalInterface
    public interface HostFactory {
        /**
         * Prepares what all deployments share, and makes the host of this one. Blocks.
         *
         * @throws IOException if nodes cannot be started here; its message says why, and how to mend it
         */
        NodeHost create() throws IOException, InterruptedException;
    }

    /**
     * Deploys a cluster. Blocks until each node is ready.
     *
     * @param request what to deploy, in real time
     * @param backend name of the backend
     * @param hosts makes its host
     * @return the cluster; to be closed
     * @throws DeploymentException if it does not get ready; nothing is left then, and what is left is said
     */
    public static Deployment deploy(DeployRequest request, String backend, HostFactory hosts)
            throws InterruptedException {
        if (request.clock().isVirtual()) {
            throw new DeploymentException(
                    "Backend '" + backend + "' runs in real time only, but the timeline is virtual. Use real time, or"
                            + " backend 'embedded'.",
                    null);
        }
        Timeline.of(request.clock()).checkManaged("deploying on backend '" + backend + "'");
        NodeHost host;
        try {
            host = hosts.create();
        } catch (IOException e) {
            throw new DeploymentException("Backend '" + backend + "' cannot start nodes: " + e.getMessage(), e);
        }
        var deployment = new ExternalDeployment(request, host, Preparation.of(request, host));
        try {
            deployment.start();
            return deployment;
        } catch (InterruptedException | RuntimeException | Error e) {
            Preparation.closeAfter(e, deployment::close);
            throw e;
        }
    }

    /** Starts all nodes at once, tells them where their peers are, and waits until each is ready. */
    private void start() throws InterruptedException {
        nodes.forEach(ExternalNode::announce);
        InParallel.each("start", nodes, ExternalNode::begin);
        var readiness = new Readiness(timeline, request.readinessTimeout(), PERIOD, request.listener());
        readiness.await(nodes, NodeState.PORT_OPEN);
        InParallel.each("introduce", nodes, node -> introduce(node, node.peerNames()));
        readiness.await(nodes, NodeState.READY);
    }

    /** Tells a node where those of its peers are that are running. */
    private void introduce(ExternalNode node, List<String> peers) throws InterruptedException {
        var addresses = new LinkedHashMap<String, String>();
        for (var peer : peers) {
            peerAddress(peer).ifPresent(address -> addresses.put(peer, address));
        }
        if (addresses.isEmpty()) {
            return;
        }
        var insistence = new Insistence(timeline);
        try {
            insistence.send(() -> host.introduce(node.client(), addresses));
        } catch (NodeApiException e) {
            if (node.isRunning()) {
                throw new DeploymentException(
                        "Node '" + node.name() + "' cannot be told where its peers are: " + insistence.text(e), e);
            }
        }
    }

    /** Tells the others where a node is that came back. */
    private void tellOthers(ExternalNode back) throws InterruptedException {
        for (var node : nodes) {
            if (node != back
                    && node.isRunning()
                    && !node.isPaused()
                    && node.peerNames().contains(back.name())) {
                try {
                    introduce(node, List.of(back.name()));
                } catch (DeploymentException e) {
                    LoggerFactory.getLogger(ExternalDeployment.class)
                            .warn("Node '{}' does not know where '{}' is now", node.name(), back.name(), e);
                }
            }
        }
    }

    @Override
    public TopologySpec topology() {
        return request.topology();
    }

    @Override
    public String systemUnderTest() {
        return host.systemUnderTest();
    }

    @Override
    public List<NodeHandle> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public NodeControl control() {
        return control;
    }

    @Override
    public Optional<String> networkId() {
        return host.networkId();
    }

    @Override
    public Optional<String> lost() {
        return host.lost();
    }

    @Override
    public Genesis genesis() {
        return genesis;
    }

    @Override
    public Duration chainStart() {
        return setups.chainStart();
    }

    @Override
    public List<? extends Readiness.Candidate> candidates() {
        return List.copyOf(nodes);
    }

    @Override
    public void stop(String node) throws InterruptedException {
        find(node).stop("stopped by node control");
    }

    @Override
    public void kill(String node) throws InterruptedException {
        find(node).kill("killed by node control");
    }

    @Override
    public ProgramChange upgrade(String node, String program) throws InterruptedException {
        require(Capability.UPGRADE);
        requireOpen(node);
        try {
            return host.upgrade(setups.of(find(node)), program);
        } catch (IllegalArgumentException | DeploymentException | IOException e) {
            throw new IllegalArgumentException(
                    "Node '" + node + "' keeps its program and is not touched: " + e.getMessage(), e);
        }
    }

    @Override
    public void pause(String node) throws InterruptedException {
        require(Capability.PAUSE);
        find(node).pause();
    }

    @Override
    public void resume(String node) throws InterruptedException {
        require(Capability.PAUSE);
        var resumed = find(node);
        resumed.resume();
        introduce(resumed, resumed.peerNames()); // peers may have moved meanwhile
    }

    @Override
    public void start(String node) throws InterruptedException {
        requireOpen(node);
        begin(find(node));
    }

    /** Starts a node and waits until everybody knows where it is; the listener hears of that later, from the caller. */
    private void begin(ExternalNode node) throws InterruptedException {
        node.announce();
        node.begin();
        new Readiness(timeline, START_LIMIT, PERIOD, (name, state, intended, reason) -> {})
                .await(List.of(node), NodeState.PORT_OPEN);
        introduce(node, node.peerNames());
        tellOthers(node);
    }

    @Override
    public NodeHandle add(NodeRole role, Consumer<String> named) throws InterruptedException {
        require(Capability.MEMBERSHIP);
        NodeSpec spec = newcomers.next(role);
        requireOpen(spec.name());
        var others = nodes.stream().map(ExternalNode::name).toList();
        var added = node(spec, others);
        nodes.add(added);
        nodes.stream()
                .filter(node -> node != added)
                .forEach(node -> node.peerNames().add(spec.name()));
        try {
            host.admit(spec);
            named.accept(spec.name());
            begin(added);
            return added;
        } catch (InterruptedException | RuntimeException e) {
            try {
                remove(spec.name());
            } catch (RuntimeException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    @Override
    public void remove(String node) throws InterruptedException {
        require(Capability.MEMBERSHIP);
        var removed = find(node);
        removed.stop("stopped to be removed");
        nodes.remove(removed);
        nodes.forEach(each -> each.peerNames().remove(node));
        try {
            host.release(node);
            DirectoryTrees.delete(removed.directory());
        } catch (IOException e) {
            throw new DeploymentException(
                    "Node '" + node + "' was removed but something of it is left: " + e.getMessage() + ".", e);
        }
        request.listener().onState(node, NodeState.REMOVED, true, "removed by node control");
    }

    @Override
    public Optional<String> peerAddress(String node) {
        return find(node).address().flatMap(RunningAddress::peer);
    }

    @Override
    public PeerNetwork network() {
        return host.network();
    }

    @Override
    public Optional<LinkRelay> relay() {
        return host.relay();
    }

    @Override
    public Optional<UnsupportedOperationException> missing(Capability capability) {
        if (capabilities.contains(capability)) {
            return Optional.empty();
        }
        return Optional.of(host.whyNot(capability)
                .map(why -> capability.missing(host.backend(), why))
                .orElseGet(() -> capability.missing(host.backend())));
    }

    private ExternalNode find(String name) {
        return (ExternalNode) node(name);
    }

    private void require(Capability capability) {
        missing(capability).ifPresent(missing -> {
            throw missing;
        });
    }

    private void requireOpen(String node) {
        synchronized (nodes) {
            if (closed) {
                throw new IllegalStateException("Node '" + node + "' cannot be started: the deployment is closed.");
            }
        }
    }

    @Override
    public void close() {
        synchronized (nodes) {
            if (closed) {
                return;
            }
            closed = true;
        }
        var left = new ArrayList<String>();
        clients.close();
        boolean interrupted = Thread.interrupted();
        if (!host.keepsNodes()) {
            left.addAll(DeploymentEnd.all(List.copyOf(nodes)));
        }
        left.addAll(host.close());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Preparation.requireNothing(host, left);
    }
}
