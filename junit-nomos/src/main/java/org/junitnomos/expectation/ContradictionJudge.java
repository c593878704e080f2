package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.NodeTimeline.ContradictionSpan;
import org.junitnomos.time.DurationText;

/** Says which nodes of a journal gave answers that do not fit: what about, since when, how often. A pure function. */
final class ContradictionJudge {

    /** One node, one matter, one span of time. */
    record Finding(String node, ContradictionSpan span) {

        /** One line for texts. */
        String text() {
            boolean open = span.to() == NodeTimeline.OPEN;
            String times = span.times() == 1 ? "once" : span.times() + " times";
            String when = open
                    ? (span.times() == 1 ? "" : "at least ") + times + ", first at " + time(span.from())
                    : times + ", from " + time(span.from()) + " to " + time(span.to());
            return node + ", " + span.about() + ": expected " + span.expected() + ", observed " + span.observed() + " ("
                    + when + ")";
        }

        private static String time(long nanos) {
            return DurationText.format(Duration.ofNanos(nanos));
        }
    }

    private ContradictionJudge() {}

    /** All findings, node by node in the order in which they first appear, each node's in order of time. */
    static List<Finding> findings(List<? extends JournalEvent> events) {
        NodeTimeline nodes = NodeTimeline.of(events);
        List<Finding> findings = new ArrayList<>();
        for (String node : nodes.nodes()) {
            nodes.node(node).contradictions().forEach(span -> findings.add(new Finding(node, span)));
        }
        return findings;
    }

    /** What a failure says: the nodes by name, and a line for each finding; empty if there is none. */
    static Optional<String> complaint(List<? extends JournalEvent> events) {
        List<Finding> findings = findings(events);
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = findings.stream().map(Finding::node).distinct().toList();
        List<String> lines =
                findings.stream().map(finding -> "  " + finding.text()).toList();
        return Optional.of(String.join(", ", names) + " gave answers that contradict what the node says elsewhere, or"
                + " blocks that are not what they are said to be:\n" + Listing.of(lines));
    }
}
