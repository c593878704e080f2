package org.junitnomos.expectation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.PlanTerm;
import org.junitnomos.scenario.Problems;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.time.DurationText;
import org.junitnomos.topology.TopologySpec;

/**
 * Expects that the chain grows during the run window and becomes final, and that every running node follows it all the
 * time.
 *
 * <p>All checks are against protocol time. The number of new blocks since the baseline is at least the bound that a
 * healthy cluster undercuts only once in {@code falseAlarmOneIn} runs, computed from slot duration, active slot
 * coefficient and the stake of the nodes that were not asked to be away (node contract 3.3), nor lost slots in a pause
 * (node contract 3.1); no gap without a block is longer than the same rate of false alarms allows. From the start of
 * the drive to the end of the cooldown, no node is in one of these troubles for more than {@code maxLagSlots} slots in
 * a row: it cannot be read, it is more than {@code maxLag} blocks behind the chain, or it has not finalized what is k
 * deep (node contract 3.4). After the cooldown no running node is more than {@code maxLag} blocks behind, unless the
 * chain grew by less than those two blocks since it was apart. A node that ended by itself fails it.
 *
 * <p>Nothing is claimed about blocks of slots in which a fault of the network or of a clock was in force. Troubles of a
 * node are excused while it was asked to be away, while such a fault was in force on it or cut it from most others, and
 * for as long after that as the others may need for two blocks at the same rate of false alarms: it gets back with a
 * block whose transactions it has (node contract 3.5, 5.2). Each block that it makes on its own branch meanwhile, at
 * most k, gives it that time again, as its leader prunes what others are about to include. In real time a trouble of
 * up to 10 s is excused, whatever the slots: the machine may be busy.
 *
 * @param maxLag largest distance of a running node from the tip of the reference chain, in blocks; 0 or more
 * @param maxLagSlots slots in a row for which a node may be farther away, or cannot be read; 1 or more
 * @param falseAlarmOneIn number of healthy runs of which one may fail by chance, for each of the two statistical
 *     checks; at least 100
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ConsensusLiveness(int maxLag, int maxLagSlots, int falseAlarmOneIn) implements Expectation {
    /** Largest lag by default, in blocks. */
    public static final int DEFAULT_MAX_LAG = 3;

    /** Slots in a row for which a node may be farther away, by default. */
    public static final int DEFAULT_MAX_LAG_SLOTS = 5;

    /** Healthy runs of which one may fail by chance, by default. */
    public static final int DEFAULT_FALSE_ALARM_ONE_IN = 10_000_000;

    /** Expects a lag of at most {@value #DEFAULT_MAX_LAG} blocks, with one false alarm in ten million runs. */
    public ConsensusLiveness() {
        this(DEFAULT_MAX_LAG, DEFAULT_MAX_LAG_SLOTS, DEFAULT_FALSE_ALARM_ONE_IN);
    }

    @Override
    public void validate(Scenario scenario, Problems problems) {
        if (maxLag < 0) {
            problems.add("maxLag", maxLag, "0 or more blocks", "Change the lag");
        }
        if (maxLagSlots < 1) {
            problems.add("maxLagSlots", maxLagSlots, "at least 1 slot", "Raise it");
        }
        if (falseAlarmOneIn < 100) {
            problems.add(
                    "falseAlarmOneIn",
                    falseAlarmOneIn,
                    "at least 100 runs",
                    "Raise it; the default is " + DEFAULT_FALSE_ALARM_ONE_IN);
        } else {
            requireEnoughSlots(scenario, problems);
        }
    }

    /** A window in which a healthy cluster may make no block at all could not tell a dead chain from bad luck. */
    private void requireEnoughSlots(Scenario scenario, Problems problems) {
        var topology = scenario.topology();
        var slot = topology.consensus().slotDuration();
        double chance = SlotOdds.healthyChance(scenario);
        if (slot.isNegative() || slot.isZero() || !(chance > 0 && chance < 1)) {
            return;
        }
        long needed = (long) StrictMath.ceil(StrictMath.log(1.0 / falseAlarmOneIn) / StrictMath.log(1 - chance)) + 1;
        if (scenario.runWindow().dividedBy(slot) < needed) {
            var given = problems.given(PlanTerm.ofLottery());
            given.add(
                    PlanTerm.RUN_WINDOW,
                    DurationText.format(scenario.runWindow()),
                    "at least " + needed + " slots (" + DurationText.format(slot.multipliedBy(needed))
                            + "), so that expectation 'consensus liveness' can tell a dead chain from an unlucky one",
                    advice(topology, problems.name(PlanTerm.WALLET_VALUE)));
        }
    }

    /** Most of the stake may lie in wallets with which nobody leads; then the chain is slow for no need. */
    private static String advice(TopologySpec topology, String walletValue) {
        var wallets = topology.wallets();
        double share = (double) wallets.count()
                * wallets.valueEach()
                / topology.totalStake().doubleValue();
        return (wallets.known() || wallets.valueEach() == 1 || share < 0.5
                        ? "Lengthen"
                        : "Set " + walletValue + " to 1, for wallets hold " + (int) (100 * share)
                                + " % of the stake and lead with none of it; or lengthen")
                + " the run window, or lower falseAlarmOneIn";
    }

    @Override
    public Map<String, String> capture(RunContext run) {
        var baseline = new LinkedHashMap<String, String>();
        baseline.put("height", Long.toString(run.feed().height()));
        baseline.put("slot", Long.toString(run.clock().slot()));
        return baseline;
    }

    @Override
    public void evaluate(RunContext run) {
        new LivenessJudge(run, this).judge();
    }
}
