package org.junitnomos.expectation;

import java.util.Optional;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;

/**
 * Expects that nodes lead as their stake lets them: each makes as many blocks as its share of the stake wins slots,
 * not fewer and not more, one block a slot at the most, on top of its own chain, in the slot that it is of, and with
 * the transactions that the blocks of others carry.
 *
 * <p>Who made a block is what the testing ports of the nodes tell: the last 64 blocks, also those of earlier lives.
 * Slots count in which the node was up, on the chain and under no fault. The number of its blocks, in its last life and
 * in all together, is bounded from both sides by the chances of those slots (Poisson binomial distribution, node
 * contract 3.3). In real time a block of another node
 * of the same slot may come first, so from below a node is only expected to lead where no other one does. In so few
 * slots that a healthy node may win none, only the bound from above is one. Blocks are poor if they carry at most half
 * of the median of all blocks; that a node makes so many of the poor ones is judged by the hypergeometric
 * distribution, and only where no node was down. Where several nodes make a block of one slot, each carries every kind
 * of operation that another one carries and that its own chain does not hold yet; a block in ten that carries none of a
 * kind is allowed for (binomial distribution), and nothing is claimed while something excuses one of the two. A block
 * that leaves out what waited for it, and what its leader surely had, is allowed for in one slot of 1,000, in real time
 * in one of ten.
 *
 * <p>Each of these checks gives a false alarm in one of {@code falseAlarmOneIn} runs for each node. Nothing is claimed
 * once a clock was changed. Inconclusive where nodes do not tell which blocks they made.
 *
 * @param falseAlarmOneIn healthy runs of which one may fail by chance, for each check and node; at least 100
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Leadership(int falseAlarmOneIn) implements Expectation {
    /** Expects what a healthy cluster misses in one of ten million runs. */
    public Leadership() {
        this(ConsensusLiveness.DEFAULT_FALSE_ALARM_ONE_IN);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (falseAlarmOneIn < 100) {
            problems.add("falseAlarmOneIn", falseAlarmOneIn, "at least 100 runs", "Raise it");
        }
    }

    @Override
    public Optional<String> undecidable(RunContext run) {
        return Proposals.untold(run);
    }

    @Override
    public void evaluate(RunContext run) {
        var facts = new RunFacts(run); // first: a slot that passes while nodes are asked is not judged
        new LeadershipJudge(facts, Proposals.ask(run), falseAlarmOneIn).judge();
    }
}
