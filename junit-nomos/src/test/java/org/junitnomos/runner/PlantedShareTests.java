package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.expectation.Dispersal;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;

/** One node that does not hold what it should fails dispersal by name, also where others make up for it. */
class PlantedShareTests {
    private static final String ILL = "validator-1";

    @TempDir
    Path directory;

    private String dispersal(NodeCoreFactory nodes, Verdict expected) {
        var scenario = Scenario.builder()
                .name("planted shares")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .workload(DataAvailabilityWorkload.builder().blobRate(1).build())
                .expect(new Dispersal())
                .runFor(Duration.ofMinutes(2))
                .build();
        return EmbeddedRuns.text(new EmbeddedRuns(directory).run(scenario, nodes), "dispersal", expected);
    }

    private static NodeCoreFactory answering(String node, String path, UnaryOperator<ApiResponse> change) {
        return only(node, core -> new Passing.Core(core) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                var honest = right.handle(request, now);
                return request.path().equals(path) && honest.status() == 200 ? change.apply(honest) : honest;
            }
        });
    }

    private static ApiResponse text(int status, String text) {
        return new ApiResponse(status, "text/plain", text.getBytes(StandardCharsets.UTF_8), null);
    }

    @Test
    void rightNodesHoldAllTheyShould() {
        dispersal(DevNode::new, Verdict.PASSED);
    }

    @Test
    void aNodeThatKeepsNoShareIsNamed() {
        var careless = DevNodeParts.standard().withDataAvailability(new DaRules() {
            @Override
            public boolean keeps(BlobCommitments commitments, BlobShare share) {
                return false;
            }
        });
        var text = dispersal(
                only(ILL, (config, store, outbox) -> new DevNode(config, store, outbox, careless)), Verdict.FAILED);

        assertThat(text)
                .startsWith("expected a share on every subnet, and none of ")
                .containsPattern("but not every node holds its own:\n  validator-1 does not give (\\d+) of the \\1"
                        + " shares that it should hold, first: column \\d of blob [0-9a-f]{64}")
                .doesNotContain("validator-0", "validator-2", "executor-0");
    }

    @Test
    void aNodeThatAnswersWithAnErrorIsNamedWithIt() {
        assertThat(dispersal(answering(ILL, "/da/sampling/shares", honest -> text(500, "boom")), Verdict.FAILED))
                .containsPattern("validator-1 does not give .*; validator-1 does not answer: status 500: boom");
    }

    @Test
    void aNodeThatSwapsColumnsIsNamed() {
        assertThat(dispersal(answering(ILL, "/da/sampling/shares", PlantedShareTests::swapped), Verdict.FAILED))
                .containsPattern("validator-1 gives what is not right of \\d+ blobs, first: column \\d that validator-1"
                        + " gives does not verify, of blob [0-9a-f]{64}");
    }

    private static ApiResponse swapped(ApiResponse honest) {
        String body = new String(honest.body(), StandardCharsets.UTF_8)
                .replace("\"share_idx\":0", "\"share_idx\":7")
                .replace("\"share_idx\":1", "\"share_idx\":0")
                .replace("\"share_idx\":7", "\"share_idx\":1");
        return new ApiResponse(
                honest.status(), honest.contentType(), body.getBytes(StandardCharsets.UTF_8), honest.lines());
    }

    @Test
    void anExecutorThatOnlySaysThatABlobIsDispersedIsNamed() {
        NodeCoreFactory boasting = (config, store, outbox) -> new Passing.Core(new DevNode(config, store, outbox)) {
            private int asked;

            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                if (request.path().equals("/disperse-data") && ++asked % 3 == 0) {
                    String id = "[" + "7,".repeat(30) + (asked & 127) + "," + (asked >> 7) + "]";
                    return new ApiResponse(200, "application/json", id.getBytes(StandardCharsets.UTF_8), null);
                }
                return right.handle(request, now);
            }
        };

        assertThat(dispersal(boasting, Verdict.FAILED))
                .containsPattern("executor-0 said that blob [0-9a-f]{64} is dispersed, but no node holds anything of"
                        + " it, and it is not on the chain");
    }
}
