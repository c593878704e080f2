package org.junitnomos.deploy.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequest;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.ChosenCommand;
import org.junitnomos.deploy.external.DevNodeInImage;
import org.junitnomos.deploy.external.ExternalDeployment;
import org.junitnomos.deploy.real.RealNodeCommand;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.settings.SettingNames;
import org.junitnomos.settings.SettingsReader;
import org.junitnomos.topology.TopologySpec;

/**
 * Provisions clusters whose nodes are containers of a Docker engine, in real time. Thread-safe.
 *
 * <p>The directory of the run gets {@code nodes/<name>.log} with everything a node writes from its first byte on, and
 * {@code nodes/<name>/config.yaml}. Containers, networks and volumes are in the ledger of the test JVM's session, and
 * carry its labels, so none outlives it.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ContainerDeployer implements Deployer {
    static final String BACKEND = "container";

    private final Session session;
    private final @Nullable ContainerSettings settings;
    private final Supplier<ConnectedEngine> engines;

    /**
     * Creates the deployer; called by {@link java.util.ServiceLoader}. Settings begin with {@code nomos.container.} and
     * are read when it is used.
     */
    public ContainerDeployer() {
        this(Session.ofThisJvm(), null, () -> ConnectedEngine.connect(Engine.find(), EngineWatch.LIMIT));
    }

    /**
     * Creates a deployer of its own kind.
     *
     * @param settings null for those of the environment
     * @param engines connects to an engine, once for each deployment
     */
    ContainerDeployer(Session session, @Nullable ContainerSettings settings, Supplier<ConnectedEngine> engines) {
        this.session = session;
        this.settings = settings;
        this.engines = engines;
    }

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public String systemUnderTest() {
        return command().systemUnderTest();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities(command());
    }

    @Override
    public Optional<String> whyNot(Capability capability) {
        return command().whyNot(capability);
    }

    /** What the backend can do with the nodes of a command. */
    static Set<Capability> capabilities(NodeCommand command) {
        var capabilities = EnumSet.of(Capability.NODE_CONTROL, Capability.PAUSE, Capability.UPGRADE);
        capabilities.addAll(command.capabilities());
        return Collections.unmodifiableSet(capabilities);
    }

    private static Optional<NodeCommand> chosen() {
        return ChosenCommand.load(ContainerSettings.COMMAND);
    }

    /** What is known without an engine of what runs. */
    private NodeCommand command() {
        var read = settings == null ? ContainerSettings.lenient() : settings;
        if (isReal(read)) {
            return RealNodeCommand.ofImage(read.image(), null);
        }
        return chosen().orElseGet(() -> new DevNodeInImage(List.of()));
    }

    /** What was asked for, else real nodes once the variable of the Rust testing framework names the image. */
    private static boolean isReal(ContainerSettings settings) {
        return NodeKind.areRealInImages(ContainerSettings.COMMAND, settings.realByImage());
    }

    @Override
    public List<String> settings() {
        var names = new ArrayList<>(ContainerSettings.names());
        ContainerSettings.lenient()
                .images()
                .keySet()
                .forEach(node -> names.add(SettingNames.CONTAINER_IMAGE + "." + node));
        return names;
    }

    @Override
    public List<String> objections(TopologySpec topology) {
        var read = settings == null ? ContainerSettings.lenient() : settings;
        var objections = new ArrayList<>(NodeKind.programsInVain(
                SettingsReader.ofThisJvm(name -> Optional.empty()), "backend '" + BACKEND + "' runs what images have"));
        objections.addAll(
                NodeKind.strangers(SettingNames.CONTAINER_IMAGE, read.images().keySet(), topology));
        objections.addAll(command().objections(topology));
        return objections;
    }

    @Override
    public Requirement requirement() {
        return needed(command().requirement());
    }

    @Override
    public Requirement requirement(TopologySpec topology) {
        return needed(command().requirement(topology));
    }

    private static Requirement needed(Requirement ofCommand) {
        return ofCommand.isMet() ? Engine.needed() : ofCommand;
    }

    @Override
    public Deployment deploy(DeployRequest request) throws InterruptedException {
        return ExternalDeployment.deploy(request, BACKEND, () -> host(request));
    }

    private ContainerHost host(DeployRequest request) throws IOException, InterruptedException {
        var read = settings == null ? load() : settings;
        var engine = engines.get();
        var scope =
                session.scope(request.directory().toAbsolutePath().normalize().toString());
        try {
            var programs = new ImagePrograms(
                    engine, read, scope, request.directory().toAbsolutePath(), isReal(read), chosen());
            try {
                programs.open(request.topology().nodes());
            } catch (IOException | InterruptedException | RuntimeException e) {
                programs.close();
                throw e;
            }
            return new ContainerHost(programs, request, engine, read, scope);
        } catch (IOException | InterruptedException | RuntimeException e) {
            engine.close();
            if (e instanceof RuntimeException failure && engine.isTrouble(failure)) {
                throw new IOException(engine.told(failure), e);
            }
            throw e;
        }
    }

    /** Reads the settings; throws what is wrong with them. */
    static ContainerSettings load() throws IOException {
        try {
            return ContainerSettings.load();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
