package org.junitnomos.samples;

import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.ExpectNoUnexpectedRestarts;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NetworkLayout;

/** Roll real nodes from the program in NOMOS_NODE_BIN to that in NEXT_NODE_BIN, one by one, while the chain goes on. */
@EnabledIfEnvironmentVariable(
        named = "NEXT_NODE_BIN",
        matches = ".+",
        disabledReason = "NEXT_NODE_BIN names no program of nomos-node to roll to; NOMOS_NODE_BIN names the first one")
// tag::rolling-upgrade[]
@Topology(validators = 4, layout = NetworkLayout.FULL, slot = "1s", backend = "process")
@RunFor("4m")
@ExpectConsensusLiveness
@ExpectSafety
@ExpectHeightConvergence
@ExpectNoUnexpectedRestarts
class RollingUpgradeScenario {
    private static final String NEXT = System.getenv("NEXT_NODE_BIN");

    @ScenarioTest
    void rollsToTheNextProgram(RunContext run, Cluster cluster, NodeControl nodes) throws InterruptedException {
        for (NodeHandle node : cluster.nodes()) {
            run.clock().sleepSlots(10);
            nodes.upgrade(node.name(), NEXT);
            // It begins at genesis: the next one may only go once this one has the chain again.
            run.clock()
                    .await(node.name() + " has the chain again", Duration.ofSeconds(40), () -> hasChain(node, cluster));
        }
    }

    private static boolean hasChain(NodeHandle node, Cluster cluster) {
        long height = node.client().cryptarchiaInfo().height();
        return cluster.nodes().stream()
                .allMatch(
                        other -> height + 2 >= other.client().cryptarchiaInfo().height());
    }
}
// end::rolling-upgrade[]
