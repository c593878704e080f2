package org.junitnomos.deploy.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.control.LinkTable.Link;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.LinkSpec;

/** Says what was read back from the nodes, and which of them were silent because they do not answer now. */
final class FaultTexts {
    private final NodeRoster roster;
    private final FaultLayers layers;
    private final String place;

    /** Begins; the place is where links are cut, empty if that is at their ends. */
    FaultTexts(NodeRoster roster, FaultLayers layers, String place) {
        this.place = place;
        this.roster = roster;
        this.layers = layers;
    }

    String ofClock(String node) {
        if (!roster.names().contains(node)) {
            return node + " was removed";
        }
        var handle = roster.node(node);
        String reports = !handle.isRunning()
                ? " is stopped and will start with"
                : handle.isPaused() ? " is paused and will go on with" : " reports";
        return node + reports + " a clock skew of " + DurationText.format(layers.skew(node));
    }

    String ofBlock(String node, String peer) {
        boolean there = roster.names().contains(node) && roster.node(node).isRunning();
        return node
                + (there ? " reports " : " does not run and will report ")
                + peer
                + (layers.blockedBy(node).contains(peer) ? " as blocked" : " as not blocked");
    }

    String ofDefects(String node) {
        boolean there = roster.names().contains(node) && roster.node(node).isRunning();
        var defects = layers.defects(node);
        return node
                + (there ? " reports " : " does not run and will report ")
                + (defects.isEmpty()
                        ? "no defect"
                        : (defects.size() == 1 ? "the defect " : "the defects ")
                                + String.join(
                                        ", ",
                                        defects.stream().map(NodeDefect::label).toList()));
    }

    String ofShares() {
        var shares = layers.shares();
        return "every running node reports that it withholds columns " + shares.withheld() + " and corrupts columns "
                + shares.corrupted();
    }

    String ofQuality(List<Link> observed, Link link) {
        return ofQuality(observed, layers.quality(link));
    }

    String ofQuality(List<Link> observed, LinkSpec link) {
        return ofLinks(
                observed,
                "with latency " + DurationText.format(link.latency()) + ", jitter " + DurationText.format(link.jitter())
                        + ", loss " + link.lossPerMille() + " per mille"
                        + (link.bandwidth() == 0 ? "" : ", bandwidth " + link.bandwidth() + " bytes per second"));
    }

    /** For links that one fault does not cut any more; another one may. */
    String ofHealedLinks(List<Link> observed) {
        var up = observed.stream().filter(layers::isUp).toList();
        var down = observed.stream().filter(link -> !layers.isUp(link)).toList();
        var parts = new ArrayList<String>();
        if (!up.isEmpty() || down.isEmpty()) {
            parts.add(ofLinks(up, "connected", "up"));
        }
        if (!down.isEmpty()) {
            parts.add(ofLinks(down, "kept down by another fault"));
        }
        return String.join("; ", parts);
    }

    String ofLinks(List<Link> observed, String state) {
        return ofLinks(observed, state, state);
    }

    /** For one link or several; the state is another word where an end is silent. */
    String ofLinks(List<Link> observed, String state, String stateWhileSilent) {
        if (observed.isEmpty()) {
            return "there is no link";
        }
        String count = observed.size() + (observed.size() == 1 ? " link " : " links ");
        if (!place.isEmpty()) {
            return count + stateWhileSilent + " " + place + ": " + observed;
        }
        var stopped = ends(observed, node -> !node.isRunning());
        var paused = ends(observed, NodeHandle::isPaused);
        if (stopped.isEmpty() && paused.isEmpty()) {
            return count + state + " at both ends: " + observed;
        }
        return count + stateWhileSilent + " at every running end: " + observed
                + (stopped.isEmpty() ? "" : "; stopped, follow at their start: " + stopped)
                + (paused.isEmpty() ? "" : "; paused, follow when they go on: " + paused);
    }

    private List<String> ends(List<Link> observed, Predicate<NodeHandle> which) {
        return roster.all().stream()
                .filter(node -> which.test(node) && observed.stream().anyMatch(link -> link.touches(node.name())))
                .map(NodeHandle::name)
                .toList();
    }
}
