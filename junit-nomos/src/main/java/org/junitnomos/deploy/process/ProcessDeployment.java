package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClients;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.DevNodeControl;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.Newcomers;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeLifecycle;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.deploy.session.SessionException;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;
import org.slf4j.LoggerFactory;

/** A cluster of processes. Nodes are added and removed by one thread at a time, that of node control. */
final class ProcessDeployment implements Deployment, NodeLifecycle {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final DeployRequest request;
    private final NodeCommand command;
    private final Set<Capability> capabilities;
    private final Genesis genesis;
    private final Newcomers newcomers;
    private final ProcessHost host;
    private final NodeSetups setups;
    private final PortBook ports;
    private final List<ProcessNode> nodes = new CopyOnWriteArrayList<>();
    private final NodeControl control;
    private boolean closed;

    ProcessDeployment(DeployRequest request, NodeCommand command, Duration patience, Session session) {
        this.request = request;
        this.command = command;
        this.capabilities = ProcessDeployer.capabilities(command);
        this.genesis = Genesis.derive(request.topology(), request.seed());
        this.newcomers = new Newcomers(request.topology(), request.seed());
        Path directory = request.directory().toAbsolutePath().normalize();
        var scope = session.scope(directory.toString());
        this.host = new ProcessHost(
                command,
                patience,
                request.timeline(),
                scope,
                NodeClients.overHttp(),
                request.listener(),
                directory.resolve("nodes"));
        this.ports = new PortBook(scope);
        this.setups = new NodeSetups(request, genesis, newcomers, ports);
        var specs = request.topology().nodes();
        for (var spec : specs) {
            var peers = request.topology().layout().peersOf(spec.index(), specs.size()).stream()
                    .map(peer -> specs.get(peer).name())
                    .toList();
            nodes.add(new ProcessNode(spec, peers, host, setups::of));
        }
        this.control = new DevNodeControl(request.topology(), request.timeline(), this, request.listener());
    }

    /** Start all nodes at once, tell them where their peers are, and wait until each is ready. */
    void start() throws InterruptedException {
        createDirectory();
        nodes.forEach(this::lease);
        nodes.forEach(ProcessNode::start);
        var readiness = new Readiness(request.timeline(), request.readinessTimeout(), PERIOD, request.listener());
        readiness.await(nodes, NodeState.PORT_OPEN);
        nodes.forEach(node -> introduce(node, node.peerNames()));
        readiness.await(nodes, NodeState.READY);
    }

    private void createDirectory() {
        try {
            Files.createDirectories(host.nodes());
        } catch (IOException e) {
            throw new DeploymentException(
                    "The directory of the nodes cannot be created: " + e + ". Make " + request.directory()
                            + " writable, or set 'nomos.directory'.",
                    e);
        }
    }

    private void lease(ProcessNode node) {
        if (command.leasesPorts()) {
            try {
                ports.lease(node.name());
            } catch (SessionException e) {
                throw new DeploymentException("Node '" + node.name() + "' has no ports: " + e.getMessage(), e);
            }
        }
    }

    /** Tell a node where those of its peers are that are running. */
    private void introduce(ProcessNode node, List<String> peers) {
        var addresses = new LinkedHashMap<String, String>();
        for (var peer : peers) {
            peerAddress(peer).ifPresent(address -> addresses.put(peer, address));
        }
        if (addresses.isEmpty()) {
            return;
        }
        try {
            command.introduce(node.client(), addresses);
        } catch (NodeApiException e) {
            if (node.isRunning()) {
                throw new DeploymentException(
                        "Node '" + node.name() + "' cannot be told where its peers are: " + e.getMessage(), e);
            }
        }
    }

    /** Tell the others where a node is that came back. */
    private void tellOthers(ProcessNode back) {
        for (var node : nodes) {
            if (node != back
                    && node.isRunning()
                    && !node.isPaused()
                    && node.peerNames().contains(back.name())) {
                try {
                    introduce(node, List.of(back.name()));
                } catch (DeploymentException e) {
                    LoggerFactory.getLogger(ProcessDeployment.class)
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
        return command.systemUnderTest();
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

    /** Start a node and wait until everybody knows where it is; the listener hears of that later, from the caller. */
    private void begin(ProcessNode node) throws InterruptedException {
        node.start();
        new Readiness(request.timeline(), START_LIMIT, PERIOD, (name, state, intended, reason) -> {})
                .await(List.of(node), NodeState.PORT_OPEN);
        introduce(node, node.peerNames());
        tellOthers(node);
    }

    @Override
    public NodeHandle add(NodeRole role) throws InterruptedException {
        require(Capability.MEMBERSHIP);
        NodeSpec spec = newcomers.next(role);
        requireOpen(spec.name());
        var others = nodes.stream().map(ProcessNode::name).toList();
        var added = new ProcessNode(spec, others, host, setups::of);
        nodes.add(added);
        nodes.stream()
                .filter(node -> node != added)
                .forEach(node -> node.peerNames().add(spec.name()));
        try {
            lease(added);
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
        ports.giveBack(node);
        try {
            Directories.delete(removed.directory());
        } catch (IOException e) {
            throw new DeploymentException(
                    "Node '" + node + "' was removed but its directory is left: " + removed.directory() + " (" + e
                            + ")",
                    e);
        }
        request.listener().onState(node, NodeState.REMOVED, true, "removed by node control");
    }

    @Override
    public Optional<String> peerAddress(String node) {
        return find(node).ports().flatMap(NodePorts::peerAddress);
    }

    @Override
    public Optional<UnsupportedOperationException> missing(Capability capability) {
        return capabilities.contains(capability) ? Optional.empty() : Optional.of(capability.missing("process"));
    }

    private ProcessNode find(String name) {
        return (ProcessNode) node(name);
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
        host.clients().close();
        boolean interrupted = Thread.interrupted();
        stopAll(left);
        ports.giveBackAll();
        left.addAll(host.scope().settle());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!left.isEmpty()) {
            throw new DeploymentException(
                    "Deployment 'process' left " + left.size() + (left.size() == 1 ? " thing" : " things") + " behind: "
                            + String.join("; ", left) + ".",
                    null);
        }
    }

    /** Ask all to end, then wait for each. */
    private void stopAll(List<String> left) {
        Map<ProcessNode, NodeProcess> ending = new LinkedHashMap<>();
        for (var node : nodes) {
            try {
                node.askToEnd().ifPresent(process -> ending.put(node, process));
            } catch (InterruptedException e) {
                left.add(node.name() + ": interrupted while it was stopped");
            }
        }
        ending.forEach((node, process) -> {
            try {
                node.awaitEnd(process, "deployment closed");
            } catch (DeploymentException e) {
                left.add(e.getMessage());
            } catch (InterruptedException e) {
                left.add(node.name() + ": interrupted while it was stopped");
            }
        });
    }
}
