package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.LeaderRules;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.planted.IllNodes;
import org.junitnomos.expectation.Leadership;
import org.junitnomos.expectation.LinkTraffic;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.TransactionWorkload;

/** A leader that leaves out what others carry is named, and so is a node that does not take blocks with blobs. */
class PlantedBlobTests {
    private static final String ILL = "validator-1";

    @TempDir
    Path directory;

    private RunResult run(NodeCoreFactory nodes) {
        var scenario = Scenario.builder()
                .name("planted blobs")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .wallets(10)
                .workload(new TransactionWorkload(2, 10))
                .workload(new DataAvailabilityWorkload(1))
                .expect(new Leadership())
                .expect(new LinkTraffic())
                .runFor(Duration.ofMinutes(2))
                .build();
        return new EmbeddedRuns(directory).run(scenario, nodes);
    }

    /** One leader carries nothing of a kind. */
    private static NodeCoreFactory without(Predicate<SignedMantleTx> kind) {
        var right = DevNodeParts.standard();
        var parts = new DevNodeParts(
                right.transactionRules(),
                right.blockRules(),
                right.forkChoice(),
                right.mempool(),
                right.dataAvailability(),
                new LeaderRules() {
                    @Override
                    public List<SignedMantleTx> transactions(List<SignedMantleTx> valid) {
                        return valid.stream().filter(kind.negate()).toList();
                    }
                });
        return only(ILL, (config, store, outbox) -> new DevNode(config, store, outbox, parts));
    }

    @Test
    void rightNodesCarryWhatOthersCarry() {
        assertThat(run(DevNode::new).failures()).isEmpty();
    }

    @Test
    void aLeaderThatNeverCarriesABlobIsNamed() {
        var result =
                run(without(transaction -> transaction.tx().ops().stream().anyMatch(op -> op instanceof ChannelBlob)));

        assertThat(text(result, "leadership", Verdict.FAILED))
                .containsPattern("validator-1 leaves out ChannelBlob: in \\d+ slots in which it made a block another"
                        + " leader carried some, and it carried none in \\d+ of them")
                .doesNotContain("validator-0", "validator-2", "executor-0");
    }

    @Test
    void aLeaderThatNeverCarriesATransferIsNamed() {
        var result = run(without(transaction -> transaction.tx().ops().isEmpty()));

        assertThat(text(result, "leadership", Verdict.FAILED)).contains("validator-1 leaves out transfers: in ");
    }

    @Test
    void aNodeThatAdmitsNoBlobsIsNamed() {
        var result = run(only(
                ILL,
                IllNodes.with(NodeDefect.ADMITS_NO_BLOBS, Duration.ofSeconds(20).toNanos())));

        assertThat(result.failures())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessageContaining(ILL));
    }
}
