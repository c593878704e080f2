package org.junitnomos.expectation;

import java.util.List;
import org.junitnomos.scenario.Effect;
import org.junitnomos.scenario.Scenario;

/** Which faults a plan brings by its workloads; what a test body breaks is not in the plan. */
record PlannedFaults(List<Effect> effects) {
    static PlannedFaults of(Scenario scenario) {
        return new PlannedFaults(scenario.workloads().stream()
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
    boolean areThere() {
        return hitConsensus() || has(Effect.SHARES);
    }
}
