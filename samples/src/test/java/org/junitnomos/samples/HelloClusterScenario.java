package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junitnomos.client.NodeClient;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;

/** The smallest useful scenario: one node, one minute of protocol time, and the chain must grow. */
// tag::hello[]
@Topology(validators = 1)
@RunFor("1m")
@ExpectConsensusLiveness
class HelloClusterScenario {

    @ScenarioTest
    void producesBlocks(NodeClient node) {
        assertThat(node.cryptarchiaInfo().mode()).isIn("Bootstrapping", "Online");
    }
}
// end::hello[]
