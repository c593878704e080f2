package org.junitnomos.deploy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NetworkInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.topology.NodeState;

/** How far one node got on its way to readiness, and what it answered last. */
final class ReadinessProgress {
    /** A node that accepts the connection but does not answer must not hold up the others for long. */
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    private final Readiness.Candidate candidate;
    private final NodeStateListener listener;
    private final NodeClient client;
    private NodeState state = NodeState.SPAWNED;
    private int attempts;
    private String lastAnswer = "it was not asked yet";
    private @Nullable NodeApiException lastFailure;

    ReadinessProgress(Readiness.Candidate candidate, NodeStateListener listener) {
        this.candidate = candidate;
        this.listener = listener;
        this.client = candidate.node().client().withTimeout(PROBE_LIMIT);
    }

    Readiness.Candidate candidate() {
        return candidate;
    }

    String name() {
        return candidate.node().name();
    }

    int attempts() {
        return attempts;
    }

    String lastAnswer() {
        return lastAnswer;
    }

    @Nullable
    NodeApiException lastFailure() {
        return lastFailure;
    }

    boolean reached(NodeState target) {
        return state.compareTo(target) >= 0;
    }

    /** Takes as many steps as the node allows now. */
    void advance(NodeState target) {
        if (reached(target)) {
            return;
        }
        attempts++;
        lastFailure = null;
        if (!reached(NodeState.PORT_OPEN) && !openPort()) {
            return;
        }
        if (!reached(target) && !reached(NodeState.API_READY) && !askConsensus()) {
            return;
        }
        if (!reached(target)) {
            askNetwork();
        }
    }

    private boolean openPort() {
        if (!candidate.isPortOpen()) {
            lastAnswer = candidate.closedPort();
            return false;
        }
        enter(NodeState.PORT_OPEN, "its HTTP port accepts connections");
        return true;
    }

    private boolean askConsensus() {
        try {
            CryptarchiaInfo info = client.cryptarchiaInfo();
            enter(NodeState.API_READY, "GET /cryptarchia/info answered 200: height " + info.height());
            return true;
        } catch (NodeApiException e) {
            remember("/cryptarchia/info", e);
            return false;
        }
    }

    private void askNetwork() {
        try {
            NetworkInfo info = client.networkInfo();
            int wanted = candidate.peers();
            if (info.peers() >= wanted) {
                enter(NodeState.READY, "connected with " + info.peers() + " of " + wanted + " peers");
            } else {
                lastAnswer = "GET " + address("/network/info") + " last answered n_peers " + info.peers()
                        + ", expected " + wanted + " or more";
            }
        } catch (NodeApiException e) {
            remember("/network/info", e);
        }
    }

    private void remember(String path, NodeApiException e) {
        lastFailure = e;
        Throwable cause = e.getCause();
        lastAnswer = "GET " + address(path)
                + (e.status() == 0
                        ? " last failed: " + (cause == null ? e.getMessage() : cause.toString())
                        : " last answered " + e.status() + (e.body().isEmpty() ? "" : ": " + e.body()));
    }

    private String address(String path) {
        return candidate.node().client().endpoint().api() + path;
    }

    private void enter(NodeState next, String reason) {
        state = next;
        listener.onState(name(), next, true, reason);
    }
}
