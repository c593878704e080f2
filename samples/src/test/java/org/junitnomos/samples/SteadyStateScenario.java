package org.junitnomos.samples;

import org.junitnomos.deploy.NodeControl;
import org.junitnomos.jupiter.ExpectHealthy;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.scenario.RunContext;

/** Ten minutes of steady load on four nodes, with one restart in the middle. */
// tag::steady-state[]
@Topology(validators = 3, executors = 1)
@Wallets(50)
@Transactions(rate = 5, users = 20) // 5 transactions per block
@RunFor("10m")
@ExpectHealthy
class SteadyStateScenario {

    @ScenarioTest
    void survivesOneRestart(RunContext run, NodeControl nodes) throws InterruptedException {
        run.clock().sleep(run.scenario().runWindow().multipliedBy(2).dividedBy(5)); // after 4 of 10 minutes
        nodes.restart("validator-1");
    }
}
// end::steady-state[]
