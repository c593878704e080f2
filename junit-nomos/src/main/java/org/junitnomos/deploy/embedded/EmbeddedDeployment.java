package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.Newcomers;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.deploy.control.ClusterControl;
import org.junitnomos.deploy.control.NodeLifecycle;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/** A cluster of dev nodes in this JVM. */
final class EmbeddedDeployment implements Deployment, NodeLifecycle {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration CLOSE_PERIOD = Duration.ofMillis(5);

    private final DeployRequest request;
    private final Timeline timeline;
    private final Genesis genesis;
    private final EventLedger events;
    private final EmbeddedHost host;
    private final EmbeddedTransport transport;
    private final NodeClients clients;
    private final NodeConfigs configs;
    private final Newcomers newcomers;
    private final EmbeddedNetwork network;
    private final EmbeddedPorts ports;
    private final Path logs;

    /** All nodes there ever were; those that were removed are in no other list. */
    private final List<EmbeddedNode> all = new CopyOnWriteArrayList<>();

    private final List<EmbeddedNode> nodes = new CopyOnWriteArrayList<>();
    private final NodeControl control;
    private boolean closed;

    EmbeddedDeployment(DeployRequest request, NodeCoreFactory factory) throws IOException {
        this.request = request;
        this.timeline = Timeline.of(request.clock());
        this.genesis = Genesis.derive(request.topology(), request.seed());
        this.events = new EventLedger(timeline);
        this.network = new EmbeddedNetwork(events);
        this.host = new EmbeddedHost(factory, timeline, events, network, request.listener(), timeline.nanos());
        this.transport = new EmbeddedTransport(timeline);
        this.clients = NodeClients.over(transport);
        this.configs = new NodeConfigs(request.topology(), genesis, request.seed(), timeline);
        this.newcomers = new Newcomers(request.topology(), request.seed());
        this.ports = EmbeddedPorts.of(request);
        this.logs = Files.createDirectories(request.directory().resolve("nodes"));
        try {
            for (var spec : request.topology().nodes()) {
                create(spec, configs.of(spec));
            }
        } catch (IOException | RuntimeException e) {
            closeLogs(new ArrayList<>());
            ports.close();
            throw e;
        }
        this.control = new ClusterControl(request.topology(), timeline, this, request.listener());
    }

    private EmbeddedNode create(NodeSpec spec, DevNodeConfig config) throws IOException {
        var port = ports.lease(spec.name());
        var log = log(spec.name());
        var door = new NodeDoor(spec.name(), port, log);
        var address = door.address().orElse(URI.create(EmbeddedTransport.apiAddress(spec.name())));
        var node = new EmbeddedNode(spec, config, host, clients.client(endpoint(spec.name(), address)), log, door);
        all.add(node);
        nodes.add(node);
        network.add(node);
        transport.add(node, address);
        return node;
    }

    private EmbeddedNodeLog log(String node) throws IOException {
        try {
            return new EmbeddedNodeLog(logs.resolve(node + ".log"), timeline, request.logLevel());
        } catch (IOException e) {
            ports.giveBack(node);
            throw e;
        }
    }

    private static NodeEndpoint endpoint(String node, URI api) {
        return new NodeEndpoint(node, api, URI.create(EmbeddedTransport.testingAddress(node)));
    }

    /** Starts all nodes at the same instant, none before all can be reached, and waits until each is ready. */
    void start() throws InterruptedException {
        nodes.forEach(EmbeddedNode::open);
        nodes.forEach(EmbeddedNode::start);
        new Readiness(timeline, request.readinessTimeout(), request.listener()).await(nodes, NodeState.READY);
    }

    EmbeddedTransport transport() {
        return transport;
    }

    @Override
    public TopologySpec topology() {
        return request.topology();
    }

    @Override
    public String systemUnderTest() {
        return described();
    }

    /** Names the nodes, and a program of real ones that is named in vain. */
    static String described() {
        return NodeKind.DEV_NODES + NodeKind.note(SettingsReader.ofThisJvm(name -> Optional.empty()));
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
    public Genesis genesis() {
        return genesis;
    }

    @Override
    public Duration chainStart() {
        return Duration.ofNanos(host.chainStart());
    }

    @Override
    public List<? extends Readiness.Candidate> candidates() {
        return nodes;
    }

    @Override
    public void stop(String node) {
        find(node).stop("stopped by node control");
    }

    @Override
    public void start(String node) {
        requireOpen(node, "started");
        find(node).open();
        find(node).start();
    }

    private void requireOpen(String node, String done) {
        synchronized (nodes) {
            if (closed) {
                throw new IllegalStateException(
                        "Node '" + node + "' cannot be " + done + ": the deployment is closed.");
            }
        }
    }

    @Override
    public void kill(String node) {
        find(node).kill("killed by node control");
    }

    @Override
    public void pause(String node) {
        find(node).pause("paused by node control");
    }

    @Override
    public void resume(String node) {
        find(node).resume();
    }

    @Override
    public NodeHandle add(NodeRole role, Consumer<String> named) {
        var spec = newcomers.next(role);
        requireOpen(spec.name(), "added");
        var peers = nodes.stream().map(EmbeddedNode::name).toList();
        named.accept(spec.name());
        try {
            var node = create(spec, configs.of(spec, peers, newcomers.leaderKey(spec.name())));
            node.open();
            node.start();
            return node;
        } catch (IOException e) {
            throw new DeploymentException(
                    "Node '" + spec.name() + "' cannot be added: its log cannot be written: " + e, e);
        }
    }

    @Override
    public void remove(String name) {
        var node = find(name);
        node.stop("removed by node control");
        node.drop();
        ports.giveBack(name);
        nodes.remove(node);
        request.listener().onState(name, NodeState.REMOVED, true, "removed by node control");
    }

    @Override
    public Optional<UnsupportedOperationException> missing(Capability capability) {
        return EmbeddedDeployer.CAPABILITIES.contains(capability)
                ? Optional.empty()
                : Optional.of(capability.missing("embedded"));
    }

    private EmbeddedNode find(String name) {
        return (EmbeddedNode) node(name);
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
        all.forEach(node -> node.stop("deployment closed"));
        events.cancelAll();
        awaitRunningEvents();
        all.forEach(node -> left.addAll(node.openStreams()));
        left.addAll(ports.close());
        events.open().forEach(event -> left.add("event '" + event + "'"));
        var unwritten = new ArrayList<String>();
        closeLogs(unwritten);
        if (!unwritten.isEmpty()) {
            throw new DeploymentException(
                    "Deployment 'embedded' is closed, but what its nodes wrote is not whole: "
                            + String.join("; ", unwritten) + "."
                            + (left.isEmpty() ? "" : " It left behind: " + String.join("; ", left) + "."),
                    null);
        }
        if (!left.isEmpty()) {
            throw new DeploymentException(
                    "Deployment 'embedded' left " + left.size() + (left.size() == 1 ? " thing" : " things")
                            + " behind: " + String.join("; ", left) + ".",
                    null);
        }
    }

    /** In real time an event may be running on another thread just now; it ends by itself. */
    private void awaitRunningEvents() {
        if (events.open().isEmpty() || timeline.isVirtual()) {
            return;
        }
        try {
            new PollLoop(timeline, "events of the deployment have ended", CLOSE_PERIOD, CLOSE_LIMIT)
                    .untilTrue(() -> events.open().isEmpty());
        } catch (PollTimeoutException e) {
            // What has not ended is named by the caller.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void closeLogs(List<String> problems) {
        for (var node : all) {
            try {
                node.closeLog();
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
    }
}
