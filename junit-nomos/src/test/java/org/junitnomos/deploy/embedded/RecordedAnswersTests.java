package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.HttpTransport.Purpose;
import org.junitnomos.client.HttpTransport.Request;
import org.junitnomos.client.NodeClient;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.realnode.RecordedAnswers;
import org.junitnomos.realnode.RecordedAnswers.Answer;
import org.junitnomos.realnode.RecordedAnswers.Call;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Dev nodes of the embedded backend answer as the real node did. */
class RecordedAnswersTests {
    private static final TopologySpec LIKE_RECORDED = new TopologySpec(
            2, 1, NetworkLayout.FULL, ConsensusParameters.DEFAULT, WalletSpec.NONE, LinkSpec.DEFAULT, Map.of());

    @TempDir
    Path directory;

    @Test
    void nodesAnswerAsRecorded() throws Exception {
        try (var cluster = new EmbeddedClusterFixture(directory)) {
            var differences = new ArrayList<String>();
            cluster.deployed(LIKE_RECORDED, cluster.deployer(DevNode::new), deployment -> {
                NodeClient validator = deployment.node("validator-0").client();
                while (validator.cryptarchiaInfo().height() < 4) {
                    cluster.timeline.sleep(Duration.ofSeconds(1));
                }
                var info = validator.cryptarchiaInfo();
                var key = deployment.genesis().leaders().get(0).toPublicKey();
                var recorded =
                        new RecordedAnswers(info.lib().toHex(), info.tip().toHex(), key.toHex());
                List<Call> calls = recorded.calls();
                assertThat(calls).hasSize(106);
                for (var call : calls) {
                    if (isCarried(call)) {
                        differences.addAll(RecordedAnswers.differences(call, ask(deployment.transport(), call)));
                    }
                }
            });
            assertThat(differences).isEmpty();
        }
    }

    /** The transport says JSON of every body, and of nothing else. */
    private static boolean isCarried(Call call) {
        return call.body().length > 0 ? "application/json".equals(call.contentType()) : call.contentType() == null;
    }

    private static Answer ask(HttpTransport transport, Call call) throws IOException {
        String node = call.executor() ? "executor-0" : "validator-0";
        String url = call.testing() ? EmbeddedTransport.testingAddress(node) : EmbeddedTransport.apiAddress(node);
        var request = new Request(
                node, call.method(), url + call.path(), call.body(), "", Purpose.QUESTION, Duration.ofSeconds(40));
        try (var response = transport.exchange(request)) {
            return Answer.of(
                    response.status(), response.headers(), response.body().readAllBytes());
        }
    }
}
