package org.junitnomos.k8s;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.NodeSetupValues;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.ChosenCommand;
import org.junitnomos.deploy.external.DevNodeInImage;

/**
 * Knows what runs in the pods of nodes: the program of their image, which takes the configuration of a dev node, or
 * what a command of the user says.
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
     */
    record Start(
            List<String> command,
            List<String> arguments,
            Map<String, String> environment,
            String configuration,
            String directory) {
        Start {
            command = List.copyOf(command);
            arguments = List.copyOf(arguments);
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
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
                    NodePod.CONFIG_DIRECTORY);
        }
    }

    /** Reads what the settings of this JVM name. */
    static NodeProgram ofThisJvm() {
        return new NodeProgram(ChosenCommand.load(SETTING).orElse(null));
    }

    String systemUnderTest(KubernetesSettings settings) {
        return command == null ? PodImage.systemUnderTest(settings) : command.systemUnderTest();
    }

    Requirement requirement() {
        return command == null ? Requirement.met() : command.requirement();
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

    /** Says how to start a node; a command is told the paths of the pod. */
    Start start(NodeSetup setup) throws IOException {
        if (command == null) {
            return Start.ofImage(setup.logLevel().name(), NodeManifests.configurationText(setup));
        }
        var launch = command.launch(NodeSetupValues.within(setup, Path.of(NodePod.STATE_DIRECTORY), OUTSIDE_LOG));
        return new Start(
                launch.command(), List.of(), launch.environment(), launch.configuration(), NodePod.STATE_DIRECTORY);
    }

    /** Puts an exit code into words; empty if there is nothing to say. */
    String meaning(int exitCode) {
        return command == null ? "" : command.meaning(exitCode);
    }
}
