package org.junitnomos.deploy.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.GenesisDerivation;
import org.junitnomos.deploy.MixedCommand;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.ProvingCommand;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;
import org.slf4j.LoggerFactory;

/**
 * Runs {@code nomos-node} and {@code nomos-executor} as they are built from their sources. Every node declares to
 * provide data availability and Blend, which stays in Broadcast mode. Thread-safe; one for each deployment.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RealNodeCommand implements MixedCommand, ProvingCommand {
    private static final int IDENTITY_LENGTH = 32;

    /** How often a node pushes its metrics, in milliseconds. */
    private static final String EXPORT_INTERVAL = "OTEL_METRIC_EXPORT_INTERVAL";

    /** Services, in the order of their declarations (node contract 5.4). */
    private static final List<ServiceType> SERVICES = List.of(ServiceType.DATA_AVAILABILITY, ServiceType.BLEND);

    /** What would override the configuration (node contract 5.1), or is meant for tests. */
    private static final List<String> WITHHELD = List.of(
            "LOG_ADDR",
            "LOG_DIR",
            "LOG_PATH",
            "LOG_BACKEND",
            "LOG_LEVEL",
            "NET_HOST",
            "NET_PORT",
            "NET_NODE_KEY",
            "NET_INITIAL_PEERS",
            "BLEND_ADDR",
            "HTTP_HOST",
            "HTTP_CORS_ORIGIN",
            "CONSENSUS_UTXO_SK",
            "CONSENSUS_CHAIN_START");

    private final RealPrograms files;
    private final ConfigChecks checks = new ConfigChecks();

    RealNodeCommand(RealPrograms files) {
        this.files = files;
    }

    /**
     * Runs the programs that the settings of this JVM name.
     *
     * @throws IllegalArgumentException if a setting is malformed; names it
     */
    public static RealNodeCommand ofThisJvm() {
        var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
        var files = RealNodeFiles.find(reader, System.getenv(), Path.of(System.getProperty("user.home", "")));
        reader.check();
        return new RealNodeCommand(files);
    }

    /**
     * Runs the programs of an image.
     *
     * @param reference name of the image; null if none was named
     * @param image the image; null as long as only its name is known
     * @throws IllegalArgumentException if a setting is malformed; names it
     */
    public static RealNodeCommand ofImage(@Nullable String reference, @Nullable RealImage image) {
        var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
        var files = RealImagePrograms.find(reader, Path.of(System.getProperty("user.home", "")), reference, image);
        reader.check();
        return new RealNodeCommand(files);
    }

    /**
     * Says everything that is missing for nodes, one line each.
     *
     * @param nodes those that run by this command
     */
    public List<String> missing(List<NodeSpec> nodes) {
        return files.missing(nodes);
    }

    @Override
    public void prepare() throws IOException {
        files.prepare();
    }

    @Override
    public String systemUnderTest() {
        return files.described();
    }

    @Override
    public String program(NodeSpec node) {
        return files.described(node);
    }

    @Override
    public NodeCommand of(NodeSpec node) {
        return this;
    }

    /** In an image it is the backend that exchanges programs, with their images. */
    @Override
    public MixedCommand with(NodeSpec node, String program) {
        if (!(files instanceof RealNodeFiles here)) {
            throw new UnsupportedOperationException("These nodes run from images.");
        }
        var changed = here.with(node, program);
        var missing = changed.missingOf(node, "upgrade(\"" + node.name() + "\", …)");
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", missing));
        }
        return new RealNodeCommand(changed);
    }

    @Override
    public boolean leasesPorts() {
        return true;
    }

    @Override
    public Requirement requirement() {
        return requirement(files.missing(files.anyNodes()));
    }

    @Override
    public Requirement requirement(TopologySpec topology) {
        return requirement(files.missing(topology.nodes()));
    }

    private static Requirement requirement(List<String> missing) {
        return missing.isEmpty()
                ? Requirement.met()
                : Requirement.missing("real nodes lack\n  - " + String.join("\n  - ", missing));
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        var objections = new ArrayList<>(files.objections(topology));
        Duration slot = topology.consensus().slotDuration();
        if (slot.getNano() != 0) {
            objections.add("The slot is " + DurationText.format(slot)
                    + ", but real nodes only work with whole seconds, 1 s or more (node contract 3.1). Let slots last"
                    + " 1 s, or run the scenario on dev nodes with nomos.nodes=dev.");
        }
        if (!topology.overlay().isEmpty()) {
            try {
                objections.addAll(ofPlan(topology).objections(topology));
            } catch (IOException e) {
                objections.add(
                        "The overlay of configurations cannot be read: " + e.getMessage() + ". Correct the text.");
            }
        }
        try {
            files.readOverlay().ifPresent(overlay -> objections.addAll(overlay.objections(topology)));
        } catch (IOException e) {
            LoggerFactory.getLogger(RealNodeCommand.class).debug("what is missing tells of it", e);
        }
        return objections;
    }

    @Override
    public Genesis genesis(TopologySpec topology, long seed, Map<String, ServicePorts> services, Path directory)
            throws IOException, InterruptedException {
        requireAll(topology);
        var prover = new CircuitProver(files.circuits(), Files.createDirectories(directory.resolve("proofs")));
        var derivation = new GenesisDerivation(topology, seed, prover, SERVICES, (service, node) -> {
            var ports = Objects.requireNonNull(services.get(node.name()), node.name());
            return Multiaddr.parse(RealNodeConfig.udp(
                    ports.host(), service == ServiceType.BLEND ? ports.blend() : ports.publicAvailability()));
        });
        var proofs = new GenesisProofs(files.circuits()).of(derivation.toProve(), derivation.providers(), prover);
        return derivation.prove(proofs);
    }

    /** Nothing was checked if the run was not started by JUnit. */
    private void requireAll(TopologySpec topology) {
        String missing = requirement(topology).missing();
        if (missing != null) {
            throw new DeploymentException("The nodes cannot be started: " + missing, null);
        }
    }

    @Override
    public NodeLaunch launch(NodeSetup setup, Map<String, ServicePorts> services) throws IOException {
        boolean executor = setup.node().role() == NodeRole.EXECUTOR;
        Path program = files.program(setup.node());
        var overlays = overlays(setup.topology());
        String configuration = RealNodeConfig.text(
                values(setup, services, executor),
                written -> overlays.forEach(overlay -> overlay.apply(setup.node(), written)));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("POL_PROOF_DEV_MODE", "true");
        if (setup.metricsEndpoint().isPresent() && System.getenv(EXPORT_INTERVAL) == null) {
            environment.put(EXPORT_INTERVAL, "1000"); // a minute by itself, which is longer than many runs
        }
        environment.put("NOMOS_CIRCUITS", files.circuitsInside().toString());
        checks.once(kind(setup, overlays), () -> check(program, setup, configuration, environment));
        return new NodeLaunch(
                List.of(program.toString(), setup.config().toString()), environment, WITHHELD, configuration, false);
    }

    /** What a setting says is laid over what the plan says. */
    private List<ConfigOverlay> overlays(TopologySpec topology) throws IOException {
        var overlays = new ArrayList<>(List.of(ofPlan(topology)));
        files.readOverlay().ifPresent(overlays::add);
        return overlays;
    }

    private static ConfigOverlay ofPlan(TopologySpec topology) throws IOException {
        return ConfigOverlay.parse("the plan", topology.overlay());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.OVERLAY, Capability.MEMBERSHIP);
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return switch (capability) {
            case PARTITION, LINK_QUALITY, BANDWIDTH ->
                Optional.of("real nodes take no faults of links, and only backend 'process' has relays for them");
            case CLOCK_SKEW, SHARES, KINDER_NODES, DEFECTS ->
                Optional.of("real nodes have no testing port that takes faults, as dev nodes have (nomos.nodes=dev)");
            default -> Optional.empty();
        };
    }

    private RealNodeValues values(NodeSetup setup, Map<String, ServicePorts> services, boolean executor) {
        NodePorts own = ports(setup, setup.node().name());
        ServicePorts provided = Objects.requireNonNull(
                services.get(setup.node().name()), setup.node().name());
        return new RealNodeValues(
                executor,
                identity(setup),
                setup.leader(),
                isDeclared(setup)
                        ? setup.genesis().knownKeys(setup.topology(), setup.leader())
                        : List.of(setup.leader().toPublicKey()),
                setup.genesis().transaction(),
                setup.topology().size(),
                setup.topology().consensus(),
                setup.chainStart(),
                new RealNodeValues.Ports(
                        own.host(),
                        files.listen(own.host()),
                        own.api(),
                        own.testing(),
                        own.peer(),
                        provided.gossip(),
                        provided.availability(),
                        provided.blend()),
                initialPeers(setup, services),
                files.parametersInside(),
                setup.logLevel(),
                setup.node().name(),
                setup.metricsEndpoint().orElse(null));
    }

    /** Whether the genesis knows it; a node that joined later is in none, provides nothing and leads with nothing. */
    private static boolean isDeclared(NodeSetup setup) {
        return setup.node().index() < setup.genesis().providers().size();
    }

    private static Ed25519PrivateKey identity(NodeSetup setup) {
        if (isDeclared(setup)) {
            return setup.genesis().providers().get(setup.node().index());
        }
        byte[] own = new byte[IDENTITY_LENGTH];
        new SeededRandoms(setup.seed()).random("identity").nextBytes(own);
        return Ed25519PrivateKey.fromSeed(own);
    }

    /**
     * Who is dialed at the start: the neighbors that are declared before, as in the Rust testing framework; all of
     * them by a node that joins, and after a restart, for then they run, and would not dial by themselves (node
     * contract 5.2).
     */
    private static List<String> initialPeers(NodeSetup setup, Map<String, ServicePorts> services) {
        var before = new TreeSet<String>();
        for (var node : setup.topology().nodes()) {
            if (node.index() < setup.node().index()) {
                before.add(node.name());
            }
        }
        boolean all = setup.again() || !isDeclared(setup);
        var peers = new ArrayList<String>();
        for (String peer : setup.peers()) {
            if (all || before.contains(peer)) {
                ServicePorts ports = Objects.requireNonNull(services.get(peer), peer);
                peers.add(RealNodeConfig.udp(ports.host(), ports.gossip()));
            }
        }
        return peers;
    }

    private static NodePorts ports(NodeSetup setup, String node) {
        return Objects.requireNonNull(setup.ports().get(node), node);
    }

    /** What is not laid over them is the same for all nodes of a role, but for values that are always right. */
    private String kind(NodeSetup setup, List<ConfigOverlay> overlays) {
        var laid = new LinkedHashMap<String, @Nullable Object>();
        overlays.forEach(overlay -> overlay.apply(setup.node(), laid));
        return setup.node().role().label() + " by " + files.described(setup.node()) + "\n" + TaggedYaml.write(laid);
    }

    /** Lets a program look at a configuration before it runs: it names a key that is wrong. */
    private void check(Path program, NodeSetup setup, String configuration, Map<String, String> environment)
            throws IOException, InterruptedException {
        ShortProgram.Result result = files.check(setup, configuration, environment);
        if (result.exitCode() != 0) {
            throw new DeploymentException(
                    "Node '" + setup.node().name() + "' cannot be started: " + program + " --check-config refuses "
                            + setup.config() + " with exit code " + result.exitCode() + ": " + reason(result.output())
                            + ". The configuration is that of nodes of December 2025; other revisions need others.",
                    null);
        }
    }

    private static String reason(String output) {
        return output.lines()
                .filter(line -> line.startsWith("Error:"))
                .findFirst()
                .orElse(output)
                .strip();
    }

    @Override
    public boolean readsLog() {
        return true;
    }

    @Override
    public Optional<String> trouble(String line) {
        return LogTroubles.of(line);
    }

    @Override
    public String meaning(int exitCode) {
        return exitCode == 1
                ? "the node refused its configuration, or could not begin; the last line of its log says why"
                : "";
    }
}
