package org.junitnomos.expectation;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.ExpectationGroup;
import org.junitnomos.scenario.Scenario;

/**
 * Brings every built-in expectation that the plan and the system under test can decide, with limits that follow the
 * plan. Which ones is settled at BUILD, and again before the baselines are taken; those left out are printed and in the
 * report, with the reason, and abort no run.
 *
 * <p>An expectation that the plan names takes the place of the one of its class.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Healthy() implements ExpectationGroup {
    @Override
    public String name() {
        return "healthy";
    }

    @Override
    public List<Candidate> candidates(Scenario scenario) {
        var faults = PlannedEffects.of(scenario);
        var all = new ArrayList<Candidate>();
        all.add(Candidate.of(new ConsensusLiveness()));
        all.add(Candidate.of(new Safety()));
        all.add(new Candidate(new Finality(), Finality.missing(scenario)));
        all.add(Candidate.of(new Leadership()));
        all.add(Candidate.of(new HeightConvergence()));
        all.add(reorgs(scenario, faults));
        all.add(new Candidate(
                new Recovery(), faults.hitConsensus() ? null : "no workload hits nodes, links or clocks"));
        all.add(Candidate.of(new NoUnexpectedRestarts()));
        all.add(Candidate.of(new CleanLogs(0, faults.bringFaults(), CleanLogs.DEFAULT_PATTERN)));
        all.add(new Candidate(
                TransactionInclusion.in(scenario),
                faults.has(Effect.TRANSACTIONS) ? null : "no workload submits transactions"));
        all.add(new Candidate(
                new HostileLoad(),
                faults.has(Effect.HOSTILE_TRANSACTIONS) ? null : "no workload submits what must never be included"));
        addBlobs(scenario, faults, all);
        all.add(Candidate.of(new ValueConservation()));
        all.add(Candidate.of(new ServiceQuality()));
        all.add(Candidate.of(new LinkTraffic()));
        all.add(Candidate.of(new AgreeingAnswers()));
        return all;
    }

    private static void addBlobs(Scenario scenario, PlannedEffects faults, List<Candidate> all) {
        String missing = faults.has(Effect.BLOBS) ? null : "no workload publishes blobs";
        var healed = missing == null && !faults.bringFaults() ? "no workload brings a fault that is healed" : missing;
        all.add(new Candidate(BlobInclusion.in(scenario), missing));
        all.add(new Candidate(new Dispersal(), missing));
        all.add(new Candidate(new AssignedShares(), missing));
        all.add(new Candidate(new Retrievability(), missing));
        all.add(new Candidate(new HistoricSampling(), missing));
        all.add(new Candidate(new ChannelOrder(), missing));
        all.add(new Candidate(new AvailabilityRecovery(BlobInclusion.UNDER_FAULTS_BLOCKS), healed));
    }

    private static Candidate reorgs(Scenario scenario, PlannedEffects faults) {
        var topology = scenario.topology();
        int most = topology.consensus().securityParameter();
        long depth = ForkDepth.of(scenario, ConsensusLiveness.DEFAULT_FALSE_ALARM_ONE_IN);
        return new Candidate(new BoundedReorgs((int) Math.min(depth, most), true), reorgsMissing(faults, depth, most));
    }

    private static @Nullable String reorgsMissing(PlannedEffects faults, long depth, int most) {
        if (faults.has(Effect.NODES_AWAY) || faults.has(Effect.CLOCKS)) {
            return "what a node makes before it has found the chain again is a reorg, too; more than k = " + most
                    + " is for safety to refuse";
        }
        return depth < most
                ? null
                : "two branches may grow side by side for k = " + most
                        + " blocks where slots have so many winners; more is for safety to refuse";
    }
}
