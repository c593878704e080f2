package org.junitnomos.samples;

import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.RandomRestarts;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** Restart validators by chance, under load, and demand that the chain does not notice. */
// tag::random-restarts[]
@Topology(validators = 4, executors = 1, layout = NetworkLayout.FULL)
@Wallets(20)
@Transactions(rate = 3)
@RandomRestarts(minDelay = "15s", maxDelay = "45s", cooldown = "1m", roles = NodeRole.VALIDATOR)
@RunFor("10m")
@ExpectConsensusLiveness
@ExpectInclusion(withinBlocks = 30, percent = 99) // what a node has just accepted may go down with it
class RandomRestartsScenario {

    @ScenarioTest
    void survivesRestarts() {}
}
// end::random-restarts[]
