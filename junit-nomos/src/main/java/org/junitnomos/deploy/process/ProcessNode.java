package org.junitnomos.deploy.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.NodeLocator;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.deploy.diagnosis.Diagnosis;
import org.junitnomos.deploy.diagnosis.ProgramFile;
import org.junitnomos.deploy.diagnosis.Signature;
import org.junitnomos.deploy.diagnosis.Symptoms;
import org.junitnomos.internal.DurationText;
import org.junitnomos.internal.Threads;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.slf4j.LoggerFactory;

/** A node that is a process, over all its lives. Thread-safe; the listener is called without a lock. */
final class ProcessNode implements NodeHandle, Readiness.Candidate {
    private static final int CONNECT_MILLIS = 1_000;

    private final NodeSpec spec;
    private final NodeCommand command;
    private final Function<ProcessNode, NodeSetup> setups;
    private final ProcessHost host;
    private final NodeStateListener listener;
    private final NodeClient client;
    private final List<String> peers;
    private final Path directory;
    private final Path log;
    private volatile @Nullable NodeProcess life;
    private volatile @Nullable NodeSetup setup;
    private volatile @Nullable String failure;

    ProcessNode(NodeSpec spec, List<String> peers, ProcessHost host, Function<ProcessNode, NodeSetup> setups) {
        this.spec = spec;
        this.command = host.command();
        this.setups = setups;
        this.host = host;
        this.listener = host.listener();
        this.client = host.clients().client(spec.name(), (NodeLocator) this::locate);
        this.peers = new CopyOnWriteArrayList<>(peers);
        this.directory = host.nodes().resolve(spec.name());
        this.log = host.nodes().resolve(spec.name() + ".log");
    }

    @Override
    public NodeSpec spec() {
        return spec;
    }

    @Override
    public NodeHandle node() {
        return this;
    }

    @Override
    public NodeClient client() {
        return client;
    }

    @Override
    public int peers() {
        return peers.size();
    }

    /** The names of its peers, which change when nodes join and leave. */
    List<String> peerNames() {
        return peers;
    }

    Path directory() {
        return directory;
    }

    Path logFile() {
        return log;
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(log);
    }

    @Override
    public boolean isRunning() {
        var current = life;
        return current != null && current.isAlive();
    }

    @Override
    public boolean isPaused() {
        var current = life;
        return current != null && current.isPaused();
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public OptionalInt exitCode() {
        var current = life;
        return current == null || current.isAlive() ? OptionalInt.empty() : OptionalInt.of(current.exitCode());
    }

    /** The ports of the current life, looked for if they are not known yet; empty if there are none yet. */
    Optional<NodePorts> ports() {
        var current = life;
        var started = setup;
        if (current == null || started == null || !current.isAlive()) {
            return Optional.empty();
        }
        var known = current.ports();
        if (known != null) {
            return Optional.of(known);
        }
        try {
            var found = command.findPorts(started, current.pid());
            found.ifPresent(current::listensOn);
            return found;
        } catch (IOException e) {
            throw new DeploymentException("The ports of node '" + name() + "' cannot be read: " + e, e);
        }
    }

    private @Nullable NodeEndpoint locate() {
        return ports().map(ports -> ports.endpoint(name())).orElse(null);
    }

    @Override
    public boolean isPortOpen() {
        var ports = ports();
        if (ports.isEmpty()) {
            return false;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ports.get().host(), ports.get().api()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String closedPort() {
        return ports().map(ports -> ports.endpoint(name()).api() + " refused the connection")
                .orElse("it has not told its ports yet");
    }

    /** Begin a life; does not wait for anything the process does. */
    void start() {
        if (isRunning()) {
            throw new IllegalStateException("Node '" + name() + "' is running already.");
        }
        listener.onState(name(), NodeState.SPAWNED, true, life == null ? "deployed" : "started again");
        failure = null;
        NodeProcess begun;
        try {
            Files.createDirectories(directory);
            var next = setups.apply(this);
            var launch = command.launch(next);
            if (!launch.configuration().isEmpty()) {
                Files.writeString(next.config(), launch.configuration(), StandardCharsets.UTF_8);
            }
            setup = next;
            begun = spawn(launch);
            life = begun;
        } catch (IOException e) {
            throw new DeploymentException(
                    "Node '" + name() + "' cannot be started in " + directory + ": " + e + ".", e);
        }
        Threads.daemon("watch-" + name(), () -> watch(begun)).start();
    }

    private NodeProcess spawn(NodeLaunch launch) {
        String program = launch.command().get(0);
        if (program.indexOf('/') >= 0) {
            ProgramFile.check(directory.resolve(program))
                    .filter(problem ->
                            problem.signature() == Signature.WRONG_ARCHITECTURE) // the start tells the others
                    .ifPresent(problem -> {
                        throw new DeploymentException(
                                "Node '" + name() + "' cannot be started: " + launch.command() + " in " + directory
                                        + "\n" + problem.text(),
                                null);
                    });
        }
        try {
            return NodeProcess.start(name(), launch, directory, log, host);
        } catch (IOException e) {
            String cause = Diagnosis.of(Symptoms.notStarted(e))
                    .map(diagnosis -> "\n" + diagnosis.text())
                    .orElse("");
            throw new DeploymentException(
                    "Node '" + name() + "' cannot be started: " + launch.command() + " in " + directory + ": "
                            + e.getMessage() + cause,
                    e);
        }
    }

    /** Tell at once of a process that ended by itself. */
    private void watch(NodeProcess watched) {
        int exitCode;
        try {
            exitCode = watched.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
            return;
        }
        if (watched.isAsked()) {
            return;
        }
        String meaning = command.meaning(exitCode);
        String reason =
                Diagnosis.reasonOfEnd(Symptoms.ended(exitCode, log)) + (meaning.isEmpty() ? "" : ": " + meaning);
        failure = reason;
        try {
            watched.endedByItself();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ProcessNode.class).warn("The end of node '{}' is not written down", name(), e);
        }
        listener.onState(name(), NodeState.DEAD, false, reason);
    }

    /** Ask the current life to end; empty if there is none, or it ended by itself. */
    Optional<NodeProcess> askToEnd() throws InterruptedException {
        var current = life;
        if (current == null || !current.ask()) {
            return Optional.empty();
        }
        current.askToEnd();
        return Optional.of(current);
    }

    /** Wait for the end of a life that was asked to, and tell the listener. */
    void awaitEnd(NodeProcess ending, String reason) throws InterruptedException {
        try {
            boolean byItself = ending.awaitEnd(host.patience());
            String how = byItself
                    ? ""
                    : "; it did not end within " + DurationText.format(host.patience()) + " and was killed";
            if (!byItself) {
                LoggerFactory.getLogger(ProcessNode.class).warn("Node '{}' was {}{}", name(), reason, how);
            }
            listener.onState(name(), NodeState.STOPPED, true, reason + how);
        } catch (IOException e) {
            throw cannot("stopped", e);
        }
    }

    void stop(String reason) throws InterruptedException {
        var ending = askToEnd();
        if (ending.isPresent()) {
            awaitEnd(ending.get(), reason);
        }
    }

    void kill(String reason) throws InterruptedException {
        var current = life;
        if (current == null || !current.ask()) {
            return;
        }
        try {
            current.kill();
        } catch (IOException e) {
            throw cannot("killed", e);
        }
        listener.onState(name(), NodeState.STOPPED, true, reason);
    }

    void pause() throws InterruptedException {
        try {
            running("paused").pause();
        } catch (IOException e) {
            throw cannot("paused", e);
        }
        listener.onState(name(), NodeState.PAUSED, true, "paused by node control");
    }

    void resume() throws InterruptedException {
        try {
            running("resumed").resume();
        } catch (IOException e) {
            throw cannot("resumed", e);
        }
    }

    private NodeProcess running(String done) {
        var current = life;
        if (current == null || !current.isAlive()) {
            throw new IllegalStateException("Node '" + name() + "' cannot be " + done + ": it is not running.");
        }
        return current;
    }

    private DeploymentException cannot(String done, IOException e) {
        return new DeploymentException("Node '" + name() + "' cannot be " + done + ": " + e.getMessage() + ".", e);
    }
}
