package org.junitnomos.deploy.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.NodeUsage;
import org.junitnomos.deploy.RunningAddress;
import org.junitnomos.deploy.diagnosis.Diagnosis;
import org.junitnomos.deploy.diagnosis.Symptoms;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.Timeline;

/**
 * One life of a node: a process and what it started, registered before it exists. Thread-safe.
 *
 * <p>The process counts as ended when nothing of what it started is left; that is seen to here.
 */
final class NodeProcess implements NodeLife {
    private static final long KILL_SECONDS = 10;
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(KILL_SECONDS);

    private final Process process;
    private final Entry entry;
    private final Timeline timeline;
    private final NodeSetup setup;
    private final NodeCommand command;
    private final boolean endsWithInput;
    private final @Nullable LogWatch watch;
    private final Set<ProcessHandle> family = new LinkedHashSet<>();
    private volatile boolean paused;
    private volatile @Nullable RunningAddress address;

    private NodeProcess(
            NodeSetup setup,
            NodeCommand command,
            boolean endsWithInput,
            Process process,
            Entry entry,
            Timeline timeline,
            @Nullable LogWatch watch) {
        this.watch = watch;
        this.setup = setup;
        this.command = command;
        this.process = process;
        this.timeline = timeline;
        this.entry = entry;
        this.endsWithInput = endsWithInput;
    }

    /** Starts a process whose output is on disk from the first byte on. */
    static NodeProcess start(NodeSetup setup, NodeLaunch launch, NodeCommand command, Scope scope, Timeline timeline)
            throws IOException {
        var builder = new ProcessBuilder(launch.command())
                .directory(setup.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(setup.log().toFile()));
        var environment = builder.environment();
        launch.withheld().forEach(environment::remove);
        environment.putAll(launch.environment());
        var watch = command.readsLog() ? new LogWatch(setup.log(), command::trouble) : null;
        Entry entry = scope.register(ResourceKind.PROCESS, setup.node().name());
        Process process = entry.start(builder);
        if (watch != null) {
            watch.follow(process, setup.node().name());
        }
        return new NodeProcess(setup, command, launch.endsWithInput(), process, entry, timeline, watch);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public boolean isPaused() {
        return paused && process.isAlive();
    }

    @Override
    public Optional<RunningAddress> address() throws IOException {
        var known = address;
        if (known == null) {
            known = command.findPorts(setup, process.pid())
                    .map(ports -> new RunningAddress(ports.endpoint(setup.node().name()), ports.peerAddress()))
                    .orElse(null);
            address = known;
        }
        return Optional.ofNullable(known);
    }

    @Override
    public Optional<NodeUsage> usage() {
        if (!process.isAlive()) {
            return Optional.empty();
        }
        var all = Stream.concat(Stream.of(process.toHandle()), process.descendants());
        return ProcessUsage.of(all.toList(), setup.directory());
    }

    @Override
    public String reasonOfEnd() {
        String meaning = command.meaning(exitCode());
        if (watch != null) {
            watch.read();
        }
        return Diagnosis.reasonOfEnd(Symptoms.ended(exitCode(), setup.log()))
                + (meaning.isEmpty() ? "" : ": " + meaning)
                + trouble().map(trouble -> "; " + trouble).orElse("");
    }

    @Override
    public Optional<String> trouble() {
        return watch == null ? Optional.empty() : watch.trouble();
    }

    @Override
    public void onTrouble(Consumer<String> listener) {
        if (watch != null) {
            watch.onTrouble(listener);
        }
    }

    @Override
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public void askToEnd() throws InterruptedException {
        rememberFamily();
        if (isPaused()) {
            try {
                Signals.resume(pids());
                paused = false;
            } catch (IOException e) {
                killAll(); // it could not hear anything else
                return;
            }
        }
        if (endsWithInput) {
            try (OutputStream input = process.getOutputStream()) {
                input.flush();
            } catch (IOException e) {
                process.destroy(); // the pipe broke: it is about to end, or closed its input long ago
            }
        } else {
            process.destroy();
        }
    }

    @Override
    public boolean awaitEnd(Duration patience) throws IOException, InterruptedException {
        boolean byItself = process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (!byItself) {
            rememberFamily();
        }
        end();
        return byItself;
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        rememberFamily();
        end();
    }

    private void end() throws IOException, InterruptedException {
        killAll();
        if (!process.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("process " + process.pid() + " is still there " + KILL_SECONDS
                    + " s after SIGKILL: it waits for a disk or a device");
        }
        awaitFamily();
        if (!entry.killRest()) {
            throw new IOException("what process " + process.pid() + " started is still there");
        }
        entry.released();
    }

    /** What it started is no child of this JVM: there is no other way than to look again and again. */
    private void awaitFamily() throws IOException, InterruptedException {
        try {
            new PollLoop(timeline, "what process " + process.pid() + " started has ended", LOOK, LOOK_LIMIT)
                    .untilTrue(() -> familyIsGone());
        } catch (PollTimeoutException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private synchronized boolean familyIsGone() {
        return family.stream().noneMatch(ProcessHandle::isAlive);
    }

    private synchronized void rememberFamily() {
        process.descendants().forEach(family::add);
    }

    private synchronized void killAll() {
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private synchronized List<Long> pids() {
        var pids = new ArrayList<Long>();
        pids.add(process.pid());
        family.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    @Override
    public void pause() throws IOException, InterruptedException {
        rememberFamily();
        Signals.pause(pids());
        paused = true;
    }

    @Override
    public void resume() throws IOException, InterruptedException {
        Signals.resume(pids());
        paused = false;
    }

    /** What it started is found by its mark when the deployment is settled. */
    @Override
    public void endedByItself() {
        entry.released();
    }
}
