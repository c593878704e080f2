package org.junitnomos.expectation;

import java.util.List;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Scenario;

/** What a plan does to a cluster by its workloads: load and faults; what a test body breaks is not in the plan. */
record PlannedEffects(List<Effect> effects) {
    static PlannedEffects of(Scenario scenario) {
        return new PlannedEffects(scenario.workloads().stream()
                .flatMap(workload -> workload.effects().stream())
                .distinct()
                .toList());
    }

    boolean has(Effect effect) {
        return effects.contains(effect);
    }

    /** Whether some fault hits nodes, links or clocks, and so what nodes agree on. */
    boolean hitConsensus() {
        return has(Effect.NODES_AWAY) || has(Effect.LINKS) || has(Effect.CLOCKS);
    }

    /** Whether there is any fault that is healed. */
    boolean bringFaults() {
        return hitConsensus() || has(Effect.SHARES);
    }
}
