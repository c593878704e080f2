package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.judged;
import static org.junitnomos.runner.EmbeddedRuns.only;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.planted.IllNodes;
import org.junitnomos.devnode.planted.StopsAfterHeight;
import org.junitnomos.devnode.planted.StuckNode;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** Nodes with a planted bug fail the expectation that is there for it, with a text that names the cause. */
class PlantedBugsTests {
    @TempDir
    Path directory;

    private static Scenario scenario() {
        return Scenario.builder()
                .name("planted")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .wallets(10)
                .workload(new TransactionWorkload(3, 10))
                .expect(new ConsensusLiveness())
                .expect(new TransactionInclusion())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .runFor(Duration.ofMinutes(2))
                .build();
    }

    private RunResult run(NodeCoreFactory nodes) {
        return run(nodes, run -> {});
    }

    private RunResult run(NodeCoreFactory nodes, ScenarioRunner.Body body) {
        var result = new EmbeddedRuns(directory).run(scenario(), nodes, body);
        assertThat(result.infrastructureFailure()).isNull();
        return result;
    }

    private static String failure(RunResult result, String expectation) {
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        var found = judged(result, expectation, Verdict.FAILED);
        assertThat(found.failure().getMessage())
                .startsWith(expectation + ": ")
                .contains("seed: 4711")
                .contains("-Dnomos.seed=4711");
        return found.failure().getMessage();
    }

    @Test
    void nothingFailsWithoutABug() {
        assertThat(run(DevNode::new).failures()).isEmpty();
    }

    @Test
    void aChainThatStopsFailsLiveness() {
        var text = failure(run(new StopsAfterHeight(6)), "consensus liveness");

        assertThat(text)
                .contains("the last one has height 6")
                .containsPattern("no block for \\d+ slots \\([^)]+\\), from slot \\d+ to slot 59");
    }

    @Test
    void aStuckNodeFailsLivenessAndConvergenceByName() {
        var result =
                run(only("validator-1", new StuckNode(Duration.ofSeconds(30).toNanos())));

        assertThat(failure(result, "consensus liveness"))
                .containsPattern("validator-1: height \\d+ at slot \\d+, \\d+ blocks behind the chain at height");
        assertThat(failure(result, "height convergence"))
                .contains("validator-1: height")
                .contains("blocks behind");
    }

    @Test
    void aNodeThatFinalizesAnotherBranchFailsSafetyAndEndsTheRun() {
        var result = run(only(
                "validator-2",
                IllNodes.with(
                        NodeDefect.FINALIZES_ITS_OWN_BRANCH,
                        Duration.ofSeconds(10).toNanos())));

        assertThat(failure(result, "safety"))
                .containsPattern("two nodes finalized different blocks at height \\d+: .*validator-2 has [0-9a-f]{64}");
        assertThat(result.cut()).isNotNull();
    }

    @Test
    void aMempoolThatForgetsEveryThirdTransactionFailsInclusion() {
        var text = failure(run(IllNodes.with(NodeDefect.FORGETS_TRANSACTIONS)), "transaction inclusion");

        assertThat(text)
                .contains("expected every accepted transaction on the chain within 10 blocks but")
                .containsPattern("[0-9a-f]{64}: accepted by (validator|executor)-\\d at .*not on the chain at height");
    }

    @Test
    void aTransactionIncludedTwiceFailsSafety() {
        assertThat(failure(run(IllNodes.with(NodeDefect.ACCEPTS_REPLAYS)), "safety"))
                .containsPattern("transaction [0-9a-f]{64} is included twice on one branch: in block [0-9a-f]{64}");
    }

    @Test
    void supplyThatGrowsFailsSafety() {
        assertThat(failure(run(IllNodes.with(NodeDefect.MINTS)), "safety")).contains("supply changed by ");
    }

    @Test
    void aReorgDeeperThanKFailsSafety() {
        var result = run(
                (config, store, outbox) -> new HidesFinality(
                        config, IllNodes.with(NodeDefect.REORGS_BEYOND_K).create(config, store, outbox)),
                run -> {
                    run.clock().sleep(Duration.ofSeconds(6));
                    run.control().partition(List.of(List.of("validator-0"), List.of("validator-1", "validator-2")));
                    run.clock().sleep(Duration.ofSeconds(90));
                    run.control().heal();
                });

        assertThat(failure(result, "safety"))
                .containsPattern(
                        "\\w+-\\d took back \\d+ blocks at once when it moved to height \\d+; a block is final 10"
                                + " blocks deep");
    }

    /** Reports genesis as final for ever, so that only the depth of a reorg tells. */
    private static final class HidesFinality extends Passing.Core {
        private final String genesis;

        HidesFinality(DevNodeConfig config, NodeCore core) {
            super(core);
            this.genesis = new GenesisTx(config.genesis()).header().id().toHex();
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            var answer = right.handle(request, now);
            if (!request.path().equals("/cryptarchia/info")) {
                return answer;
            }
            var body = new String(answer.body(), StandardCharsets.UTF_8)
                    .replaceFirst("\"lib\":\"[0-9a-f]{64}\"", "\"lib\":\"" + genesis + "\"");
            return new ApiResponse(
                    answer.status(), answer.contentType(), body.getBytes(StandardCharsets.UTF_8), answer.lines());
        }
    }
}
