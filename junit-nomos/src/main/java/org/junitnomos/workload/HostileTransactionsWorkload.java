package org.junitnomos.workload;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.expectation.HostileLoad;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;

/**
 * Submits transactions that must never be included, of every kind in turn, through every running node in turn, after
 * each new block.
 *
 * <p>They spend notes of wallets that other load spends, too, but none of them is ever valid, so they take nothing from
 * it: what is spent again or replayed is irreversible before. With no irreversible spending yet, these kinds are passed
 * over. Nodes check at their API only signatures of messages and the form (node contract 1.4), and drop the rest when
 * they build a block. What is too large waits for ever on the node that took it, so each gets it once; it is larger
 * than what a node would store, and so does not count for the room of a block (node contract 2.5, 3.5).
 *
 * @param rate transactions per block; 1 to 16
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record HostileTransactionsWorkload(int rate) implements WorkloadGenerator {
    /** Transactions per block by default: each kind goes through each of four nodes in 26 blocks. */
    public static final int DEFAULT_RATE = 2;

    private static final int MOST = 16;

    /** Submits {@value #DEFAULT_RATE} transactions per block. */
    public HostileTransactionsWorkload() {
        this(DEFAULT_RATE);
    }

    @Override
    public String name() {
        return "hostile transactions";
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (rate < 1 || rate > MOST) {
            problems.add("rate", rate, "1 to " + MOST + " transactions per block", "Change the rate");
        }
        if (scenario.topology().wallets().count() < 2) {
            problems.add(
                    PlanTerm.WALLETS,
                    scenario.topology().wallets().count(),
                    "at least 2 wallets for workload 'hostile transactions', one to take from the other",
                    "Add " + problems.name(PlanTerm.WALLETS));
        }
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.HOSTILE_TRANSACTIONS);
    }

    @Override
    public List<Expectation> expectations(Scenario scenario) {
        return List.of(new HostileLoad());
    }

    @Override
    public void drive(RunContext run) throws Exception {
        new HostileDriver(run, rate).drive();
    }
}
