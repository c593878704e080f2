package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.journal;
import static org.junitnomos.runner.EmbeddedRuns.judged;
import static org.junitnomos.runner.EmbeddedRuns.only;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.planted.StopsAfterHeight;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.Dispersal;
import org.junitnomos.expectation.HistoricSampling;
import org.junitnomos.expectation.Retrievability;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent.LoadDelivered;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.TransactionWorkload;

/** What workloads deliver is on record and judged, also when nodes refuse, die, or the run is cut. */
class DeliveredLoadRunTests {
    @TempDir
    Path directory;

    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("load")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .wallets(20)
                .runFor(Duration.ofMinutes(2));
    }

    private static ScenarioBuilder transactions() {
        return plan().workload(new TransactionWorkload(3, 20)).expect(new TransactionInclusion());
    }

    private RunResult run(ScenarioBuilder scenario, NodeCoreFactory nodes, ScenarioRunner.Body body) {
        var result = new EmbeddedRuns(directory).run(scenario.build(), nodes, body);
        assertThat(result.infrastructureFailure()).isNull();
        return result;
    }

    private static List<LoadDelivered> accounts(RunResult result) {
        return journal(result, LoadDelivered.class);
    }

    private static long missed(LoadDelivered account) {
        return account.missed().values().stream().mapToLong(Long::longValue).sum();
    }

    private static ExpectationResult inclusion(RunResult result, Verdict verdict) {
        return judged(result, "transaction inclusion", verdict);
    }

    private static NodeCoreFactory refusing(String... names) {
        return (config, store, outbox) -> new Passing.Core(new DevNode(config, store, outbox)) {
            @Override
            public ApiResponse handle(ApiRequest request, long now) {
                if (List.of(names).contains(config.name()) && request.path().equals("/mempool/add/tx")) {
                    return new ApiResponse(500, "text/plain", "planted".getBytes(StandardCharsets.UTF_8), null);
                }
                return right.handle(request, now);
            }
        };
    }

    private static NodeCoreFactory dying(String name, Duration at) {
        return only(name, core -> new Passing.Core(core) {
            @Override
            public void tick(long now) {
                if (now > at.toNanos()) {
                    throw new IllegalStateException("planted");
                }
                right.tick(now);
            }
        });
    }

    @Test
    void aHealthyRunDeliversAlmostAllAndSaysSo() {
        var result = run(transactions(), DevNode::new, run -> {});

        assertThat(result.failures()).isEmpty();
        assertThat(accounts(result)).singleElement().satisfies(account -> {
            assertThat(account.load()).isEqualTo("transactions");
            assertThat(account.planned()).isGreaterThan(100).isEqualTo(account.accepted() + missed(account));
            assertThat(account.accepted()).isGreaterThan(account.planned() * 95 / 100);
        });
    }

    @Test
    void oneNodeThatRefusesFailsByNameAndStandsInTheAccount() {
        var judged = inclusion(run(transactions(), refusing("validator-1"), run -> {}), Verdict.FAILED);

        assertThat(judged.text())
                .containsPattern("^validator-1 refused (\\d+) of the \\1 transactions submitted to it, 100\\.0 % ")
                .containsPattern("refused by validator-1 with status 500: planted \\(\\d+\\)");
    }

    @Test
    void nodesThatAllRefuseFailInclusion() {
        var result =
                run(transactions(), refusing("validator-0", "validator-1", "validator-2", "executor-0"), run -> {});

        assertThat(inclusion(result, Verdict.FAILED).text())
                .containsPattern("expected accepted transactions but there was none: \\d+ submitted, refused: \\{500"
                        + " planted=\\d+\\}");
        assertThat(accounts(result)).singleElement().satisfies(account -> {
            assertThat(account.accepted()).isZero();
            assertThat(account.planned()).isEqualTo(missed(account));
        });
    }

    @Test
    void nodesThatAreAllDownAreTheMainCause() {
        var result = run(transactions(), DevNode::new, run -> {
            run.clock().sleep(Duration.ofSeconds(20));
            for (var node : run.cluster().nodes()) {
                run.control().stop(node.name());
            }
        });

        assertThat(accounts(result))
                .singleElement()
                .satisfies(account -> assertThat(account.planned()).isEqualTo(account.accepted() + missed(account)));
        assertThat(result.verdict()).isNotEqualTo(Verdict.FAILED);
    }

    @Test
    void aBodyThatFailsAtOnceLeavesInclusionInconclusive() {
        var result = run(transactions(), DevNode::new, run -> {
            throw new AssertionError("body says no");
        });

        assertThat(inclusion(result, Verdict.INCONCLUSIVE).text())
                .contains("the run was cut: the test body failed: body says no");
        assertThat(accounts(result))
                .allSatisfy(account -> assertThat(account.planned()).isLessThanOrEqualTo(3));
    }

    @Test
    void aChainThatStoppedIsTheReasonForWhatWaits() {
        var judged = inclusion(run(transactions(), new StopsAfterHeight(6), run -> {}), Verdict.FAILED);

        assertThat(judged.text())
                .startsWith("the chain stopped at height 6, slot ")
                .containsPattern(
                        "^the chain stopped at height 6, slot \\d+: no block in the \\d+ slots \\([^)]+\\) since"
                                + " then; \\d+ transactions wait for it\n");
    }

    @Test
    void accountsOfBlobsAddUpAlsoWhenTheRunIsCut() {
        var plan = plan().workload(new DataAvailabilityWorkload(2)).expect(new BlobInclusion());
        var whole = accounts(run(plan, DevNode::new, run -> {}));
        var cut = accounts(run(plan, DevNode::new, run -> {
            run.clock().sleep(Duration.ofSeconds(40));
            throw new AssertionError("enough");
        }));

        assertThat(whole).extracting(LoadDelivered::load).containsExactly("blobs", "inscriptions");
        assertThat(cut).extracting(LoadDelivered::load).containsExactly("blobs", "inscriptions");
        assertThat(whole)
                .allSatisfy(account ->
                        assertThat(account.planned()).isPositive().isEqualTo(account.accepted() + missed(account)));
        assertThat(cut)
                .allSatisfy(account ->
                        assertThat(account.planned()).isPositive().isEqualTo(account.accepted() + missed(account)));
        assertThat(cut.get(0).planned()).isLessThan(whole.get(0).planned() / 2);
    }

    @Test
    void aNodeThatDiedAndShouldHoldSharesIsNamedByAllThatAskForThem() {
        var plan = plan().executors(2)
                .workload(DataAvailabilityWorkload.builder().judged(false).build())
                .expect(new Dispersal())
                .expect(new Retrievability())
                .expect(new HistoricSampling())
                .runFor(Duration.ofMinutes(3));

        var result = run(plan, dying("validator-1", Duration.ofSeconds(150)), run -> {});

        assertThat(result.expectations()).allSatisfy(judged -> {
            assertThat(judged.verdict()).as(judged.text()).isEqualTo(Verdict.FAILED);
            assertThat(judged.text()).containsPattern("validator-1 ended by itself at 2\\.\\d+ min: .*planted");
        });
    }
}
