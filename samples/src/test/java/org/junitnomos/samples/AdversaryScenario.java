package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeClient;
import org.junitnomos.jupiter.Defect;
import org.junitnomos.jupiter.ExpectHeightConvergence;
import org.junitnomos.jupiter.FromNode;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.ScenarioTest;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NetworkLayout;

/** An explorer must not show what a single node tells; here one node lies to it for a while. */
// tag::adversary[]
@Topology(validators = 3, layout = NetworkLayout.FULL)
@Defect(node = "validator-2", name = "cached-tip", from = "20s", duration = "30s")
@RunFor("2m")
@ExpectHeightConvergence
class AdversaryScenario {

    @ScenarioTest
    void theExplorerNoticesANodeThatLies(RunContext run, @FromNode("validator-2") NodeClient liar) throws Exception {
        var explorer = new Explorer(
                run.cluster().nodes().stream().map(node -> node.client()).toList());

        run.clock().sleep(Duration.ofSeconds(45)); // in the middle of it

        assertThat(explorer.suspects()).containsExactly("validator-2");
        assertThat(explorer.height()).isGreaterThan(liar.cryptarchiaInfo().height());
    }
    // end::adversary[]

    /** Stands for the explorer that is tested: it shows the height that most nodes tell. */
    private record Explorer(List<NodeClient> nodes) {
        private static final long LAG = 4;

        long height() {
            return nodes.stream()
                    .map(NodeClient::cryptarchiaInfo)
                    .map(CryptarchiaInfo::height)
                    .sorted()
                    .toList()
                    .get(nodes.size() / 2);
        }

        List<String> suspects() {
            var suspects = new ArrayList<String>();
            long height = height();
            for (var node : nodes) {
                if (Math.abs(node.cryptarchiaInfo().height() - height) > LAG) {
                    suspects.add(node.endpoint().node());
                }
            }
            return suspects;
        }
    }
}
