package org.junitnomos.expectation;

import java.util.ArrayList;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;

/**
 * Expects that what one node tells by different routes is one and the same chain (node contract 1.4). Every running
 * node is asked at the end of the run: headers from the tip down to the last irreversible block, blocks of its chain,
 * old and new, against headers and against what the feed saw, the blocks of the explorer, balances of the keys that
 * its wallet knows at the tip and at the last irreversible block against the notes of that chain, the status of
 * transactions against their blocks, the metrics of the mempool against the status of what waits there, and the
 * streams for a few blocks. Genesis and unknown blocks have no body.
 *
 * <p>Answers made at two moments may differ, so they count only if the node told the same tip before and after; no
 * chance is involved. A route that a node does not have is not judged. Inconclusive if no node runs, or no block was
 * seen.
 *
 * <p>The streams take the time of four blocks, at most 16 slots, of the run's clock.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record AgreeingAnswers() implements Expectation {
    @Override
    public String name() {
        return "answers agree";
    }

    @Override
    public void evaluate(RunContext run) throws InterruptedException {
        var proposals = Proposals.ask(run);
        var witnesses = new Witnesses(run);
        if (witnesses.nodes.isEmpty()) {
            throw new InconclusiveException("no node runs that could be asked");
        }
        if (witnesses.facts.tree.size() == 0) {
            throw new InconclusiveException("no block was seen, so there is nothing to compare");
        }
        var problems = new ArrayList<String>();
        boolean compared = false;
        for (var node : witnesses.nodes) {
            var found = new AnswerCheck(witnesses, proposals, node).problems();
            compared |= found.isPresent();
            found.ifPresent(problems::addAll);
        }
        problems.addAll(new StreamCheck(run, witnesses.nodes).problems());
        if (problems.isEmpty() && !compared) {
            throw new InconclusiveException("no node stood still for as long as the questions take");
        }
        if (!problems.isEmpty()) {
            throw new AssertionFailedError("expected all routes of a node to tell one chain but:\n"
                    + Listing.of(
                            problems.stream().map(problem -> "  " + problem).toList()));
        }
    }
}
