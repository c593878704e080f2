package org.junitnomos.samples.deaths;

import java.time.Duration;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

/** All nodes are away for two epochs: with k = 2 and f = 0.9 an epoch has 20 slots. No leader is ever drawn again. */
@Topology(validators = 3, slot = "1s", securityParameter = 2)
@RunFor("4m")
@ExpectConsensusLiveness
class LateRestartOfAll {

    // tag::body[]
    @ScenarioTest
    void comesTooLate(RunContext run, Cluster cluster, NodeControl nodes) throws InterruptedException {
        run.clock().sleep(Duration.ofSeconds(30));
        for (NodeHandle node : cluster.nodes()) {
            nodes.stop(node.name());
        }
        run.clock().sleepSlots(60);
        for (NodeHandle node : cluster.nodes()) {
            nodes.start(node.name());
        }
    }
    // end::body[]
}
