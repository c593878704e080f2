package org.junitnomos.k8s;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.NodeSetupValues;
import org.junitnomos.deploy.ProvingCommand;
import org.junitnomos.deploy.ProvingCommand.ServicePorts;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.ChosenCommand;
import org.junitnomos.deploy.external.DevNodeInImage;
import org.junitnomos.deploy.external.TroubleFinder;
import org.junitnomos.deploy.real.RealImage;
import org.junitnomos.deploy.real.RealNodeCommand;
import org.junitnomos.topology.TopologySpec;

/**
 * Knows what runs in the pods of nodes: the program of their image, which takes the configuration of a dev node, real
 * nodes, or what a command of the user says.
 *
 * @param command null for the program of the image
 */
record NodeProgram(@Nullable NodeCommand command) {
    /** Names the class of the command. */
    static final String SETTING = "nomos.kubernetes.command";

    /** What the image says. */
    static final NodeProgram OF_IMAGE = new NodeProgram(null);

    private static final Path OUTSIDE_LOG = Path.of("/dev/stdout");

    /**
     * What all nodes of a deployment run.
     *
     * @param image their image
     * @param program what they run in it
     */
    record InImage(String image, NodeProgram program) {}

    /**
     * How to start one node.
     *
     * @param command what replaces the entry point of the image; empty for that
     * @param arguments what comes after it
     * @param environment variables of the container
     * @param configuration what its configuration says
     * @param directory where that is
     * @param workingDirectory null for that of the image
     * @param ports on which it listens
     */
    record Start(
            List<String> command,
            List<String> arguments,
            Map<String, String> environment,
            String configuration,
            String directory,
            @Nullable String workingDirectory,
            List<PodPort> ports) {
        Start {
            command = List.copyOf(command);
            arguments = List.copyOf(arguments);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            ports = List.copyOf(ports);
        }

        /** The program of the image, which takes the path of its configuration. */
        static Start ofImage(String logLevel, String configuration) {
            var environment = new LinkedHashMap<String, String>();
            environment.put("NOMOS_LOG_LEVEL", logLevel);
            return new Start(
                    List.of(),
                    List.of(NodePod.CONFIG_DIRECTORY + "/" + NodePod.CONFIG_FILE),
                    environment,
                    configuration,
                    NodePod.CONFIG_DIRECTORY,
                    null,
                    PodPort.OF_DEV_NODES);
        }
    }

    /** Reads what the settings of this JVM name. */
    static NodeProgram ofThisJvm(KubernetesSettings settings) {
        return NodeKind.areRealInImages(SETTING, settings.realByImage())
                ? real(settings.image(), null)
                : new NodeProgram(ChosenCommand.load(SETTING).orElse(null));
    }

    /**
     * Runs real nodes.
     *
     * @param reference name of their image; null if none was named
     * @param image the image; null as long as only its name is known
     */
    static NodeProgram real(@Nullable String reference, @Nullable RealImage image) {
        return new NodeProgram(RealNodeCommand.ofImage(reference, image));
    }

    /**
     * Runs the real nodes of an image that has all that they need. Blocks.
     *
     * @param topology says which nodes there are
     * @throws DeploymentException if it lacks something; says all of it at once
     * @throws IOException if its circuits cannot be copied
     */
    static NodeProgram of(String reference, RealImage image, TopologySpec topology) throws IOException {
        var command = RealNodeCommand.ofImage(reference, image);
        String missing = command.requirement(topology).missing();
        if (missing != null) {
            throw new DeploymentException("The nodes cannot be started: " + missing, null);
        }
        command.prepare();
        return new NodeProgram(command);
    }

    boolean isReal() {
        return command instanceof RealNodeCommand;
    }

    /** Makes the genesis where dev nodes would not take it; null where they do. */
    @Nullable
    ProvingCommand proving() {
        return command instanceof ProvingCommand proving ? proving : null;
    }

    String systemUnderTest(KubernetesSettings settings) {
        return command == null ? PodImage.systemUnderTest(settings) : command.systemUnderTest();
    }

    Requirement requirement() {
        return command == null ? Requirement.met() : command.requirement();
    }

    Requirement requirement(TopologySpec topology) {
        return command == null ? Requirement.met() : command.requirement(topology);
    }

    /** Says what of a topology the nodes cannot do, or not with these settings. */
    List<String> objections(TopologySpec topology, KubernetesSettings settings) {
        if (command == null) {
            return List.of();
        }
        var objections = new ArrayList<>(command.objections(topology));
        if (isReal() && settings.dryRun()) {
            objections.add("Setting 'nomos.kubernetes.dry-run' is on, but what real nodes are told is not known before"
                    + " the cluster gave them addresses and their genesis was proven. Leave it out, or set"
                    + " 'nomos.nodes' to \"dev\" to see the manifests of dev nodes.");
        }
        if (isReal() && settings.peers() == PeerAddressing.DNS) {
            objections.add("Setting 'nomos.kubernetes.peers' is \"dns\", but real nodes take only addresses. Leave it"
                    + " out: services have addresses that stay.");
        }
        return objections;
    }

    void prepare() throws IOException, InterruptedException {
        if (command != null) {
            command.prepare();
        }
    }

    /** Whether nodes have a testing port. */
    boolean hasTestingPort() {
        return command == null || !command.capabilities().isEmpty();
    }

    List<PodPort> ports() {
        return isReal() ? PodPort.OF_REAL_NODES : PodPort.OF_DEV_NODES;
    }

    /** Returns what can be done with these nodes, of what can be done with dev nodes in this cluster. */
    Set<Capability> of(Set<Capability> withDevNodes) {
        if (command == null) {
            return withDevNodes;
        }
        var capabilities = EnumSet.copyOf(withDevNodes);
        capabilities.removeAll(DevNodeInImage.all());
        capabilities.addAll(command.capabilities());
        return Collections.unmodifiableSet(capabilities);
    }

    /** Says why these nodes lack a capability; empty if nothing is known. */
    Optional<String> whyNot(Capability capability) {
        return command == null ? Optional.empty() : command.whyNot(capability);
    }

    /**
     * Says how to start a node; a command is told the paths of the pod.
     *
     * @param services where the nodes that there are provide services
     */
    Start start(NodeSetup setup, Map<String, ServicePorts> services) throws IOException {
        if (command == null) {
            return Start.ofImage(setup.logLevel().name(), NodeManifests.configurationText(setup));
        }
        var inside = NodeSetupValues.within(setup, Path.of(NodePod.STATE_DIRECTORY), OUTSIDE_LOG);
        var proving = proving();
        var launch = proving == null ? command.launch(inside) : proving.launch(inside, services);
        return new Start(
                launch.command(),
                List.of(),
                launch.environment(),
                launch.configuration(),
                NodePod.STATE_DIRECTORY,
                NodePod.STATE_DIRECTORY,
                ports());
    }

    /** Begins to read what a life of a node writes, if that tells of trouble. */
    TroubleFinder troubles() {
        return new TroubleFinder(command != null && command.readsLog() ? command::trouble : line -> Optional.empty());
    }

    /** Puts an exit code into words; empty if there is nothing to say. */
    String meaning(int exitCode) {
        return command == null ? "" : command.meaning(exitCode);
    }
}
