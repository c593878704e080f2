package org.junitnomos.deploy;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junitnomos.client.DevControl;
import org.junitnomos.client.DevControl.PeerLink;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.LinkTable.Link;
import org.junitnomos.internal.DurationText;
import org.junitnomos.internal.PollLoop;
import org.junitnomos.internal.PollTimeoutException;
import org.junitnomos.internal.Timeline;
import org.junitnomos.topology.LinkSpec;

/**
 * Brings links and clocks of running nodes to what they should be, through their testing ports, and reads them back.
 */
final class FaultPort {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Timeline timeline;
    private final Map<String, NodeHandle> nodes = new LinkedHashMap<>();
    private final LinkTable table;

    FaultPort(Timeline timeline, List<? extends NodeHandle> nodes, LinkTable table) {
        this.timeline = timeline;
        this.table = table;
        nodes.forEach(node -> this.nodes.put(node.name(), node));
    }

    /**
     * Set the links at each running end, and wait until all running ends report them and agree whether they are
     * connected.
     */
    void applyLinks(Collection<Link> links) throws InterruptedException {
        for (var node : nodes.values()) {
            var changes = table.changesFor(node.name(), links);
            if (!changes.isEmpty() && node.isRunning()) {
                attempt("change the links of", node, () -> control(node).setLinks(changes));
            }
        }
        await("all ends of " + links + " report " + (links.size() == 1 ? "it" : "them") + " as set", () -> {
            for (var node : nodes.values()) {
                String difference = node.isRunning() ? difference(node, links) : "";
                if (!difference.isEmpty()) {
                    return difference;
                }
            }
            return "";
        });
    }

    /** Set the clock of a running node, and wait until it reports it. */
    void applySkew(String name, Duration ahead) throws InterruptedException {
        var node = node(name);
        if (!node.isRunning()) {
            return;
        }
        attempt("set the clock of", node, () -> control(node).setClockSkew(ahead));
        await("'" + name + "' reports a clock skew of " + DurationText.format(ahead), () -> {
            var skew = node.isRunning() ? control(node).clockSkew() : ahead;
            return micros(skew) == micros(ahead) ? "" : "'" + name + "' reports " + DurationText.format(skew);
        });
    }

    private static DevControl control(NodeHandle node) {
        return node.client().devControl();
    }

    private String difference(NodeHandle node, Collection<Link> links) {
        var wanted = table.changesFor(node.name(), links);
        if (wanted.isEmpty()) {
            return "";
        }
        var reported = control(node).links();
        for (var link : wanted) {
            var actual = reported.stream()
                    .filter(each -> each.peer().equals(link.peer()))
                    .findFirst();
            if (actual.isEmpty() || !isAsWanted(actual.get(), link)) {
                return "'" + node.name() + "' reports "
                        + actual.map(PeerLink::toString).orElse("no link to '" + link.peer() + "'");
            }
        }
        return "";
    }

    /**
     * Also whether it is connected, except to a peer that is stopped: how soon that is noticed is the node's matter.
     */
    private boolean isAsWanted(PeerLink actual, PeerLink wanted) {
        boolean peerRuns = node(wanted.peer()).isRunning();
        return actual.up() == wanted.up()
                && (!peerRuns || Boolean.valueOf(wanted.up()).equals(actual.connected()))
                && isSame(actual.quality(), wanted.quality());
    }

    /** Compare as the wire carries it: in microseconds. */
    private static boolean isSame(LinkSpec actual, LinkSpec wanted) {
        return micros(actual.latency()) == micros(wanted.latency())
                && micros(actual.jitter()) == micros(wanted.jitter())
                && actual.lossPerMille() == wanted.lossPerMille();
    }

    private static long micros(Duration duration) {
        return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }

    private NodeHandle node(String name) {
        NodeHandle node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node '" + name + "'");
        }
        return node;
    }

    private static void attempt(String what, NodeHandle node, Runnable request) {
        try {
            request.run();
        } catch (NodeApiException e) {
            throw new DeploymentException("Cannot " + what + " node '" + node.name() + "': " + e.getMessage(), e);
        }
    }

    private void await(String description, Callable<String> difference) throws InterruptedException {
        try {
            new PollLoop(timeline, description, PERIOD, LIMIT).until(difference, String::isEmpty);
        } catch (PollTimeoutException e) {
            throw new DeploymentException("The fault was not observed in time: " + e.getMessage(), e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeploymentException("The fault was not observed: " + e, e);
        }
    }
}
