package org.junitnomos.samples;

// tag::payments[]
import java.time.Duration;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.jupiter.ExpectHealthy;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Transactions;
import org.junitnomos.jupiter.Wallets;
import org.junitnomos.scenario.RunContext;

@Topology(validators = 3)
@Wallets(50)
@Transactions(rate = 5) // per block
@RunFor("10m")
@ExpectHealthy
class PaymentsTests {

    @ScenarioTest
    void surviveARestart(RunContext run, NodeControl nodes) throws InterruptedException {
        run.clock().sleep(Duration.ofMinutes(4));
        nodes.restart("validator-1");
    }
}
// end::payments[]
