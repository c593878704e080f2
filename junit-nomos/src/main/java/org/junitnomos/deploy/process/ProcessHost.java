package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.MixedCommand;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.ProvingCommand;
import org.junitnomos.deploy.control.LinkRelay;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.deploy.control.ProgramChange;
import org.junitnomos.deploy.diagnosis.Diagnosis;
import org.junitnomos.deploy.diagnosis.ProgramFile;
import org.junitnomos.deploy.diagnosis.Signature;
import org.junitnomos.deploy.diagnosis.Symptoms;
import org.junitnomos.deploy.external.NodeHost;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.deploy.relay.EnforcedRelay;
import org.junitnomos.deploy.relay.EnforcedRelay.Port;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.deploy.session.SessionException;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/** Runs the nodes of one deployment as processes. */
final class ProcessHost implements NodeHost {
    private static final String LOOPBACK = "127.0.0.1";

    private volatile MixedCommand command;
    private final Duration patience;
    private final DeployRequest request;
    private final Timeline timeline;
    private final Scope scope;
    private final PortBook ports;
    private final boolean relays;
    private volatile @Nullable EnforcedRelay relay;

    ProcessHost(MixedCommand command, Duration patience, DeployRequest request, Scope scope) {
        this.command = command;
        this.patience = patience;
        this.request = request;
        this.timeline = Timeline.of(request.clock());
        this.scope = scope;
        this.ports = new PortBook(scope);
        this.relays = Relays.missing(command).isEmpty();
    }

    @Override
    public String backend() {
        return ProcessDeployer.BACKEND;
    }

    @Override
    public String systemUnderTest() {
        return command.systemUnderTest();
    }

    @Override
    public Set<Capability> capabilities() {
        return ProcessDeployer.capabilities(command);
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return ProcessDeployer.whyNot(command, capability);
    }

    @Override
    public void open() {
        if (relays) {
            relay = EnforcedRelay.open(scope, request.seed());
        }
    }

    @Override
    public Optional<String> testHost() {
        return Optional.of(LOOPBACK);
    }

    @Override
    public boolean pushesMetrics() {
        return command instanceof ProvingCommand;
    }

    @Override
    public Optional<LinkRelay> relay() {
        LinkRelay opened = relay;
        return command instanceof ProvingCommand
                ? Optional.of(opened == null ? LinkRelay.NONE : opened)
                : Optional.empty();
    }

    @Override
    public void admit(NodeSpec node) {
        if (command.leasesPorts()) {
            try {
                if (command instanceof ProvingCommand) {
                    leaseServices(node.name());
                } else {
                    ports.lease(node.name());
                }
            } catch (SessionException e) {
                throw new DeploymentException("Node '" + node.name() + "' has no ports: " + e.getMessage(), e);
            }
        }
    }

    private void leaseServices(String node) {
        var opened = relay;
        ports.leaseServices(node, new SeededRandoms(request.seed()).random("ports " + node), opened != null);
        if (opened != null) {
            var services = Objects.requireNonNull(ports.services().get(node));
            int gossip = Objects.requireNonNull(ports.all().get(node)).peer();
            opened.admit(
                    node,
                    List.of(
                            new Port(Plane.GOSSIP, gossip, services.gossip()),
                            new Port(Plane.AVAILABILITY, services.availability(), services.publicAvailability())));
        }
    }

    @Override
    public Map<String, NodePorts> ports() {
        return ports.all();
    }

    @Override
    public Genesis genesis(TopologySpec topology, long seed) throws IOException, InterruptedException {
        return command instanceof ProvingCommand proving
                ? proving.genesis(
                        topology, seed, ports.services(), request.directory().toAbsolutePath())
                : Genesis.derive(topology, seed);
    }

    @Override
    public NodeLife start(NodeSetup setup, boolean first) throws IOException {
        var launch = launch(command, setup);
        if (!launch.configuration().isEmpty()) {
            Files.writeString(setup.config(), launch.configuration(), StandardCharsets.UTF_8);
        }
        checkProgram(setup, launch);
        try {
            return NodeProcess.start(setup, launch, command.of(setup.node()), scope, timeline);
        } catch (IOException e) {
            String cause = Diagnosis.of(Symptoms.notStarted(e))
                    .map(diagnosis -> "\n" + diagnosis.text())
                    .orElse("");
            throw cannotStart(setup, launch, ": " + e.getMessage() + cause, e);
        }
    }

    private NodeLaunch launch(NodeCommand nodes, NodeSetup setup) throws IOException {
        return nodes instanceof ProvingCommand proving ? proving.launch(setup, ports.services()) : nodes.launch(setup);
    }

    @Override
    public ProgramChange upgrade(NodeSetup setup, String program) throws IOException, InterruptedException {
        NodeSpec node = setup.node();
        MixedCommand before = command;
        MixedCommand after = before.with(node, program);
        after.of(node).prepare();
        var launch = launch(after, setup);
        String file = launch.command().get(0);
        if (file.indexOf('/') >= 0) {
            ProgramFile.check(setup.directory().resolve(file)).ifPresent(problem -> {
                throw new IllegalArgumentException(problem.text());
            });
        }
        command = after;
        return new ProgramChange(before.program(node), after.program(node));
    }

    /** The start itself tells everything but what the system says of half a program, or one for other machines. */
    private static void checkProgram(NodeSetup setup, NodeLaunch launch) {
        String program = launch.command().get(0);
        if (program.indexOf('/') >= 0) {
            ProgramFile.check(setup.directory().resolve(program))
                    .filter(problem -> problem.signature() == Signature.WRONG_ARCHITECTURE
                            || problem.signature() == Signature.CUT_OFF)
                    .ifPresent(problem -> {
                        throw cannotStart(setup, launch, "\n" + problem.text(), null);
                    });
        }
    }

    private static DeploymentException cannotStart(
            NodeSetup setup, NodeLaunch launch, String why, @Nullable IOException cause) {
        return new DeploymentException(
                "Node '" + setup.node().name() + "' cannot be started: " + launch.command() + " in " + setup.directory()
                        + why,
                cause);
    }

    @Override
    public void introduce(NodeClient node, Map<String, String> addresses) {
        command.introduce(node, addresses);
    }

    @Override
    public void release(String node) throws IOException {
        var opened = relay;
        if (opened != null) {
            opened.dismiss(node);
        }
        ports.giveBack(node);
    }

    @Override
    public List<String> close() {
        var left = new ArrayList<String>();
        var opened = relay;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                left.add("the rule of the relays: " + e.getMessage());
            }
        }
        ports.giveBackAll();
        left.addAll(scope.settle());
        return left;
    }
}
