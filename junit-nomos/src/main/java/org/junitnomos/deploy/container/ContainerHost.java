package org.junitnomos.deploy.container;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.NodeSetupValues;
import org.junitnomos.deploy.ProvingCommand;
import org.junitnomos.deploy.ProvingCommand.ServicePorts;
import org.junitnomos.deploy.container.NodeContainer.Place;
import org.junitnomos.deploy.container.NodeNetwork.Purpose;
import org.junitnomos.deploy.control.PeerNetwork;
import org.junitnomos.deploy.control.ProgramChange;
import org.junitnomos.deploy.external.InParallel;
import org.junitnomos.deploy.external.NodeHost;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Runs the nodes of one deployment in containers. */
final class ContainerHost implements NodeHost {
    /** A JVM that nobody else disturbs ends in a fraction of it; ten at once on two cores do not. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Path OUTSIDE_LOG = Path.of("/dev/stdout");

    private final ImagePrograms programs;
    private final DeployRequest request;
    private final ConnectedEngine engine;
    private final ContainerSettings settings;
    private final Scope scope;
    private final Map<String, NodeContainer> containers = new ConcurrentSkipListMap<>();
    private final PeerNetwork network = new PeerNetwork() {
        @Override
        public void detach(String node) {
            container(node).detach();
        }

        @Override
        public void attach(String node) {
            container(node).attach();
        }
    };
    private volatile @Nullable NodeNetwork control;
    private volatile @Nullable NodeNetwork data;

    ContainerHost(
            ImagePrograms programs,
            DeployRequest request,
            ConnectedEngine engine,
            ContainerSettings settings,
            Scope scope) {
        this.programs = programs;
        this.request = request;
        this.engine = engine;
        this.settings = settings;
        this.scope = scope;
    }

    @Override
    public String backend() {
        return ContainerDeployer.BACKEND;
    }

    @Override
    public String systemUnderTest() {
        return programs.systemUnderTest(request.topology().nodes());
    }

    @Override
    public Set<Capability> capabilities() {
        return ContainerDeployer.capabilities(programs.usual().command());
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return programs.usual().command().whyNot(capability);
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public Optional<String> lost() {
        return engine.lost();
    }

    @Override
    public Optional<String> networkId() {
        return Optional.of(opened(control).id());
    }

    @Override
    public Optional<URI> innerUrl(String node) {
        return Optional.of(URI.create("http://" + node + ":" + NodeContainer.API));
    }

    @Override
    public void open() {
        control = NodeNetwork.create(Purpose.CONTROL, engine, scope, settings.subnets());
        // Addresses are in the genesis of real nodes: the same ones make one that was proven before.
        data = programs.usual().command() instanceof ProvingCommand
                ? NodeNetwork.create(
                        Purpose.DATA, engine, scope, settings.subnets().beginningWith(request.seed()))
                : NodeNetwork.create(Purpose.DATA, engine, scope, settings.subnets());
    }

    private static NodeNetwork opened(@Nullable NodeNetwork opened) {
        if (opened == null) {
            throw new IllegalStateException("open() was not called");
        }
        return opened;
    }

    @Override
    public void admit(NodeSpec node) {
        String address = opened(data).admit(node.name());
        containers.put(
                node.name(),
                new NodeContainer(
                        node.name(),
                        engine,
                        scope,
                        settings,
                        new Place(opened(control).id(), opened(data).id(), address)));
    }

    @Override
    public Map<String, NodePorts> ports() {
        int testing = programs.usual().command().capabilities().isEmpty() ? 0 : NodeContainer.TESTING;
        var ports = new LinkedHashMap<String, NodePorts>();
        containers.forEach((name, container) ->
                ports.put(name, new NodePorts(container.address(), NodeContainer.API, testing, NodeContainer.PEERS)));
        return ports;
    }

    @Override
    public Genesis genesis(TopologySpec topology, long seed) throws IOException, InterruptedException {
        if (!(programs.usual().command() instanceof ProvingCommand proving)) {
            return Genesis.derive(topology, seed);
        }
        return proving.genesis(topology, seed, services(), request.directory().toAbsolutePath());
    }

    private Map<String, ServicePorts> services() {
        var services = new LinkedHashMap<String, ServicePorts>();
        containers.forEach((name, container) -> services.put(
                name,
                new ServicePorts(
                        container.address(),
                        NodeContainer.PEERS,
                        NodeContainer.AVAILABILITY,
                        NodeContainer.AVAILABILITY,
                        NodeContainer.BLEND)));
        return services;
    }

    private NodeLaunch launch(NodeCommand command, NodeSetup inside) throws IOException {
        return command instanceof ProvingCommand proving ? proving.launch(inside, services()) : command.launch(inside);
    }

    @Override
    public NodeLife start(NodeSetup setup, boolean first) throws IOException, InterruptedException {
        var program = programs.of(setup.node().name());
        var inside = inside(setup);
        var launch = launch(program.command(), inside);
        Files.writeString(setup.config(), launch.configuration(), StandardCharsets.UTF_8); // evidence
        return container(setup.node().name())
                .start(inside, setup.log(), launch, program.reference(), program.command());
    }

    private static NodeSetup inside(NodeSetup setup) {
        return NodeSetupValues.within(setup, Path.of(NodeContainer.DIRECTORY), OUTSIDE_LOG);
    }

    @Override
    public ProgramChange upgrade(NodeSetup setup, String image) throws IOException, InterruptedException {
        NodeSpec node = setup.node();
        var before = programs.of(node.name());
        var after = programs.upgrade(node, image);
        launch(after.command(), inside(setup)); // looks at the configuration
        programs.put(node, after);
        return new ProgramChange(before.program(node), after.program(node));
    }

    @Override
    public void introduce(NodeClient node, Map<String, String> addresses) {
        // addresses stay, and stand in the configuration
    }

    @Override
    public boolean pushesMetrics() {
        return programs.usual().command() instanceof ProvingCommand;
    }

    @Override
    public Optional<String> testHost() {
        return opened(control).gatewayHere();
    }

    @Override
    public PeerNetwork network() {
        return network;
    }

    private NodeContainer container(String node) {
        var container = containers.get(node);
        if (container == null) {
            throw new IllegalStateException("Node '" + node + "' was not admitted.");
        }
        return container;
    }

    @Override
    public void release(String node) throws IOException {
        var container = containers.remove(node);
        if (container != null && !container.remove()) {
            throw new IOException("its container or its volume could not be removed");
        }
        opened(data).release(node);
    }

    @Override
    public List<String> close() {
        var left = new ArrayList<String>();
        try {
            InParallel.each("remove", List.copyOf(containers.values()), NodeContainer::remove);
            var networks = Stream.of(data, control).filter(Objects::nonNull).toList();
            InParallel.each("remove", networks, NodeNetwork::remove);
        } catch (InterruptedException e) {
            left.add("interrupted while containers and networks were removed");
            Thread.currentThread().interrupt();
        }
        programs.close();
        engine.close();
        left.addAll(scope.settle());
        return left;
    }
}
