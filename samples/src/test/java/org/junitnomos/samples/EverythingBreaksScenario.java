package org.junitnomos.samples;

import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RestartMode;
import org.junitnomos.jupiter.Churn;
import org.junitnomos.jupiter.ExpectBoundedReorgs;
import org.junitnomos.jupiter.ExpectCleanLogs;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.ExpectNoUnexpectedRestarts;
import org.junitnomos.jupiter.ExpectRecovery;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.Partition;
import org.junitnomos.jupiter.PausedNode;
import org.junitnomos.jupiter.RandomRestarts;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.topology.NetworkLayout;

/** Kills, pauses, partitions and newcomers, also at the same time. */
// tag::everything-breaks[]
@Topology(validators = 5, executors = 1, layout = NetworkLayout.FULL, securityParameter = 20)
@RandomRestarts(mode = RestartMode.KILL, minDelay = "40s", maxDelay = "80s", cooldown = "90s", downFor = "5s")
@PausedNode(at = "50s", duration = "8s", every = "90s") // a drawn node each time
@Partition(shape = PartitionShape.ISOLATE_LEADER, at = "60s", duration = "6s", every = "150s")
@Churn(minDelay = "30s", maxDelay = "60s", most = 2)
@RunFor("5m")
@ExpectConsensusLiveness
@ExpectSafety
@ExpectHeightConvergence
@ExpectRecovery(withinBlocks = 8)
@ExpectBoundedReorgs(maxDepth = 15)
@ExpectNoUnexpectedRestarts
@ExpectCleanLogs
class EverythingBreaksScenario {

    @ScenarioTest
    void goesOn() {}
}
// end::everything-breaks[]
