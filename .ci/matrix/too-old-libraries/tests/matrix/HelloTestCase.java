package matrix;

import org.junitnomos.client.NodeClient;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;

/** What somebody wrote who has not read which libraries it takes. */
@Topology(validators = 2)
@RunFor("1m")
@ExpectConsensusLiveness
class HelloTestCase {
    @ScenarioTest
    void producesBlocks(NodeClient node) {}
}
