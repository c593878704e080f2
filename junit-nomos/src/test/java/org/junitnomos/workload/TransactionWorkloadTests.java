package org.junitnomos.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.LoadDelivered;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.testkit.JournaledRun;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRule;

class TransactionWorkloadTests {
    @TempDir
    Path directory;

    private static ScenarioBuilder plan(int wallets) {
        return Scenario.builder()
                .name("transactions")
                .validators(4)
                .layout(NetworkLayout.FULL)
                .wallets(wallets)
                .runFor(Duration.ofMinutes(5));
    }

    @Nested
    class Rates {
        @Test
        void haveRoomInABlock() {
            assertThatCode(plan(300).workload(new TransactionWorkload(249, 300))::build)
                    .doesNotThrowAnyException();
            assertThatThrownBy(plan(300).workload(new TransactionWorkload(250, 300))::build)
                    .hasMessageContaining("transactions: rate is 250, expected at most 249, as with more bytes than a"
                            + " block has room for no block is made any more. Lower the rate, or let nodes be without"
                            + " BLOCK_SIZE.");
        }

        @Test
        void mayBeHigherWithKinderNodes() {
            assertThatCode(
                            plan(1100).withoutRules(NodeRule.BLOCK_SIZE).workload(new TransactionWorkload(1024, 1100))
                                    ::build)
                    .doesNotThrowAnyException();
        }
    }

    private JournaledRun run(ScenarioBuilder plan, long seed) throws IOException {
        var run = JournaledRun.of(plan, directory, seed);
        assertThat(run.verdict()).as(run.failures()).isEqualTo(Verdict.PASSED);
        return run;
    }

    /** What the other half of a partition took waits, and the rate fills a block nearly alone. */
    @Test
    void neverLetsMoreWaitThanABlockHasRoomFor() throws IOException {
        var plan = plan(1000)
                .walletValue(1)
                .securityParameter(30)
                .workload(new TransactionWorkload(240, 1000, SubmissionStrategy.ROUND_ROBIN, false))
                .workload(new PartitionFault(PartitionShape.HALVES, Duration.ofSeconds(30), Duration.ofSeconds(40)));
        var run = run(plan, 7);

        Set<TxHash> waiting = new HashSet<>();
        int most = 0;
        for (var event : run.events()) {
            if (event instanceof TransactionAccepted accepted) {
                waiting.add(accepted.transaction());
            } else if (event instanceof JournalEvent.TransactionIncluded included) {
                waiting.remove(included.transaction());
            }
            most = Math.max(most, waiting.size());
        }
        assertThat(most).isBetween(240, TransactionWorkload.MOST_WAITING);
        assertThat(run.events(LoadDelivered.class))
                .singleElement()
                .satisfies(load -> assertThat(load.missed()).containsKey(TransactionLoad.FULL));
        assertThat(ForkTree.of(run.events()).height()).isGreaterThan(80);
    }

    @Test
    void sendsAgainWhatWasInABlockThatWasLeft() throws IOException {
        var plan = plan(40).securityParameter(30)
                .workload(new TransactionWorkload(3, 40))
                .workload(new PartitionFault(
                        PartitionShape.HALVES, Duration.ofSeconds(30), Duration.ofSeconds(40), Duration.ofSeconds(100)))
                .expect(new Safety())
                .expect(new TransactionInclusion(15, 100));
        var run = run(plan, 11);

        var tree = ForkTree.of(run.events());
        Set<TxHash> onChain = hashes(tree.chain());
        Set<TxHash> left = hashes(tree.blocks());
        left.removeAll(onChain);
        Set<TxHash> again = new HashSet<>();
        for (var submitted : run.events(TransactionSubmitted.class)) {
            if (submitted.attempt() > 1) {
                again.add(submitted.transaction());
            }
        }
        var chain = new HashSet<>(tree.chain());
        Set<TxHash> rescued = hashes(
                tree.blocks().stream().filter(block -> !chain.contains(block)).toList());
        rescued.retainAll(again);
        assertThat(onChain)
                .as("transactions of blocks that were left, sent again")
                .containsAnyElementsOf(rescued);
        assertThat(left).as("transactions in no block of the chain").hasSizeLessThan(again.size());
    }

    private static Set<TxHash> hashes(List<JournalEvent.BlockObserved> blocks) {
        var found = new HashSet<TxHash>();
        blocks.forEach(block ->
                block.transactions().stream().map(TransactionSummary::hash).forEach(found::add));
        return found;
    }
}
