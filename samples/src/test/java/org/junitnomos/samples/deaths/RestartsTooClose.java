package org.junitnomos.samples.deaths;

import java.time.Duration;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

/** A restarted node begins at genesis: if all are restarted before the first is back, nobody has the chain any more. */
@Topology(validators = 3, slot = "1s", securityParameter = 5)
@RunFor("3m")
@ExpectConsensusLiveness
@ExpectSafety
class RestartsTooClose {

    // tag::body[]
    @ScenarioTest
    void leaveNobodyWithTheChain(RunContext run, Cluster cluster, NodeControl nodes) throws InterruptedException {
        run.clock().sleep(Duration.ofSeconds(30));
        for (NodeHandle node : cluster.nodes()) {
            nodes.restart(node.name());
        }
    }
    // end::body[]
}
