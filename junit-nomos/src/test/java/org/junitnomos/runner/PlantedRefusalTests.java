package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.SubmissionStrategy;
import org.junitnomos.workload.TransactionWorkload;

/** A node that refuses some of what it should take fails inclusion by name, although others make up for it. */
class PlantedRefusalTests {
    private static final String ADD = "/mempool/add/tx";
    private static final String DISPERSE = "/disperse-data";

    @TempDir
    Path directory;

    private RunResult run(NodeCoreFactory nodes, SubmissionStrategy strategy, ScenarioRunner.Body body) {
        var scenario = Scenario.builder()
                .name("refusals")
                .validators(3)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .wallets(20)
                .workload(new TransactionWorkload(3, 20, strategy))
                .workload(DataAvailabilityWorkload.builder().blobRate(2).build())
                .expect(new TransactionInclusion())
                .expect(new BlobInclusion())
                .runFor(Duration.ofMinutes(4))
                .build();
        return new EmbeddedRuns(directory).run(scenario, nodes, body);
    }

    /** Refuses every so many of the requests to a path. */
    private static final class Refuses extends Passing.Core {
        private final String path;
        private final int every;
        private final String text;
        private int count;

        Refuses(NodeCore core, String path, int every, String text) {
            super(core);
            this.path = path;
            this.every = every;
            this.text = text;
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            if (request.path().equals(path) && ++count % every == 0) {
                return new ApiResponse(500, "text/plain", text.getBytes(StandardCharsets.UTF_8), null);
            }
            return right.handle(request, now);
        }
    }

    private static NodeCoreFactory refusing(String node, String path, int every, String text) {
        return only(node, core -> new Refuses(core, path, every, text));
    }

    @Test
    void nobodyIsNamedWithoutABugAlsoAfterARestart() {
        var result = run(DevNode::new, SubmissionStrategy.ROUND_ROBIN, run -> {
            run.clock().sleep(Duration.ofSeconds(60));
            run.control().restart("executor-1");
        });

        text(result, "transaction inclusion", Verdict.PASSED);
        text(result, "blob inclusion", Verdict.PASSED);
    }

    @Test
    void aNodeThatRefusesOneTransactionInFiveFailsInclusion() {
        var result =
                run(refusing("validator-1", ADD, 5, "planted: not now"), SubmissionStrategy.ROUND_ROBIN, run -> {});

        assertThat(text(result, "transaction inclusion", Verdict.FAILED))
                .containsPattern("^validator-1 refused \\d+ of the \\d+ transactions submitted to it, \\d+\\.\\d %"
                        + " \\(allowed 0 %\\), although it was up and under no fault: status 500: planted: not now"
                        + " \\(\\d+\\); the first is [0-9a-f]{64} at .*, which \\S+ took");
    }

    @Test
    void aNodeThatClaimsToHaveWhatIsNewFailsInclusion() {
        var result = run(
                refusing("validator-1", ADD, 20, "Item already in mempool"), SubmissionStrategy.ROUND_ROBIN, run -> {});

        assertThat(text(result, "transaction inclusion", Verdict.FAILED))
                .contains("status 500: Item already in mempool");
    }

    @Test
    void theOnlyNodeThatIsAskedIsNamed() {
        var result = run(refusing("validator-0", ADD, 5, "planted: no"), SubmissionStrategy.ONE_NODE, run -> {});

        assertThat(text(result, "transaction inclusion", Verdict.FAILED)).startsWith("validator-0 refused ");
    }

    @Test
    void anExecutorThatRefusesOneBlobInFiveFailsInclusionOfBlobs() {
        var result = run(refusing("executor-1", DISPERSE, 5, "planted: no"), SubmissionStrategy.ROUND_ROBIN, run -> {});

        assertThat(text(result, "blob inclusion", Verdict.FAILED))
                .containsPattern(
                        "^executor-1 refused \\d+ of the \\d+ blobs submitted to it, .*status 500:?.*planted: no");
        text(result, "transaction inclusion", Verdict.PASSED);
    }
}
