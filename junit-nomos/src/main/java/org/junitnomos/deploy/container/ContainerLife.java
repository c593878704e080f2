package org.junitnomos.deploy.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.WaitResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeUsage;
import org.junitnomos.deploy.RunningAddress;
import org.junitnomos.deploy.diagnosis.Diagnosis;
import org.junitnomos.deploy.diagnosis.ExitCode;
import org.junitnomos.deploy.diagnosis.Signature;
import org.junitnomos.deploy.diagnosis.Symptoms;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.deploy.external.TroubleFinder;
import org.junitnomos.time.Patience;

/** One life of a node: from a start of its container to the end of it. Thread-safe. */
final class ContainerLife implements NodeLife {
    /** On a busy machine runc may fail to bring all threads of a container to rest, and lets them go on. */
    private static final String NOT_FROZEN = "unable to freeze";

    /** How often it is asked to. */
    private static final int FREEZES = 10;

    private static final long KILL_SECONDS = 20;
    private static final long LAST_WORDS_MILLIS = 2_000;
    private static final int ENGINE_LOST = 125; // as the client of Docker has it for troubles of the engine
    private static final int SIGKILL = 128 + 9;
    private static final Duration LATE_EVENT = Duration.ofSeconds(2);
    private static final long MEBI = 1024L * 1024;

    /**
     * A container that lives.
     *
     * @param node name of its node
     * @param id as the engine knows it
     * @param log where its output goes
     * @param memory its limit in bytes
     * @param peerAddress where other nodes reach it
     * @param command knows its exit codes, and reads its log; null if it runs no node
     */
    record Living(
            String node,
            String id,
            Path log,
            long memory,
            String peerAddress,
            @Nullable NodeCommand command) {}

    private final ConnectedEngine engine;
    private final Living container;
    private final String id;
    private final LogStream output;
    private final TroubleFinder troubles;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final ContainerUsage usage;
    private volatile boolean paused;
    private volatile boolean removed;
    private volatile @Nullable String engineLost;
    private volatile @Nullable RunningAddress address;

    private ContainerLife(ConnectedEngine engine, Living container, LogStream output, TroubleFinder troubles) {
        this.troubles = troubles;
        this.engine = engine;
        this.container = container;
        this.id = container.id();
        this.output = output;
        this.usage = new ContainerUsage(
                id,
                () -> inspect().getPidLong(),
                listener -> engine.client().statsCmd(id).exec(listener));
    }

    /**
     * Starts a container and follows it from its first byte on.
     *
     * @throws DockerException if the engine cannot start it
     */
    static ContainerLife begin(ConnectedEngine engine, Living container) throws IOException, InterruptedException {
        var command = container.command();
        var troubles =
                new TroubleFinder(command != null && command.readsLog() ? command::trouble : line -> Optional.empty());
        var output = new LogStream(container.log(), troubles);
        String id = container.id();
        try {
            engine.client()
                    .attachContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(output)
                    .awaitStarted();
            engine.client().startContainerCmd(id).exec();
        } catch (InterruptedException | RuntimeException e) {
            output.stop();
            throw e;
        }
        var life = new ContainerLife(engine, container, output, troubles);
        life.end.thenRun(life.usage::stop);
        engine.client().waitContainerCmd(id).exec(life.new End());
        return life;
    }

    /** Hears of the end of the container, or of the engine. */
    private final class End extends ResultCallback.Adapter<WaitResponse> {
        @Override
        public void onNext(WaitResponse ended) {
            end.complete(ended.getStatusCode());
        }

        @Override
        public void onError(Throwable failure) {
            lost(failure);
        }

        @Override
        public void onComplete() {
            lost(null); // does nothing if the end was told
        }

        private void lost(@Nullable Throwable failure) {
            if (end.isDone()) {
                return;
            }
            if (failure instanceof NotFoundException) {
                removed = true;
            } else {
                engineLost = engine.lose(failure);
            }
            end.complete(ENGINE_LOST);
        }
    }

    @Override
    public boolean isAlive() {
        return !end.isDone();
    }

    @Override
    public Optional<NodeUsage> usage() {
        return isAlive() ? usage.usage() : Optional.empty();
    }

    @Override
    public boolean isPaused() {
        return paused && isAlive();
    }

    @Override
    public int await() throws InterruptedException {
        int code = awaitCode();
        output.finish(LAST_WORDS_MILLIS);
        return code;
    }

    private int awaitCode() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it like that
        }
    }

    @Override
    public int exitCode() {
        return end.getNow(ENGINE_LOST);
    }

    @Override
    public String reasonOfEnd() {
        if (removed) {
            return "somebody removed its container";
        }
        String lost = engineLost;
        if (lost != null) {
            return lost;
        }
        String code = ExitCode.describe(exitCode());
        String fault = "";
        try {
            var state = stateAtEnd();
            if (isOutOfMemory(state)) {
                return code + "; cause: " + Signature.KILLED_FOR_MEMORY.label() + " (limit of the container: "
                        + container.memory() / MEBI + " MiB); fix: raise '" + ContainerSettings.MEMORY + "'";
            }
            fault = state.getError() == null || state.getError().isBlank() ? "" : "; " + state.getError();
        } catch (RuntimeException e) {
            fault = "; the engine does not say more: " + engine.told(e);
        }
        var command = container.command();
        String words = command == null ? "" : command.meaning(exitCode());
        return Diagnosis.reasonOfEnd(Symptoms.ended(exitCode(), container.log()))
                + (words.isEmpty() ? "" : ": " + words)
                + trouble().map(trouble -> "; " + trouble).orElse("")
                + fault;
    }

    /** An engine hears of a kill for memory by an event of its own, which may come after that of the end. */
    private InspectContainerResponse.ContainerState stateAtEnd() {
        var last = new InspectContainerResponse.ContainerState[1]; // asked at once, and again
        try {
            Patience.until(
                    () -> {
                        last[0] = inspect();
                        return exitCode() != SIGKILL || isOutOfMemory(last[0]);
                    },
                    LATE_EVENT,
                    LATE_EVENT.dividedBy(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts the thread that watches a node
        }
        return last[0];
    }

    private InspectContainerResponse.ContainerState inspect() {
        return engine.client().inspectContainerCmd(id).exec().getState();
    }

    private static boolean isOutOfMemory(InspectContainerResponse.ContainerState state) {
        return Boolean.TRUE.equals(state.getOOMKilled());
    }

    @Override
    public Optional<String> trouble() {
        return troubles.trouble();
    }

    @Override
    public void onTrouble(Consumer<String> listener) {
        troubles.onTrouble(listener);
    }

    @Override
    public Optional<RunningAddress> address() throws IOException {
        var known = address;
        if (known == null) {
            known = find();
            address = known;
        }
        return Optional.ofNullable(known);
    }

    private @Nullable RunningAddress find() throws IOException {
        try {
            Map<ExposedPort, Ports.Binding[]> ports = engine.client()
                    .inspectContainerCmd(id)
                    .exec()
                    .getNetworkSettings()
                    .getPorts()
                    .getBindings();
            URI api = published(ports, NodeContainer.API);
            return api == null
                    ? null
                    : new RunningAddress(
                            new NodeEndpoint(container.node(), api, published(ports, NodeContainer.TESTING)),
                            Optional.of(container.peerAddress()));
        } catch (NotFoundException e) {
            return null; // its end is about to be told
        } catch (RuntimeException e) {
            throw new IOException(engine.told(e), e);
        }
    }

    private @Nullable URI published(Map<ExposedPort, Ports.Binding[]> ports, int port) {
        var bindings = ports.get(ExposedPort.tcp(port));
        return bindings == null || bindings.length == 0
                ? null
                : URI.create("http://" + engine.host() + ":" + bindings[0].getHostPortSpec());
    }

    @Override
    public void askToEnd() {
        try {
            signal("SIGTERM");
        } catch (IOException e) {
            paused = false; // it is told when the end does not come
        }
    }

    /** An engine lets a paused container go on when it gets a signal. */
    private void signal(String signal) throws IOException {
        try {
            engine.client().killContainerCmd(id).withSignal(signal).exec();
            paused = false;
        } catch (NotFoundException | ConflictException e) {
            paused = false; // it has ended already
        } catch (RuntimeException e) {
            throw new IOException("the engine does not send it " + signal + ": " + engine.told(e), e);
        }
    }

    @Override
    public boolean awaitEnd(Duration patience) throws IOException, InterruptedException {
        boolean byItself = awaitWithin(patience.toNanos());
        if (!byItself) {
            kill();
        }
        requireEnd();
        output.finish(LAST_WORDS_MILLIS);
        return byItself;
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        if (isAlive()) {
            signal("SIGKILL");
        }
        if (!awaitWithin(TimeUnit.SECONDS.toNanos(KILL_SECONDS))) {
            throw new IOException("its container " + id + " is still there " + KILL_SECONDS + " s after SIGKILL");
        }
        requireEnd();
        output.finish(LAST_WORDS_MILLIS);
    }

    /** Nobody knows whether it ended if the engine was lost. */
    private void requireEnd() throws IOException {
        String lost = engineLost;
        if (lost != null) {
            output.stop();
            throw new IOException(lost);
        }
    }

    private boolean awaitWithin(long nanos) throws InterruptedException {
        try {
            end.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it like that
        }
    }

    @Override
    public void pause() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                engine.client().pauseContainerCmd(id).exec();
                paused = true;
                return;
            } catch (RuntimeException e) {
                String told = engine.told(e);
                if (attempt == FREEZES || !told.contains(NOT_FROZEN)) {
                    throw new IOException(told, e);
                }
            }
        }
    }

    @Override
    public void resume() throws IOException {
        try {
            engine.client().unpauseContainerCmd(id).exec();
            paused = false;
        } catch (RuntimeException e) {
            throw new IOException(engine.told(e), e);
        }
    }
}
