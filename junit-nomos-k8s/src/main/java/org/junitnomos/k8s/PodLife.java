package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.RunningAddress;
import org.junitnomos.deploy.diagnosis.Diagnosis;
import org.junitnomos.deploy.diagnosis.Symptoms;
import org.junitnomos.deploy.external.NodeLife;
import org.junitnomos.deploy.external.TroubleFinder;
import org.junitnomos.k8s.PodState.Phase;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;

/**
 * One life of a node: a pod. What becomes of it is told by the watch of the deployment's pods; the calls of it must not
 * block.
 */
final class PodLife implements NodeLife, PodWatch.Follower {
    /** A cluster that grows by itself needs a while; one that does not would make the deploy wait in vain. */
    private static final Duration UNSCHEDULABLE_LIMIT = Duration.ofSeconds(10);

    private static final long FORCED_SECONDS = 4;
    private static final long LOG_SECONDS = 5;
    private static final long KILL_SECONDS = 20;
    private static final int NO_EXIT_CODE = -1;
    private static final int SIGKILL = 128 + 9;

    private final NodeSetup setup;
    private final String name;
    private final PodResource pod;
    private final Reach reach;
    private final NodeProgram program;
    private final TroubleFinder troubles;
    private final CompletableFuture<PodState> end = new CompletableFuture<>();
    private final Stopwatch watch = new Stopwatch();
    private @Nullable String cannotEnd;
    private @Nullable PodState unschedulable;
    private long unschedulableSince;
    private volatile boolean paused;
    private volatile boolean wasReady;
    private volatile @Nullable PodLog log;
    private volatile @Nullable RunningAddress address;

    /** How the test JVM reaches the ports of a pod. */
    interface Reach {
        /** Says where they are, or null while that is not known; does not wait. Asked until it is known. */
        @Nullable
        RunningAddress open(PodResource pod);

        /** Says why they will never be known; empty while there is hope. */
        default Optional<String> failure() {
            return Optional.empty();
        }

        /** Nobody needs them any more. */
        void close();
    }

    PodLife(NodeSetup setup, String name, PodResource pod, Reach reach, NodeProgram program) {
        this.program = program;
        this.troubles = program.troubles();
        this.setup = setup;
        this.name = name;
        this.pod = pod;
        this.reach = reach;
    }

    @Override
    public void seen(PodState state) {
        boolean started = state.phase().compareTo(Phase.RUNNING) >= 0;
        synchronized (this) {
            if (started && log == null && !end.isDone()) {
                log = PodLog.follow(pod, name, setup.log(), troubles);
            }
            if (state.phase() != Phase.UNSCHEDULABLE) {
                unschedulable = null;
            } else if (unschedulable == null) {
                unschedulableSince = watch.nanos();
                unschedulable = state;
            } else {
                unschedulable = state;
            }
        }
        if (state.phase() == Phase.READY) {
            wasReady = true;
        }
        if (state.phase() == Phase.ENDED || state.phase() == Phase.STUCK) {
            endedBy(state);
        }
    }

    /** {@inheritDoc} One that somebody deleted by force may still run: its machine kills it after 2 s. */
    @Override
    public void gone(PodState state) {
        boolean byForce = state.exitCode() == null;
        if (!byForce || end.isDone()) {
            endedBy(state);
            return;
        }
        Threads.daemon("gone-" + name, () -> {
                    try {
                        awaitEnd(TimeUnit.SECONDS.toMillis(FORCED_SECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // nobody interrupts this thread
                    }
                    endedBy(new PodState(Phase.ENDED, state.detail(), SIGKILL));
                })
                .start();
    }

    @Override
    public void lost(String reason) {
        endedBy(new PodState(Phase.ENDED, reason, null));
    }

    private void endedBy(PodState state) {
        var copying = log;
        if (copying != null) {
            copying.podEnded();
        }
        if (end.complete(state)) {
            reach.close();
        }
    }

    @Override
    public boolean isAlive() {
        return !end.isDone();
    }

    @Override
    public boolean isPaused() {
        return paused && isAlive();
    }

    @Override
    public int await() throws InterruptedException {
        try {
            return code(end.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is never completed with an exception
        }
    }

    @Override
    public int exitCode() {
        return code(end.getNow(new PodState(Phase.ENDED, "", null)));
    }

    private static int code(PodState state) {
        Integer code = state.exitCode();
        return code == null ? NO_EXIT_CODE : code;
    }

    @Override
    public String reasonOfEnd() {
        awaitLog();
        var state = end.getNow(new PodState(Phase.ENDED, "it did not end", null));
        Integer code = state.exitCode();
        if (code == null) {
            return state.detail();
        }
        var lines = new ArrayList<>(Symptoms.ended(code, setup.log()).output());
        lines.add(state.detail());
        String words = program.meaning(code);
        return Diagnosis.reasonOfEnd(Symptoms.ended(code, lines))
                + (words.isEmpty() ? "" : ": " + words)
                + trouble().map(trouble -> "; " + trouble).orElse("")
                + (state.detail().isEmpty() ? "" : " (" + state.detail() + ")");
    }

    private void awaitLog() {
        var copying = log;
        if (copying != null) {
            try {
                copying.await(LOG_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
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
    public synchronized Optional<RunningAddress> address() {
        giveUpIfUnschedulable();
        if (!wasReady || end.isDone()) {
            return Optional.empty();
        }
        var known = address;
        if (known == null) {
            known = reach.open(pod);
            address = known;
            reach.failure().ifPresent(reason -> endedBy(new PodState(Phase.STUCK, reason, null)));
        }
        return Optional.ofNullable(known);
    }

    private synchronized void giveUpIfUnschedulable() {
        var state = unschedulable;
        if (state != null && watch.nanos() - unschedulableSince > UNSCHEDULABLE_LIMIT.toNanos()) {
            endedBy(new PodState(
                    Phase.STUCK,
                    state.detail() + " for " + DurationText.format(UNSCHEDULABLE_LIMIT)
                            + ". Fix: Give the cluster more machines, deploy fewer nodes, or lower"
                            + " 'nomos.kubernetes.memory' and 'nomos.kubernetes.cpu'",
                    null));
        }
    }

    @Override
    public void askToEnd() throws InterruptedException {
        try {
            if (isPaused()) {
                resume(); // it could not hear anything else
            }
            pod.delete();
        } catch (IOException e) {
            cannotEnd = e.getMessage();
        } catch (KubernetesClientException e) {
            cannotEnd = ApiFailures.text(e);
        }
    }

    @Override
    public boolean awaitEnd(Duration patience) throws IOException, InterruptedException {
        boolean byItself = awaitEnd(patience.toMillis());
        if (byItself) {
            awaitLog();
            return exitCode() != SIGKILL; // what its cluster does after the grace period of its pod
        }
        deleteNow();
        if (!awaitEnd(TimeUnit.SECONDS.toMillis(KILL_SECONDS))) {
            throw new IOException("its pod '" + name + "' is still there " + DurationText.format(patience) + " and "
                    + KILL_SECONDS + " s after it was deleted" + (cannotEnd == null ? "" : ": " + cannotEnd));
        }
        awaitLog();
        return false;
    }

    private boolean awaitEnd(long millis) throws InterruptedException {
        try {
            end.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is never completed with an exception
        }
    }

    @Override
    public void kill() throws IOException, InterruptedException {
        try {
            PodExec.signal(pod, "KILL");
        } catch (IOException e) {
            cannotEnd = e.getMessage();
            deleteNow();
        }
        if (!awaitEnd(TimeUnit.SECONDS.toMillis(KILL_SECONDS))) {
            throw new IOException("its pod '" + name + "' still runs " + KILL_SECONDS + " s after SIGKILL"
                    + (cannotEnd == null ? "" : ": " + cannotEnd));
        }
        awaitLog();
        deleteNow();
    }

    /** Deletes the pod with as little grace as makes the cluster tell when its processes are gone. */
    private void deleteNow() throws IOException {
        try {
            pod.withGracePeriod(end.isDone() ? 0 : 1).delete();
        } catch (KubernetesClientException e) {
            throw new IOException("its pod '" + name + "' cannot be deleted: " + ApiFailures.text(e), e);
        }
    }

    @Override
    public void pause() throws IOException, InterruptedException {
        PodExec.signal(pod, "STOP");
        paused = true;
    }

    @Override
    public void resume() throws IOException, InterruptedException {
        PodExec.signal(pod, "CONT");
        paused = false;
    }
}
