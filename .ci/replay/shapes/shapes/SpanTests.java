package shapes;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.jupiter.ExpectConsensusLiveness;
import org.junitnomos.jupiter.ExpectationNodes;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.RunScope;
import org.junitnomos.jupiter.ScenarioOptions;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

class SpanTests {
    @Nested
    @Topology(validators = 2)
    @RunFor("2m")
    @ExpectConsensusLiveness
    @ScenarioOptions(run = RunScope.CLASS)
    class OfAClass {
        @Test
        void fails(RunContext run) {
            Planted.failure("span", run);
        }

        @Test
        void passes(NodeControl nodes) throws Exception {
            nodes.isolate("validator-1");
        }

        @ExpectationNodes
        void expectations() {}
    }

    @Nested
    @Topology(validators = 3)
    @RunFor("2m")
    @ExpectConsensusLiveness
    class OfAMethod {
        @ScenarioTest
        void expectation(NodeControl nodes) throws Exception {
            nodes.isolate("validator-1");
        }

        @Test
        @ExpectConsensusLiveness
        void plainExpectation(NodeControl nodes) throws Exception {
            nodes.isolate("validator-1");
        }
    }
}
