package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.container.ClusterNetwork;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.testcontainers.containers.wait.strategy.Wait;

/** A container of one's own beside the nodes, which it finds by name. */
// tag::container[]
@Topology(validators = 2, slot = "1s", backend = "container")
@RunFor("5s")
class OwnContainerScenario {

    @Test
    void theIndexerFollowsTheChain(Cluster cluster) {
        try (var indexer = new Indexer()) {
            indexer.withNetwork(ClusterNetwork.of(cluster))
                    .withNetworkAliases("indexer")
                    .withEnv("NOMOS_URL", cluster.node("validator-1").innerUrl().toString())
                    .waitingFor(Wait.forLogMessage("height [1-9].*", 1))
                    .start();

            assertThat(indexer.getLogs()).contains("following http://validator-1:8080");
        }
    }
}
// end::container[]
