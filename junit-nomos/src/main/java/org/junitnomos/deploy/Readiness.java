package org.junitnomos.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;
import org.junitnomos.deploy.diagnosis.Diagnosis;
import org.junitnomos.deploy.diagnosis.Symptoms;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Timeline;
import org.junitnomos.topology.NodeState;

/**
 * Waits until nodes are ready, in the same steps on every backend: port open, API answers, peers connected.
 *
 * <p>All nodes are asked in turn once per period, each for the step it has not done yet, so a cluster takes as long as
 * its slowest node. A node that ended fails the wait at once. In real time the limit is extended on a machine that is
 * busy when it is reached. Not thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Readiness {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Timeline timeline;
    private final Duration timeout;
    private final Duration period;
    private final NodeStateListener listener;
    private final Map<Candidate, ReadinessProgress> progress = new LinkedHashMap<>();
    private final Allowance allowance;
    private final long start;

    /**
     * Prepares a wait that asks every 100 ms.
     *
     * @param timeline whose time counts
     * @param timeout limit for all nodes together, from now on; positive
     * @param listener hears of every state a node reaches
     */
    public Readiness(Timeline timeline, Duration timeout, NodeStateListener listener) {
        this(timeline, timeout, PERIOD, listener);
    }

    /**
     * Prepares a wait.
     *
     * @param timeline whose time counts
     * @param timeout limit for all nodes together, from now on; positive
     * @param period how often nodes are asked; positive
     * @param listener hears of every state a node reaches
     */
    public Readiness(Timeline timeline, Duration timeout, Duration period, NodeStateListener listener) {
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.period = Objects.requireNonNull(period, "period");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.allowance = Allowance.on(timeline, timeout);
        this.start = timeline.nanos();
    }

    /** A node to wait for, as its backend sees it. */
    public interface Candidate {
        /** {@return the node, whose client is asked} */
        NodeHandle node();

        /** Says how many peers it must be connected with to be ready, 0 or more; asked anew each time. */
        int peers();

        /** Tries whether its HTTP port accepts connections; false if refused. */
        boolean isPortOpen();

        /** Says why its HTTP port is not open, as far as that is known, in a statement without a full stop. */
        default String closedPort() {
            return node().client().endpoint().api() + " refused the connection";
        }

        /** Says in one line why the node ended; empty while it runs. */
        Optional<String> failure();

        /** Says in one line what of the node died although it runs; empty if nothing is known to have. */
        default Optional<String> trouble() {
            return Optional.empty();
        }

        /**
         * {@return the exit code of the node's process, 128 + n for signal n; empty while it runs, and for nodes that
         * are no processes}
         */
        default OptionalInt exitCode() {
            return OptionalInt.empty();
        }
    }

    /**
     * Waits until every node has reached a state; may be called again for a later state, with what is left of the time.
     *
     * @param candidates nodes that were just started
     * @param target {@link NodeState#PORT_OPEN}, {@link NodeState#API_READY} or {@link NodeState#READY}
     * @throws DeploymentException if a node ends or does not get there in time; names it, what it answered last, the
     *     nodes that got there and the end of its log
     */
    public void await(List<? extends Candidate> candidates, NodeState target) throws InterruptedException {
        var nodes = new ArrayList<ReadinessProgress>();
        for (var candidate : candidates) {
            nodes.add(progress.computeIfAbsent(candidate, each -> new ReadinessProgress(each, listener)));
        }
        while (true) {
            for (var node : nodes) {
                failIfEnded(node, nodes, target);
                node.advance(target);
            }
            var late = nodes.stream().filter(node -> !node.reached(target)).findFirst();
            if (late.isEmpty()) {
                return;
            }
            long waited = timeline.nanos() - start;
            if (allowance.isOver(waited)) {
                failIfEnded(late.get(), nodes, target);
                throw timedOut(late.get(), nodes, target);
            }
            timeline.sleep(Duration.ofNanos(Math.min(period.toNanos(), allowance.nanos() - waited)));
        }
    }

    private void failIfEnded(ReadinessProgress node, List<ReadinessProgress> nodes, NodeState target) {
        var failure = node.candidate().failure();
        if (failure.isPresent()) {
            throw new DeploymentException(
                    "Node '" + node.name() + "' ended before it was ready: " + failure.get() + ". "
                            + ready(nodes, target)
                            + diagnosed(node.candidate(), failure.get()) + "\n"
                            + LogTail.quote(node.candidate().node()),
                    null);
        }
        var trouble = node.candidate().trouble();
        if (trouble.isPresent()) {
            throw new DeploymentException(
                    "Node '" + node.name() + "' runs but cannot get ready: " + trouble.get() + ". "
                            + ready(nodes, target)
                            + node.candidate()
                                    .node()
                                    .log()
                                    .map(log -> " Its log: " + log)
                                    .orElse(""),
                    null);
        }
    }

    private DeploymentException timedOut(ReadinessProgress node, List<ReadinessProgress> nodes, NodeState target) {
        var others = nodes.stream()
                .filter(other -> other != node && !other.reached(target))
                .map(other -> other.name() + " (" + other.lastAnswer() + ")")
                .toList();
        return new DeploymentException(
                "Node '" + node.name() + "' was not ready within " + DurationText.format(timeout) + " ("
                        + node.attempts() + (node.attempts() == 1 ? " attempt" : " attempts")
                        + allowance.extension("; the limit was ", "") + "): "
                        + node.lastAnswer()
                        + ". " + ready(nodes, target)
                        + (others.isEmpty() ? "" : " Not ready either: " + String.join(", ", others) + ".")
                        + diagnosed(node.candidate(), node.lastAnswer()) + "\n"
                        + LogTail.quote(node.candidate().node()),
                node.lastFailure());
    }

    /** Names a known cause and its fix, on a line of its own. */
    private static String diagnosed(Candidate candidate, String text) {
        var lines = new ArrayList<String>(LogTail.lines(candidate.node()));
        lines.addAll(text.lines().toList());
        return Diagnosis.of(Symptoms.seen(candidate.exitCode(), lines))
                .map(diagnosis -> "\n" + diagnosis.text())
                .orElse("");
    }

    private static String ready(List<ReadinessProgress> nodes, NodeState target) {
        var names = nodes.stream()
                .filter(node -> node.reached(target))
                .map(ReadinessProgress::name)
                .toList();
        return names.isEmpty() ? "No node is ready." : "Nodes ready: " + String.join(", ", names) + ".";
    }
}
