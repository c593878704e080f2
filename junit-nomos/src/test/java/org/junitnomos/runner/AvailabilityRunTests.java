package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.runner.EmbeddedRuns.journal;
import static org.junitnomos.runner.EmbeddedRuns.judged;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.TestingClient;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.TestConfigs;
import org.junitnomos.devnode.da.DaMessage;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.ChannelOrder;
import org.junitnomos.expectation.Dispersal;
import org.junitnomos.expectation.HistoricSampling;
import org.junitnomos.expectation.Retrievability;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.ChannelStart;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.opentest4j.AssertionFailedError;

/** Whole runs with blobs: all is found right on right nodes, and each planted bug by the expectation that is for it. */
class AvailabilityRunTests {
    private static final int COLUMNS = 8;

    @TempDir
    Path directory;

    private static Scenario scenario() {
        return Scenario.builder()
                .name("blobs")
                .validators(3)
                .executors(2)
                .layout(NetworkLayout.FULL)
                .securityParameter(5)
                .workload(DataAvailabilityWorkload.builder()
                        .blobRate(1)
                        .channels(4)
                        .start(ChannelStart.ALTERNATING)
                        .signers(2)
                        .build())
                .expect(new BlobInclusion(100, 100, 20))
                .expect(new Dispersal())
                .expect(new Retrievability())
                .expect(new HistoricSampling())
                .expect(new ChannelOrder())
                .runFor(Duration.ofMinutes(1))
                .build();
    }

    private RunResult run(NodeCoreFactory nodes, ScenarioRunner.Body body) {
        var result = new EmbeddedRuns(directory).run(scenario(), nodes, body);
        assertThat(result.infrastructureFailure()).isNull();
        return result;
    }

    private RunResult run(NodeCoreFactory nodes) {
        return run(nodes, run -> {});
    }

    private static NodeCoreFactory nodes(DevNodeParts parts) {
        return (config, store, outbox) -> new DevNode(TestConfigs.withColumns(config, COLUMNS), store, outbox, parts);
    }

    private static NodeCoreFactory nodes(DaRules rules) {
        return nodes(DevNodeParts.standard().withDataAvailability(rules));
    }

    private static Map<String, Verdict> verdicts(RunResult result) {
        return result.expectations().stream()
                .collect(Collectors.toMap(
                        ExpectationResult::name, ExpectationResult::verdict, (a, b) -> a, TreeMap::new));
    }

    private static String failure(RunResult result, String expectation) {
        return judged(result, expectation, Verdict.FAILED).failure().getMessage();
    }

    @Test
    void everyBlobIsAccountedForOnRightNodes() {
        var result = run(nodes(DaRules.STANDARD));

        assertThat(result.failures()).isEmpty();
        var events = journal(result);
        var ledger = BlobLedger.of(events);
        assertThat(ledger.size()).isGreaterThan(8);
        assertThat(ledger.count(BlobLedger.State.RETRIEVABLE)).isGreaterThan(8);
        assertThat(ledger.fates()).allSatisfy(fate -> {
            assertThat(fate.size() % 31).isZero();
            assertThat(fate.state())
                    .isIn(
                            BlobLedger.State.RETRIEVABLE,
                            BlobLedger.State.FINAL,
                            BlobLedger.State.INCLUDED,
                            BlobLedger.State.POOLED,
                            BlobLedger.State.DISPERSED,
                            BlobLedger.State.SUBMITTED);
        });
        assertThat(events.stream().filter(JournalEvent.InscriptionSubmitted.class::isInstance))
                .as("every second channel is opened by an inscription")
                .hasSize(2);
        assertThat(events.stream().filter(JournalEvent.BlobPooled.class::isInstance))
                .isNotEmpty();
    }

    /** Nodes that keep all shares but do not give those of some columns to clients. */
    private static NodeCoreFactory withholding(Set<Integer> columns) {
        return (config, store, outbox) ->
                new Passing.Core(new DevNode(TestConfigs.withColumns(config, COLUMNS), store, outbox)) {
                    @Override
                    public ApiResponse handle(ApiRequest request, long now) {
                        var answer = right.handle(request, now);
                        if (!request.path().equals("/da/sampling/shares") || answer.status() != 200) {
                            return answer;
                        }
                        var lines = new String(answer.body(), StandardCharsets.UTF_8).lines();
                        String kept = lines.filter(line -> columns.stream()
                                        .noneMatch(each -> line.contains("\"share_idx\":" + each + ",")))
                                .map(line -> line + "\n")
                                .collect(Collectors.joining());
                        return new ApiResponse(200, answer.contentType(), kept.getBytes(StandardCharsets.UTF_8), null);
                    }
                };
    }

    @Test
    void halfOfTheColumnsGiveBackEveryBlob() {
        var result = run(withholding(Set.of(0, 3, 4, 6)));

        assertThat(verdicts(result)).containsEntry("retrievability", Verdict.PASSED);
        assertThat(failure(result, "dispersal")).containsPattern("blob [0-9a-f]{64}: column 0 is on none of ");
    }

    @Test
    void oneColumnLessLosesEveryBlob() {
        var text = failure(run(withholding(Set.of(0, 2, 3, 4, 6))), "retrievability");

        String members = "(\\(should be on (validator|executor)-\\d, (validator|executor)-\\d\\))";
        assertThat(text)
                .containsPattern("expected the bytes of every irreversible blob but (\\d+) of \\1 cannot be had:\n"
                        + "  blob [0-9a-f]{64} \\(\\d+ bytes, given to executor-\\d\\): 3 of 8 columns are there, 4 are needed; missing: 0 "
                        + members + ", 2 " + members + ", 3 " + members + ", 4 " + members + ", 6 " + members + "\n");
    }

    @Test
    void sharesAreBrokenOnPurposeAndHealed() {
        var seen = new ArrayList<String>();
        var result = run(nodes(DaRules.STANDARD), run -> {
            run.clock().sleep(Duration.ofSeconds(50));
            var half = run.control().withhold(List.of(0, 3, 4, 6));
            seen.add(half.observed());
            new Retrievability().evaluate(run);
            var more = run.control().withhold(List.of(1));
            assertThatThrownBy(() -> new Retrievability().evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("3 of 8 columns are there, 4 are needed; missing: 0 (should be on ");
            seen.add(run.control().heal(half).observed());
            new Retrievability().evaluate(run);
            run.control().corrupt(List.of(2, 5, 6, 7));
            assertThatThrownBy(() -> new Retrievability().evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("3 of 8 columns are there")
                    .hasMessageContaining("does not verify");
            run.control().restart("validator-0");
            assertThat(run.client("validator-0").devControl().shareFaults())
                    .isEqualTo(new TestingClient.ShareFaults(List.of(1), List.of(2, 5, 6, 7)));
            run.control().heal(more);
            seen.add(run.control().heal().observed());
            new Retrievability().evaluate(run);
        });

        assertThat(result.failures()).isEmpty();
        assertThat(seen.subList(0, 2))
                .containsExactly(
                        "every running node reports that it withholds columns [0, 3, 4, 6] and corrupts columns []",
                        "every running node reports that it withholds columns [1] and corrupts columns []");
        assertThat(journal(result, JournalEvent.FaultRequested.class))
                .extracting(JournalEvent.FaultRequested::kind)
                .containsExactly("withhold", "withhold", "corrupt", "restart");
    }

    @Test
    void aPeerIsBlockedThroughTheApiAndHealed() {
        var seen = new ArrayList<String>();
        var result = run(nodes(DaRules.STANDARD), run -> {
            run.clock().sleep(Duration.ofSeconds(10));
            var proof = run.control().blockPeer("executor-0", "validator-1");
            seen.add(proof.observed());
            var blocked = run.client("executor-0").blobs().blockedPeers();
            assertThat(blocked).hasSize(1);
            run.control().restart("executor-0");
            assertThat(run.client("executor-0").blobs().blockedPeers()).isEqualTo(blocked);
            run.clock().sleep(Duration.ofSeconds(10));
            seen.add(run.control().heal(proof).observed());
            assertThat(run.client("executor-0").blobs().blockedPeers()).isEmpty();
        });

        assertThat(result.failures()).isEmpty();
        assertThat(seen)
                .containsExactly(
                        "executor-0 reports validator-1 as blocked", "executor-0 reports validator-1 as not blocked");
    }

    @Test
    void aShareThatIsDroppedSilentlyFailsDispersal() {
        var result = run(nodes(new DaRules() {
            @Override
            public boolean keeps(BlobCommitments commitments, BlobShare share) {
                return share.index() != 5;
            }
        }));

        assertThat(failure(result, "dispersal"))
                .containsPattern(
                        "blob [0-9a-f]{64}: column 5 is on none of (validator|executor)-\\d, (validator|executor)-\\d");
        assertThat(verdicts(result)).containsEntry("retrievability", Verdict.PASSED);
    }

    @Test
    void aBlobThatIsIncludedWithoutSharesIsLost() {
        var result = run(nodes(new DaRules() {
            @Override
            public boolean keeps(BlobCommitments commitments, BlobShare share) {
                return false;
            }

            @Override
            public boolean admits(boolean sampled) {
                return true;
            }
        }));

        assertThat(failure(result, "retrievability"))
                .contains("no node has its commitments; missing: 0 (should be on ");
        assertThat(verdicts(result))
                .containsEntry("dispersal", Verdict.FAILED)
                .containsEntry("historic sampling", Verdict.FAILED);
    }

    /** Let every share that leaves a node be another one than was committed to. */
    private static Outbox spoiling(Outbox outbox) {
        UnaryOperator<BlobShare> spoil = share -> {
            byte[] column = share.column();
            column[0] += 1; // twice is not the right one again
            return new BlobShare(share.index(), column, share.proof());
        };
        return new Outbox() {
            @Override
            public void send(String peer, PeerMessage message, long delayNanos) {
                PeerMessage sent = message;
                if (message instanceof PeerMessage.Routed routed
                        && routed.content() instanceof DaMessage.Dispersal dispersal) {
                    var content = new DaMessage.Dispersal(
                            dispersal.transaction(),
                            dispersal.commitments(),
                            spoil.apply(dispersal.share()),
                            dispersal.replica());
                    sent = new PeerMessage.Routed(routed.origin(), routed.target(), routed.number(), content);
                }
                outbox.send(peer, sent, delayNanos);
            }

            @Override
            public void log(String level, String text) {
                outbox.log(level, text);
            }
        };
    }

    @Test
    void aWrongCommitmentThatIsAcceptedFailsDispersal() {
        var believing = DevNodeParts.standard().withDataAvailability(new DaRules() {
            @Override
            public boolean verifies(BlobCommitments commitments, BlobShare share) {
                return true;
            }
        });
        var result = run((config, store, outbox) ->
                new DevNode(TestConfigs.withColumns(config, COLUMNS), store, spoiling(outbox), believing));

        assertThat(failure(result, "dispersal"))
                .containsPattern("column \\d that (validator|executor)-\\d gives does not verify");
        assertThat(verdicts(result)).containsEntry("retrievability", Verdict.FAILED);
    }

    @Test
    void aMessageOutOfItsOrderFailsChannelOrder() {
        var careless = DevNodeParts.standard().withTransactionRules((state, transaction, number) -> {
            try {
                return StandardRules.INSTANCE.apply(state, transaction, number);
            } catch (RejectedTransactionException rejected) {
                if (rejected.reason() == RejectedTransactionException.Reason.INVALID_PARENT) {
                    return state;
                }
                throw rejected;
            }
        });
        var bogus = new byte[MsgId.LENGTH];
        Arrays.fill(bogus, (byte) 7);
        var result = run(nodes(careless), run -> {
            run.clock().sleep(Duration.ofSeconds(20));
            var channel = run.journal()
                    .events(JournalEvent.BlobSubmitted.class)
                    .get(0)
                    .channel();
            run.client("executor-0")
                    .blobs()
                    .disperse(new BlobRequest.Disperse(
                            channel, MsgId.of(bogus), Ed25519PrivateKey.ZERO.publicKey(), new byte[31]));
        });

        assertThat(failure(result, "channel order"))
                .containsPattern("message [0-9a-f]{64} of channel [0-9a-f]{64} in block [0-9a-f]{64} at height \\d+ has"
                        + " the parent (07){32} but the tip of the channel was [0-9a-f]{64}");
    }
}
