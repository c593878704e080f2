package org.junitnomos.samples;

import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.TopologySweep;
import org.junitnomos.topology.NetworkLayout;

/** The same scenario on every combination of validators, executors and layout. */
// tag::topology-sweep[]
@TopologySweep(
        validators = {1, 4},
        executors = {0, 2},
        layouts = {NetworkLayout.STAR, NetworkLayout.CHAIN, NetworkLayout.FULL},
        exclude = "validators=1,executors=0")
@RunFor("1m")
@ExpectConsensusLiveness
@ExpectHeightConvergence
class TopologySweepScenario {

    @ScenarioTest
    void growsOneChain() {}
}
// end::topology-sweep[]
