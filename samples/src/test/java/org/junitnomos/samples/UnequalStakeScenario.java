package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectSafety;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NetworkLayout;

/** The chain goes on, more slowly, without the node that has half of the stake. */
// tag::stake[]
@Topology(
        validators = 3,
        layout = NetworkLayout.FULL,
        stake = {50, 30, 20})
@RunFor("5m")
@ExpectConsensusLiveness
@ExpectSafety
class UnequalStakeScenario {
    @ScenarioTest
    void goesOnWithoutTheLargestNode(RunContext run) throws Exception {
        run.control().stop("validator-0");
        long before = run.feed().height();
        run.clock().sleep(Duration.ofMinutes(2));
        assertThat(run.feed().height()).isGreaterThan(before);
        run.control().start("validator-0");
    }
}
// end::stake[]
