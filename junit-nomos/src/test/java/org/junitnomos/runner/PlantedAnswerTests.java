package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.judged;
import static org.junitnomos.runner.EmbeddedRuns.only;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.expectation.Healthy;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.HostileTransactionsWorkload;
import org.junitnomos.workload.TransactionWorkload;

/** A node that does one thing otherwise fails, by name, the expectation that a healthy plan brings for it. */
class PlantedAnswerTests {
    private static final String NODE = "validator-1";

    /** All nodes are ready by then. */
    private static final long FROM = Duration.ofSeconds(20).toNanos();

    @TempDir
    Path directory;

    private RunResult run(NodeCoreFactory nodes) {
        var scenario = Scenario.builder()
                .name("planted answers")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .wallets(10)
                .workload(new TransactionWorkload(3, 10))
                .workload(new HostileTransactionsWorkload())
                .workload(new DataAvailabilityWorkload(1))
                .expect(new Healthy())
                .runFor(Duration.ofMinutes(2))
                .build();
        return new EmbeddedRuns(directory).run(scenario, nodes);
    }

    /** Let one node answer one route otherwise. */
    private RunResult lying(String path, UnaryOperator<String> lie) {
        return run(only(NODE, core -> new Passing.Core(core) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                return changed(request, right.handle(request, now), now);
            }

            @Override
            public ApiResponse handleTesting(ApiRequest request, long now) {
                return changed(request, right.handleTesting(request, now), now);
            }

            private ApiResponse changed(ApiRequest request, ApiResponse answer, long now) {
                if (now < FROM || !request.path().startsWith(path) || answer.status() != 200) {
                    return answer;
                }
                var body = lie.apply(new String(answer.body(), StandardCharsets.UTF_8));
                return new ApiResponse(
                        200, answer.contentType(), body.getBytes(StandardCharsets.UTF_8), answer.lines());
            }
        }));
    }

    private static String failure(RunResult result, String expectation) {
        return String.valueOf(judged(result, expectation, Verdict.FAILED).text());
    }

    @Test
    void nothingFailsWithoutABug() {
        assertThat(run(DevNode::new).failures()).isEmpty();
    }

    @Test
    void namesWrongBalances() {
        var result = lying("/wallet", body -> body.replaceFirst("\"balance\":(\\d+)", "\"balance\":1$1"));

        assertThat(failure(result, "answers agree"))
                .contains(NODE + ", balance of ")
                .contains("the sum of its notes");
        assertThat(failure(result, "value conservation")).contains(NODE + " tells balances of ");
    }

    @Test
    void namesAnExplorerThatLeavesBlocksOut() {
        assertThat(failure(lying("/cryptarchia/blocks", body -> "[]"), "answers agree"))
                .contains(NODE + ", blocks of slots ");
    }

    @Test
    void namesANodeThatKnowsNoStatus() {
        var result = lying(
                "/mantle/status", body -> body.replaceAll("\"Pending\"|\\{\"InBlock\":\\{[^}]*}}", "\"Unknown\""));

        assertThat(failure(result, "answers agree"))
                .contains(NODE + ", status of transactions in blocks that others made: expected a block, of some of");
    }

    @Test
    void namesANodeThatSeesNoPeers() {
        assertThat(failure(
                        lying("/network/info", body -> body.replaceFirst("\"n_peers\":\\d+", "\"n_peers\":0")),
                        "link traffic"))
                .contains(NODE + " says that it has 0 peers, but 3 of those that it is linked with run");
    }

    @Test
    void namesALinkThatIsNotConnected() {
        assertThat(failure(
                        lying(
                                "/test/dev/links",
                                body -> body.replaceFirst("\"connected\":true", "\"connected\":false")),
                        "link traffic"))
                .contains(NODE + " says that its link to validator-0 is not connected");
    }

    @Test
    void namesARouteThatFailsNowAndThen() {
        var result = run(only(NODE, core -> new Passing.Core(core) {
            private int asked;

            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                boolean fails = request.path().equals("/mantle/metrics") && ++asked % 4 == 0;
                return fails ? new ApiResponse(500, "text/plain", new byte[0], null) : right.handle(request, now);
            }
        }));

        assertThat(failure(result, "service quality"))
                .contains(NODE + " did not answer ")
                .contains("/mantle/metrics");
    }

    @Test
    void namesANodeThatNeverLeads() {
        var result = run(only(NODE, (NodeCore core) -> new Passing.Core(core) {
            @Override
            public ApiResponse handleTesting(ApiRequest request, long now) {
                var answer = right.handleTesting(request, now);
                return request.path().equals("/test/dev/proposals")
                        ? new ApiResponse(
                                200, answer.contentType(), "[]".getBytes(StandardCharsets.UTF_8), answer.lines())
                        : answer;
            }
        }));

        assertThat(failure(result, "leadership")).contains(NODE + " made blocks in 0 of the ");
    }

    @Test
    void namesAMemberThatGivesNoShares() {
        assertThat(failure(lying("/da/sampling/shares", body -> ""), "assigned shares"))
                .contains(NODE + " does not give column ");
    }
}
