package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.Readiness;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.InMemoryNodeStore;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Cancellation;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.TimelineException;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;

/**
 * Drives the core of one node: calls it with ticks, messages and requests, one at a time, and carries out what it says.
 *
 * <p>A core that throws is dead, like a process that crashed: its API refuses, its log has the reason.
 */
final class EmbeddedNode implements NodeHandle, Readiness.Candidate {
    /** The life of a node that is not running. */
    static final long STOPPED = 0;

    private final NodeSpec spec;
    private final DevNodeConfig config;
    private final NodeCoreFactory factory;
    private final Timeline timeline;
    private final EventLedger events;
    private final EmbeddedNetwork network;
    private final NodeStateListener listener;
    private final NodeClient client;
    private final EmbeddedNodeLog log;
    private final long chainStart;
    private final String tickName;

    /** One call of the core at a time; never held while waiting on the timeline or calling the listener. */
    private final ReentrantLock lock = new ReentrantLock();

    private final NodeDoor door;
    private final PauseGate gate;
    private final NodeStreams streams;
    private final TickPace pace;
    private NodeStore store = new InMemoryNodeStore();
    private @Nullable NodeCore core;
    private @Nullable Cancellation tick;
    private long tickAt;
    private long lives;
    private boolean deathReported = true;
    private volatile long life = STOPPED;
    private volatile @Nullable String failure;

    EmbeddedNode(
            NodeSpec spec,
            DevNodeConfig config,
            EmbeddedHost host,
            NodeClient client,
            EmbeddedNodeLog log,
            NodeDoor door) {
        this.spec = spec;
        this.config = config;
        this.factory = host.factory();
        this.timeline = host.timeline();
        this.events = host.events();
        this.network = host.network();
        this.listener = host.listener();
        this.chainStart = host.chainStart();
        this.client = client;
        this.log = log;
        this.door = door;
        this.tickName = spec.name() + " tick";
        this.streams = new NodeStreams(timeline, lock, of -> of == core);
        this.gate = new PauseGate(lock, timeline, spec.name());
        this.pace = new TickPace(spec.name(), config.slotNanos());
    }

    /** A call of a core, which can die of it. */
    private interface Call<R> {
        R run(NodeCore core, long now);
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
    public URI url() {
        return door.url();
    }

    @Override
    public int peers() {
        return config.peers().size();
    }

    @Override
    public boolean isRunning() {
        return life != STOPPED;
    }

    @Override
    public boolean isPaused() {
        return gate.isClosed();
    }

    @Override
    public boolean isPortOpen() {
        return isRunning();
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Optional<Path> log() {
        return Optional.of(log.file());
    }

    /** Returns the number of the current life; {@link #STOPPED} if there is none. */
    long life() {
        return life;
    }

    /** Begins a new life with the store of the last one: from now on messages and requests reach it. */
    void open() {
        if (isRunning()) {
            throw new IllegalStateException("Node '" + name() + "' is running already.");
        }
        listener.onState(name(), NodeState.SPAWNED, true, lives == 0 ? "deployed" : "started again");
        lock.lock();
        try {
            failure = null;
            long opened = ++lives;
            log.write(LogLevel.INFO, "starting, life " + opened);
            door.bind();
            core = factory.create(config, store, new NodeOutbox(name(), network, log, () -> opened == lives));
            life = opened;
        } catch (RuntimeException | AssertionError e) {
            die(e);
        } finally {
            lock.unlock();
            reportDeath();
        }
    }

    /** Lets the node that was opened say where it stands. */
    void start() {
        long started = life;
        visit(started, (running, now) -> {
            running.start(now);
            door.open(new Visitors(this, started, events, gate));
        });
    }

    /** Calls the core if it still lives the given life. */
    void visit(long inLife, ObjLongConsumer<NodeCore> visit) {
        call(inLife, (running, now) -> {
            visit.accept(running, now);
            return this;
        });
    }

    /** Ends the current life; the store stays. Does nothing if the node is not running. */
    void stop(String reason) {
        end(reason, true);
    }

    /** Ends the current life without telling the core; the store stays. Does nothing if the node is not running. */
    void kill(String reason) {
        end(reason, false);
    }

    private void end(String reason, boolean orderly) {
        lock.lock();
        try {
            var running = core;
            if (running == null) {
                return;
            }
            if (orderly && !gate.isClosed()) {
                stopOrderly(running);
            }
            endLife();
            log.write(LogLevel.INFO, (orderly ? "stopped: " : "killed: ") + reason);
            log.flush();
        } finally {
            lock.unlock();
        }
        gate.tell();
        listener.onState(name(), NodeState.STOPPED, true, reason);
    }

    private void stopOrderly(NodeCore running) {
        try {
            running.stop();
        } catch (RuntimeException | AssertionError e) {
            log.write("failed while stopping", e);
        }
    }

    /** Forgets the store for good. */
    void drop() {
        lock.lock();
        try {
            store = new InMemoryNodeStore();
        } finally {
            lock.unlock();
        }
    }

    /** Halts: from now on the core is not called, and what comes in waits. */
    void pause(String reason) {
        lock.lock();
        try {
            if (core == null || gate.isClosed()) {
                throw new IllegalStateException("Node '" + name() + "' cannot be paused now.");
            }
            gate.close();
            cancelTick();
            log.write(LogLevel.INFO, "paused: " + reason);
            log.flush();
        } finally {
            lock.unlock();
        }
        listener.onState(name(), NodeState.PAUSED, true, reason);
    }

    /** Deals with what came in meanwhile, in its order, then goes on. */
    void resume() {
        long current = life;
        gate.open();
        log.write(LogLevel.INFO, "goes on");
        call(current, (running, now) -> this);
        gate.tell();
    }

    void receive(String from, PeerMessage message, long toLife) {
        gate.passes(() -> visit(toLife, (running, now) -> running.receive(from, message, now)));
    }

    /** Answers a request as the node's HTTP server would. */
    HttpTransport.Response exchange(ApiRequest request, boolean testing, Duration timeout) throws IOException {
        long current = life;
        if (current == STOPPED) {
            throw new ConnectException("Connection refused");
        }
        var exchange = new WaitingExchange(waiting -> ask(current, request, testing, waiting), gate::tell);
        boolean paused = !gate.passes(exchange);
        return exchange.await(timeline, gate.opened(), () -> life != current, timeout, paused);
    }

    private void ask(long inLife, ApiRequest request, boolean testing, WaitingExchange exchange) {
        var asked = call(inLife, (running, now) -> {
            var response = testing ? running.handleTesting(request, now) : running.handle(request, now);
            response.whenReady(ready -> exchange.complete(respond(running, request, ready)));
            return this;
        });
        if (asked.isEmpty()) {
            exchange.complete(null);
        }
    }

    private HttpTransport.Response respond(NodeCore running, ApiRequest request, ApiResponse response) {
        var lines = response.lines();
        if (lines == null) {
            return EmbeddedTransport.carry(response);
        }
        String name = "stream " + request.method() + " " + request.path() + " of node '" + name() + "'";
        return new HttpTransport.Response(response.status(), response.headers(), streams.open(name, running, lines));
    }

    /** Names the streams that no reader has closed. */
    List<String> openStreams() {
        return streams.names();
    }

    void closeLog() throws IOException {
        log.close();
    }

    /** Calls the core if it still lives the given life; empty if it does not, or died of the call. */
    private <R> Optional<R> call(long inLife, Call<R> call) {
        lock.lock();
        try {
            var running = core;
            if (running == null || inLife != life) {
                return Optional.empty();
            }
            long now = timeline.nanos() - chainStart;
            R result = call.run(running, now);
            planTick(running, now);
            return Optional.of(result);
        } catch (TimelineException e) {
            throw e; // the run is at its end; that is no fault of the node
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            die(e);
            return Optional.empty();
        } finally {
            lock.unlock();
            reportDeath();
        }
    }

    private void planTick(NodeCore running, long now) {
        long at = running.nextTick(now);
        if (at <= now) {
            throw new IllegalStateException(
                    "the next tick would be at " + at + " ns, which is not after " + now + " ns");
        }
        if (gate.isClosed() || (tick != null && at == tickAt)) {
            return;
        }
        cancelTick();
        long planned = life;
        tickAt = at;
        tick = events.schedule(at - now, tickName, () -> {
            if (life == planned && !gate.isClosed()) {
                pace.count(timeline.nanos() - chainStart);
                call(planned, (ticking, then) -> {
                    tick = null;
                    ticking.tick(then);
                    return this;
                });
            }
        });
    }

    private void cancelTick() {
        if (tick != null) {
            tick.cancel();
            tick = null;
        }
    }

    private void die(Throwable cause) {
        endLife();
        String text = cause.toString();
        failure = text.lines().findFirst().orElse(text);
        log.write("died of an error of its own", cause);
        deathReported = false;
    }

    private void endLife() {
        life = STOPPED;
        core = null;
        door.close();
        gate.clear();
        cancelTick();
        streams.endAll();
    }

    /** Tells the listener of a death, without the lock. */
    private void reportDeath() {
        String reason;
        lock.lock();
        try {
            reason = failure;
            if (deathReported || reason == null) {
                return;
            }
            deathReported = true;
        } finally {
            lock.unlock();
        }
        gate.tell();
        listener.onState(name(), NodeState.DEAD, false, reason);
    }
}
