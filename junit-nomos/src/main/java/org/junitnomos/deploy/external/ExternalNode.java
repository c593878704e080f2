package org.junitnomos.deploy.external;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.client.NodeLocator;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.NodeUsage;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.deploy.RunningAddress;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Threads;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.slf4j.LoggerFactory;

/** A node over all its lives. Thread-safe; the listener is called without a lock. */
final class ExternalNode implements NodeHandle, Readiness.Candidate {
    private static final int CONNECT_MILLIS = 1_000;

    private final NodeSpec spec;
    private final Function<ExternalNode, NodeSetup> setups;
    private final NodeHost host;
    private final NodeStateListener listener;
    private final NodeClient client;
    private final List<String> peers;
    private final Path directory;
    private final Path log;
    private volatile @Nullable Held held;
    private volatile @Nullable String failure;

    /** A life, and whether somebody asked for its end: one that comes unasked is a failure. Thread-safe. */
    private static final class Held {
        private final NodeLife life;
        private boolean asked;

        Held(NodeLife life) {
            this.life = life;
        }

        /** Notes that its end is asked for; false if it ended by itself before. */
        synchronized boolean ask() {
            asked = asked || life.isAlive();
            return asked;
        }

        synchronized boolean isAsked() {
            return asked;
        }
    }

    /**
     * Prepares a node that has not lived yet.
     *
     * @param nodes directory of the nodes' logs and directories
     */
    ExternalNode(
            NodeSpec spec,
            List<String> peers,
            NodeHost host,
            NodeClients clients,
            NodeStateListener listener,
            Path nodes,
            Function<ExternalNode, NodeSetup> setups) {
        this.spec = spec;
        this.setups = setups;
        this.host = host;
        this.listener = listener;
        this.client = clients.client(spec.name(), (NodeLocator) this::locate);
        this.peers = new CopyOnWriteArrayList<>(peers);
        this.directory = nodes.resolve(spec.name());
        this.log = nodes.resolve(spec.name() + ".log");
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
    public URI innerUrl() {
        return host.innerUrl(name()).orElseGet(NodeHandle.super::innerUrl);
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

    private @Nullable NodeLife life() {
        var current = held;
        return current == null ? null : current.life;
    }

    @Override
    public boolean isRunning() {
        var current = life();
        return current != null && current.isAlive();
    }

    @Override
    public boolean isPaused() {
        var current = life();
        return current != null && current.isPaused();
    }

    @Override
    public Optional<NodeUsage> usage() {
        var current = life();
        return current == null ? Optional.empty() : current.usage();
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Optional<String> trouble() {
        var current = life();
        return current == null ? Optional.empty() : current.trouble();
    }

    @Override
    public OptionalInt exitCode() {
        var current = life();
        return current == null || current.isAlive() ? OptionalInt.empty() : OptionalInt.of(current.exitCode());
    }

    /** Where the current life is reached; empty if there is none, or it is not known yet. */
    Optional<RunningAddress> address() {
        var current = life();
        if (current == null || !current.isAlive()) {
            return Optional.empty();
        }
        try {
            return current.address();
        } catch (IOException e) {
            throw new DeploymentException(
                    "It cannot be found out where node '" + name() + "' is reached: " + e.getMessage(), e);
        }
    }

    private @Nullable NodeEndpoint locate() {
        return address().map(RunningAddress::endpoint).orElse(null);
    }

    @Override
    public boolean isPortOpen() {
        var address = address();
        if (address.isEmpty()) {
            return false;
        }
        URI api = address.get().endpoint().api();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.placeOf(api.getHost()), api.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String closedPort() {
        return address()
                .map(address -> address.endpoint().api() + " refused the connection")
                .orElse("it has not told its ports yet");
    }

    /** Whether it had a life before. */
    boolean hasLived() {
        return held != null;
    }

    /** Tells that a life is about to begin. */
    void announce() {
        if (isRunning()) {
            throw new IllegalStateException("Node '" + name() + "' is running already.");
        }
        listener.onState(name(), NodeState.SPAWNED, true, held == null ? "deployed" : "started again");
    }

    /** Begins a life that was announced; does not wait for anything the node does. */
    void begin() throws InterruptedException {
        failure = null;
        Held begun;
        try {
            Files.createDirectories(directory);
            begun = new Held(host.start(setups.apply(this), held == null));
            held = begun;
        } catch (IOException e) {
            throw new DeploymentException(
                    "Node '" + name() + "' cannot be started in " + directory + ": " + e + ".", e);
        }
        begun.life.onTrouble(trouble -> {
            if (!begun.isAsked()) {
                listener.onState(name(), NodeState.IMPAIRED, false, trouble);
            }
        });
        Threads.daemon("watch-" + name(), () -> watch(begun)).start();
    }

    /** Tells at once of a node that ended by itself. */
    private void watch(Held watched) {
        try {
            watched.life.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
            return;
        }
        if (watched.isAsked()) {
            return;
        }
        String reason = watched.life.reasonOfEnd();
        failure = reason;
        try {
            watched.life.endedByItself();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(ExternalNode.class).warn("The end of node '{}' is not written down", name(), e);
        }
        listener.onState(name(), NodeState.DEAD, false, reason);
    }

    /** Asks the current life to end; empty if there is none, or it ended by itself. */
    Optional<NodeLife> askToEnd() throws InterruptedException {
        var current = held;
        if (current == null || !current.ask()) {
            return Optional.empty();
        }
        current.life.askToEnd();
        return Optional.of(current.life);
    }

    /** Waits for the end of a life that was asked to, and tells the listener. */
    void awaitEnd(NodeLife ending, String reason) throws InterruptedException {
        try {
            boolean byItself = ending.awaitEnd(host.patience());
            String how = byItself
                    ? ""
                    : "; it did not end within " + DurationText.format(host.patience()) + " and was killed";
            if (!byItself) {
                LoggerFactory.getLogger(ExternalNode.class).warn("Node '{}' was {}{}", name(), reason, how);
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
        var current = held;
        if (current == null || !current.ask()) {
            return;
        }
        try {
            current.life.kill();
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

    private NodeLife running(String done) {
        var current = life();
        if (current == null || !current.isAlive()) {
            throw new IllegalStateException("Node '" + name() + "' cannot be " + done + ": it is not running.");
        }
        return current;
    }

    private DeploymentException cannot(String done, IOException e) {
        return new DeploymentException("Node '" + name() + "' cannot be " + done + ": " + e.getMessage() + ".", e);
    }
}
