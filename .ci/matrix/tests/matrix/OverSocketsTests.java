package matrix;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.NodeClient;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.topology.NodeRule;

/** A node in a JVM of its own, which needs the same libraries, asked over HTTP. */
@Topology(validators = 1, backend = "process", slot = "100ms", withoutRules = NodeRule.SILENT_EPOCHS)
@RunFor("1s")
class OverSocketsTests {
    @Test
    void answers(NodeClient node) {
        Assertions.assertEquals(0, node.mempoolMetrics().pendingItems());
    }
}
