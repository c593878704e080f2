package org.junitnomos.workload;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WalletUse;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.topology.NodeRule;

/**
 * Submits transactions at a rate per block.
 *
 * <p>Every user owns one wallet of the genesis and sends its whole note to itself, as the Rust framework does: one
 * input, one output, no gas. A user spends the new note again as soon as the transaction is on the reference chain of
 * the block feed, so that a run may have any length. After a reorg that took a transaction off the chain, or one of the
 * node that took it, those that are still missing two blocks later are submitted again, unchanged, to one node after
 * the other until one takes it anew: nodes that had it in a block that was left never propose it again (node contract
 * 1.4). A transaction that disappears without a reorg is not submitted again, so that a mempool that loses transactions
 * shows.
 *
 * <p>Pace: after each new block of the reference chain, {@code rate} transactions are submitted. With no block in
 * sight nothing is sent; when every user waits for its last transaction, or as many wait as {@value #MOST_WAITING},
 * fewer are sent, and the account of the load says how many were held back: with more bytes than a block has room for,
 * no block is made any more (node contract 3.5).
 *
 * @param rate transactions per block; 1 to {@value #MOST_WAITING}, or to 1024 if nodes do not obey {@code block-size},
 *     and not more than {@code users}, because each user has one transaction in flight
 * @param users number of wallets that take part, from the first; {@link #ALL_WALLETS} for all
 * @param strategy which node gets a transaction
 * @param judged whether the workload brings a {@link TransactionInclusion}, if the plan names none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TransactionWorkload(int rate, int users, SubmissionStrategy strategy, boolean judged)
        implements WorkloadGenerator {
    /** Number of users that stands for all wallets of the topology. */
    public static final int ALL_WALLETS = 0;

    /** Most transactions that a block can hold (node contract 2.5). */
    public static final int MAX_RATE = 1024;

    /**
     * Most transactions of all workloads of this kind that wait at once: they take nine tenths of 65,036 bytes that a
     * block has room for (node contract 2.5); one has 235.
     */
    public static final int MOST_WAITING = 249;

    public TransactionWorkload {
        Objects.requireNonNull(strategy, "strategy");
    }

    /** Submits 5 transactions per block, all wallets, round robin. */
    public TransactionWorkload() {
        this(5, ALL_WALLETS);
    }

    /**
     * Submits round robin.
     *
     * @param rate transactions per block
     * @param users number of wallets that take part; {@link #ALL_WALLETS} for all
     */
    public TransactionWorkload(int rate, int users) {
        this(rate, users, SubmissionStrategy.ROUND_ROBIN);
    }

    /**
     * Submits, and brings what judges it.
     *
     * @param rate transactions per block
     * @param users number of wallets that take part; {@link #ALL_WALLETS} for all
     * @param strategy which node gets a transaction
     */
    public TransactionWorkload(int rate, int users, SubmissionStrategy strategy) {
        this(rate, users, strategy, true);
    }

    @Override
    public String name() {
        return "transactions";
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        int wallets = scenario.topology().wallets().count();
        int taking = users == ALL_WALLETS ? wallets : users;
        int most = Math.min(MAX_RATE, mostWaiting(scenario));
        if (rate < 1 || rate > MAX_RATE) {
            problems.add("rate", rate, "1 to " + most + " transactions per block", "Change the rate");
        } else if (rate > most) {
            problems.add(
                    "rate",
                    rate,
                    "at most " + most + ", as with more bytes than a block has room for no block is made any more",
                    "Lower the rate, or let nodes be without " + NodeRule.BLOCK_SIZE);
        }
        if (users < 0) {
            problems.add("users", users, "at least 1 user", "Change the number of users");
        } else if (wallets < 0) {
            return; // the plan says so itself
        } else if (wallets == 0) {
            problems.add(
                    PlanTerm.WALLETS,
                    0,
                    "at least 1 wallet for workload 'transactions'",
                    "Add " + problems.name(PlanTerm.WALLETS) + " with at least " + Math.max(1, Math.max(rate, users)));
        } else if (users > wallets) {
            problems.given(PlanTerm.WALLETS)
                    .add(
                            "users",
                            users,
                            "at most the " + wallets + " wallets of the topology",
                            "Lower users or raise " + problems.name(PlanTerm.WALLETS) + " to " + users);
        } else if (rate > taking && rate <= most) {
            problems.given(PlanTerm.WALLETS)
                    .add(
                            "rate",
                            rate,
                            "at most the " + taking + " users, since each has one transaction in flight",
                            "Lower the rate or raise the users to " + rate);
        }
    }

    /** How many may wait at once, so that blocks go on; workloads of this kind share them. */
    int mostWaiting(Scenario scenario) {
        if (scenario.topology().consensus().withoutRules().contains(NodeRule.BLOCK_SIZE)) {
            return Integer.MAX_VALUE;
        }
        long sharing = scenario.workloads().stream()
                .filter(TransactionWorkload.class::isInstance)
                .count();
        return (int) (MOST_WAITING / Math.max(1, sharing));
    }

    @Override
    public long plannedTransactions(Scenario scenario) {
        return (long) rate * scenario.expectedBlocks();
    }

    @Override
    public WalletUse walletUse(Scenario scenario) {
        int wallets = scenario.topology().wallets().count();
        return new WalletUse(users == ALL_WALLETS ? wallets : Math.min(users, wallets), rate);
    }

    @Override
    public List<Effect> effects() {
        return List.of(Effect.TRANSACTIONS);
    }

    @Override
    public List<Expectation> expectations(Scenario scenario) {
        return judged ? List.of(TransactionInclusion.in(scenario)) : List.of();
    }

    @Override
    public void drive(RunContext run) throws Exception {
        new TransactionDriver(run, this).drive();
    }
}
