package org.junitnomos.deploy.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.MixedCommand;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.ProvingCommand;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.ChosenCommand;
import org.junitnomos.deploy.external.CommandPerNode;
import org.junitnomos.deploy.external.ExternalDeployment;
import org.junitnomos.deploy.real.RealNodeCommand;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.TopologySpec;

/**
 * Provisions clusters whose nodes are processes of this machine, in real time. Thread-safe.
 *
 * <p>The directory of the run gets {@code nodes/<name>.log} with everything a node writes, and {@code nodes/<name>/}
 * with its configuration and store. All processes are in the ledger of the test JVM's session, so none outlives it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ProcessDeployer implements Deployer {
    static final String BACKEND = "process";

    private static final String COMMAND = SettingNames.PROCESS_COMMAND;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<MixedCommand> command;
    private final Duration patience;
    private final Session session;
    private final boolean bySettings;

    /**
     * Creates the deployer of dev nodes as child JVMs; called by {@link java.util.ServiceLoader}.
     *
     * <p>The system property {@code nomos.process.command}, or the environment variable {@code NOMOS_PROCESS_COMMAND},
     * may name the class of another {@link NodeCommand}; one that cannot be used is refused at each use. Without it,
     * real nodes run where {@link NodeKind} says so.
     */
    public ProcessDeployer() {
        this(ProcessDeployer::chosen, PATIENCE, Session.ofThisJvm(), true);
    }

    /**
     * Creates a deployer of other nodes.
     *
     * @param command what to run as a node
     */
    public ProcessDeployer(NodeCommand command) {
        this(command, PATIENCE, Session.ofThisJvm());
    }

    ProcessDeployer(NodeCommand command, Duration patience, Session session) {
        this(() -> mixed(command), patience, session, false);
        Objects.requireNonNull(command, "command");
    }

    private ProcessDeployer(Supplier<MixedCommand> command, Duration patience, Session session, boolean bySettings) {
        this.command = command;
        this.bySettings = bySettings;
        this.patience = Objects.requireNonNull(patience, "patience");
        this.session = Objects.requireNonNull(session, "session");
    }

    private static MixedCommand mixed(NodeCommand command) {
        return command instanceof MixedCommand mixed ? mixed : new CommandPerNode(command, new TreeMap<>());
    }

    private static MixedCommand chosen() {
        var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
        Optional<NodeKind> asked = NodeKind.asked(reader);
        NodeKind kind = NodeKind.chosen(reader);
        boolean own = reader.find(COMMAND, "the name of a class", text -> text) != null;
        var ofNodes = ChosenCommand.ofNodes(COMMAND);
        reader.check();
        NodeKind.requireOne(asked, COMMAND, own || !ofNodes.isEmpty());
        var usual = ChosenCommand.load(COMMAND);
        if (usual.isEmpty() && ofNodes.isEmpty() && kind == NodeKind.REAL) {
            return RealNodeCommand.ofThisJvm();
        }
        return new CommandPerNode(usual.orElseGet(DevNodeCommand::new), ofNodes);
    }

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public String systemUnderTest() {
        return command.get().systemUnderTest();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(command.get());
    }

    /** What the backend can do with the nodes of a command. */
    static Set<Capability> capabilities(NodeCommand command) {
        var capabilities = EnumSet.of(Capability.NODE_CONTROL, Capability.UPGRADE);
        if (Signals.canPause()) {
            capabilities.add(Capability.PAUSE);
        }
        capabilities.addAll(command.capabilities());
        if (Relays.missing(command).isEmpty()) {
            capabilities.addAll(Relays.capabilities());
        }
        return Collections.unmodifiableSet(capabilities);
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return whyNot(command.get(), capability);
    }

    /** Why the backend cannot do something with the nodes of a command. */
    static Optional<String> whyNot(NodeCommand command, Capability capability) {
        return command instanceof ProvingCommand && Relays.capabilities().contains(capability)
                ? Relays.missing(command)
                : command.whyNot(capability);
    }

    @Override
    public List<String> settings() {
        var names = new ArrayList<>(List.of(COMMAND, Relays.SETTING));
        ofNodes().forEach(node -> names.add(COMMAND + "." + node));
        return names;
    }

    /** The nodes that have a command of their own by settings. */
    private static Set<String> ofNodes() {
        return SettingsReader.ofThisJvm(name -> Optional.empty())
                .ofNodes(COMMAND, "the name of a class", text -> text)
                .keySet();
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        var nodes = command.get();
        var objections = new ArrayList<>(nodes.objections(topology));
        if (bySettings && !(nodes instanceof RealNodeCommand)) {
            var reader = SettingsReader.ofThisJvm(name -> Optional.empty());
            objections.addAll(NodeKind.programsInVain(reader, "backend 'process' runs no real nodes here"));
            objections.addAll(NodeKind.strangers(COMMAND, ofNodes(), topology));
        }
        return objections;
    }

    @Override
    public Requirement requirement() {
        return command.get().requirement();
    }

    @Override
    public Requirement requirement(TopologySpec topology) {
        return command.get().requirement(topology);
    }

    @Override
    public Deployment deploy(DeployRequest request) throws InterruptedException {
        return ExternalDeployment.deploy(request, BACKEND, () -> {
            var nodes = command.get();
            nodes.prepare();
            var scope = session.scope(
                    request.directory().toAbsolutePath().normalize().toString());
            return new ProcessHost(nodes, patience, request, scope);
        });
    }
}
