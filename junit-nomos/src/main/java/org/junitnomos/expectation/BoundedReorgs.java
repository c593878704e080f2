package org.junitnomos.expectation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that no node takes back more than a few blocks at once: a pure function of the journal.
 *
 * <p>Whatever the limit, {@link Safety} refuses a reorg deeper than k. Under a partition a node takes back up to as
 * many blocks as its side made, and after a restart what it made on genesis until it found the chain again. That a node
 * begins at genesis when it is started anew (node contract 5.2) is no reorg.
 *
 * @param maxDepth most blocks that a node may take back at once; 0 or more
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BoundedReorgs(int maxDepth) implements Expectation {
    /** Most blocks that a node may take back by default. */
    public static final int DEFAULT_MAX_DEPTH = 3;

    /** Expects reorgs of at most {@value #DEFAULT_MAX_DEPTH} blocks. */
    public BoundedReorgs() {
        this(DEFAULT_MAX_DEPTH);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (maxDepth < 0) {
            problems.add("maxDepth", maxDepth, "0 or more blocks", "Change the depth");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        var changes = run.journal().events(TipChanged.class);
        var deep = reorgs(run.journal().events()).stream()
                .filter(change -> change.reorgDepth() > maxDepth)
                .map(BoundedReorgs::describe)
                .collect(Collectors.joining("\n"));
        if (!deep.isEmpty()) {
            throw new AssertionFailedError(
                    "expected reorgs of at most " + maxDepth + " blocks but was:\n" + deep, "none deeper", deep);
        }
        var facts = new RunFacts(run);
        var unseen = facts.expectedNodes().stream()
                .filter(node -> facts.tips(node).isEmpty())
                .toList();
        if (changes.isEmpty() || !unseen.isEmpty()) {
            throw new InconclusiveException(
                    changes.isEmpty()
                            ? "no node was seen to take a block"
                            : "never seen to take a block: " + String.join(", ", unseen));
        }
    }

    /** What nodes took back while they ran: one that was started anew begins at genesis, and took nothing back. */
    private static List<TipChanged> reorgs(List<JournalEvent> events) {
        var restarts = new Restarts();
        var reorgs = new ArrayList<TipChanged>();
        for (var event : events) {
            if (event instanceof JournalEvent.NodeStateChanged change) {
                restarts.accept(change);
            } else if (event instanceof TipChanged tip && !restarts.begins(tip.node())) {
                reorgs.add(tip);
            }
        }
        return reorgs;
    }

    private static String describe(TipChanged change) {
        return "  " + change.node() + ": took back " + change.reorgDepth() + " blocks at "
                + DurationText.format(Duration.ofNanos(change.at())) + ", to height " + change.height() + " at slot "
                + change.slot();
    }
}
