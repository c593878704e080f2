package org.junitnomos.samples;

import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.jupiter.ExpectBoundedReorgs;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.ExpectNoUnexpectedRestarts;
import org.junitnomos.jupiter.ExpectRecovery;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.Partition;
import org.junitnomos.jupiter.RandomRestarts;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.topology.NetworkLayout;

/** Seven nodes, restarts and partitions, transactions, ten minutes. */
// tag::seven-nodes[]
@Topology(validators = 5, executors = 2, layout = NetworkLayout.FULL, securityParameter = 20)
@Wallets(30)
@Transactions(rate = 3)
@RandomRestarts(minDelay = "20s", maxDelay = "60s", cooldown = "90s")
@Partition(shape = PartitionShape.HALVES, at = "60s", duration = "6s", every = "2m")
@Partition(shape = PartitionShape.ONE_NODE, at = "90s", duration = "6s", every = "2m")
@RunFor("10m")
@ExpectConsensusLiveness
@ExpectSafety
@ExpectHeightConvergence
@ExpectRecovery
@ExpectNoUnexpectedRestarts
@ExpectBoundedReorgs(maxDepth = 15) // 3 slots of partition, and two sides of one length may go on for a while
@ExpectInclusion(withinBlocks = 20, percent = 95) // a node that is cut off and then restarted forgets what it accepted
class SevenNodesScenario {

    @ScenarioTest
    void survivesRestartsAndPartitions() {}
}
// end::seven-nodes[]
