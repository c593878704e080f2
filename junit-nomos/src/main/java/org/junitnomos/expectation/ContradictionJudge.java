package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.journal.NodeTimeline;
import org.junitnomos.journal.NodeTimeline.ContradictionSpan;
import org.junitnomos.time.DurationText;

/** Says which nodes of a journal gave answers that do not fit: what about, since when, how often. A pure function. */
final class ContradictionJudge {
    /** How the matters begin on which a node that can be read gives no answer. */
    private static final String NO_ANSWER = "an answer about ";

    /** The matters in which a block does not fit to itself, to its id or to its parent. */
    private static final List<String> OF_BLOCKS = List.of(
            "header of a block",
            "transactions of a block",
            "form of a block",
            "order of slots",
            "block stream",
            "proofs of a transaction");

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
    static List<Finding> findings(NodeTimeline nodes) {
        List<Finding> findings = new ArrayList<>();
        for (String node : nodes.nodes()) {
            nodes.node(node).contradictions().forEach(span -> findings.add(new Finding(node, span)));
        }
        return findings;
    }

    /** What a failure says: the nodes by name, and a line for each finding; empty if there is none. */
    static Optional<String> complaint(NodeTimeline nodes) {
        List<Finding> findings = findings(nodes);
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = findings.stream().map(Finding::node).distinct().toList();
        List<String> lines =
                findings.stream().map(finding -> "  " + finding.text()).toList();
        return Optional.of(String.join(", ", names) + " gave " + String.join(", or ", kinds(findings)) + ":\n"
                + Listing.of(lines));
    }

    /** What was seen, and only that. */
    private static Set<String> kinds(List<Finding> findings) {
        var kinds = new TreeSet<String>(); // answers, blocks, no answer: in the order of the alphabet
        for (var finding : findings) {
            String about = finding.span().about();
            kinds.add(
                    about.startsWith(NO_ANSWER)
                            ? "no answer to some questions, though it answers others"
                            : OF_BLOCKS.contains(about)
                                    ? "blocks that are not what they are said to be"
                                    : "answers that contradict what the node says elsewhere");
        }
        return kinds;
    }
}
