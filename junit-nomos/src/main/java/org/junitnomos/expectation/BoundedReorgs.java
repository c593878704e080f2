package org.junitnomos.expectation;

import org.apiguardian.api.API;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.CountText;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that no node takes back more than a few blocks at once: a pure function of the journal.
 *
 * <p>Whatever the limit, {@link Safety} refuses a reorg deeper than k. Under a partition a node takes back up to as
 * many blocks as its side made, and after a restart what it made on genesis until it found the chain again. That a node
 * begins at genesis when it is started anew (node contract 5.2) is no reorg.
 *
 * @param maxDepth most blocks that a node may take back at once; 0 or more
 * @param plusFaults whether a node may take back more after faults: as many blocks as there were slots in the longest
 *     time under faults of links or clocks so far and in the two slots after it, and k once a node was started anew or
 *     paused
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BoundedReorgs(int maxDepth, boolean plusFaults) implements Expectation {
    /** Most blocks that a node may take back by default. */
    public static final int DEFAULT_MAX_DEPTH = 3;

    /** Expects reorgs of at most {@value #DEFAULT_MAX_DEPTH} blocks. */
    public BoundedReorgs() {
        this(DEFAULT_MAX_DEPTH);
    }

    /**
     * Expects reorgs of a few blocks, whatever faults there were.
     *
     * @param maxDepth most blocks that a node may take back at once; 0 or more
     */
    public BoundedReorgs(int maxDepth) {
        this(maxDepth, false);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (maxDepth < 0) {
            problems.add("maxDepth", maxDepth, "0 or more blocks", "Change the depth");
        }
    }

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run);
        var limit = new ReorgLimit(facts, this);
        var deep = facts.events.stream()
                .flatMap(event -> limit.accept(event).stream())
                .toList();
        if (!deep.isEmpty()) {
            String lines = String.join("\n", deep);
            throw new AssertionFailedError(
                    "expected reorgs of at most " + CountText.of(maxDepth, "block")
                            + (plusFaults ? ", and more only as faults explain it," : "") + " but was:\n" + lines,
                    "none deeper",
                    lines);
        }
        var changes = run.journal().events(TipChanged.class);
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
}
