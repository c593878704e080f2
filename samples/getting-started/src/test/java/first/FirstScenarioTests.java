package first;

import java.time.Duration;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

@Topology(validators = 3)
@RunFor("10m")
@ExpectConsensusLiveness
class FirstScenarioTests {

    @ScenarioTest
    void survivesARestart(RunContext run, NodeControl nodes) throws InterruptedException {
        run.clock().sleep(Duration.ofMinutes(4));
        nodes.restart("validator-1");
    }
}
