package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.TestingClient.Peer;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.external.DevNodeExit;
import org.junitnomos.deploy.external.DevNodeInImage;
import org.junitnomos.deploy.program.ChildJvm;
import org.junitnomos.deploy.program.ProgramClasses;

/**
 * Runs dev nodes as child JVMs of the JDK that runs the tests.
 *
 * <p>The class path of a child is computed from where this JVM has the classes of a dev node from. Options for JVMs in
 * the environment of the tests ({@code JAVA_TOOL_OPTIONS} and the like) are meant for the tests and kept from nodes.
 */
final class DevNodeCommand implements NodeCommand {
    private static final List<String> FOR_TESTS_ONLY =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private volatile @Nullable ChildJvm jvm;

    @Override
    public String systemUnderTest() {
        return NodeKind.DEV_NODES;
    }

    @Override
    public Set<Capability> capabilities() {
        return DevNodeInImage.all();
    }

    @Override
    public Requirement requirement() {
        try {
            ChildJvm.find();
            return Requirement.met();
        } catch (IOException e) {
            return Requirement.missing("Dev nodes cannot run as processes: " + e.getMessage() + ".");
        }
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jvm = QuickStart.find().prepare();
    }

    @Override
    public NodeLaunch launch(NodeSetup setup) throws IOException {
        var prepared = jvm;
        if (prepared == null) {
            throw new IllegalStateException("prepare() was not called before the first node was started");
        }
        return launch(setup, prepared);
    }

    /** Says how to start a node with that JVM. */
    NodeLaunch launch(NodeSetup setup, ChildJvm prepared) throws IOException {
        Files.deleteIfExists(DevNodeFiles.portsFile(setup));
        var command = new ArrayList<>(prepared.command());
        command.add(ProgramClasses.DEV_NODE);
        command.add(setup.config().toString());
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NOMOS_LOG_LEVEL", setup.logLevel().name());
        return new NodeLaunch(command, environment, FOR_TESTS_ONLY, DevNodeFiles.text(setup), true);
    }

    @Override
    public Optional<NodePorts> findPorts(NodeSetup setup, long pid) throws IOException {
        Path file = DevNodeFiles.portsFile(setup);
        try {
            return Optional.of(DevNodeFiles.readPorts(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void introduce(NodeClient node, Map<String, String> addresses) {
        var peers = new ArrayList<Peer>();
        addresses.forEach((name, address) -> peers.add(new Peer(name, address)));
        node.devControl().addPeers(peers);
    }

    @Override
    public String meaning(int exitCode) {
        return DevNodeExit.meaning(exitCode);
    }
}
