package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.ExpectInclusion;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NetworkLayout;

/** Cut a cluster in two for six seconds, heal it, and demand one chain that kept every transaction. */
// tag::partition-and-heal[]
@Topology(validators = 4, layout = NetworkLayout.FULL)
@Wallets(20)
@Transactions(rate = 3)
@RunFor("3m")
@ExpectSafety
@ExpectHeightConvergence
@ExpectInclusion(withinBlocks = 15)
class PartitionAndHealScenario {

    @ScenarioTest
    void becomesOneChainAgain(RunContext run, NodeControl nodes, BlockFeed blocks) throws InterruptedException {
        run.clock().awaitBlocks(5, Duration.ofMinutes(1));

        nodes.partition(List.of(List.of("validator-0", "validator-1"), List.of("validator-2", "validator-3")));
        run.clock().sleep(Duration.ofSeconds(6));
        nodes.heal();

        long height = blocks.height();
        run.clock().awaitBlocks(10, Duration.ofMinutes(2));
        assertThat(blocks.height()).isGreaterThanOrEqualTo(height + 10);
    }
}
// end::partition-and-heal[]
