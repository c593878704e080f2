package org.junitnomos.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitnomos.assertions.NomosAssertions.assertThat;
import static org.junitnomos.assertions.NomosAssertions.assertThatChain;
import static org.junitnomos.assertions.RunAwait.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.TransactionWorkload;
import org.opentest4j.AssertionFailedError;

/** On dev nodes in this JVM: what holds passes, and what does not says everything that a failure has to say. */
class AssertionsInARunTests {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("asserted")
                .backend("embedded")
                .validators(3)
                .layout(NetworkLayout.FULL)
                .wallets(6)
                .runFor(Duration.ofMinutes(5));
    }

    private RunResult run(ScenarioBuilder plan, ScenarioRunner.Body body) {
        var settings = RunSettings.defaults().withSeed(4711L).withDirectory(directory);
        return ScenarioRunner.run(plan.build(), settings, body);
    }

    private static void passes(RunResult result) throws Throwable {
        if (result.bodyFailure() != null) {
            throw result.bodyFailure();
        }
        if (result.infrastructureFailure() != null) {
            throw result.infrastructureFailure();
        }
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    }

    private static MantleTx transfer(Wallet from, Wallet to) {
        return MantleTx.of(
                List.of(), new LedgerTx(List.of(from.genesisNote()), List.of(new Note(from.value(), to.owner()))));
    }

    @Test
    void clusterNodeFeedAndChain() throws Throwable {
        passes(run(plan(), run -> {
            var cluster = run.cluster();
            var node = cluster.node("validator-1");
            await(run).atMost(MINUTE).untilAsserted(() -> assertThat(cluster).hasHeightAtLeast(5));
            await(run).atMost(MINUTE).untilAsserted(() -> assertThat(cluster).agreesOnTip());

            assertThat(cluster)
                    .hasConverged()
                    .hasConvergedWithin(0)
                    .isReady()
                    .hasRunningNodes("validator-2", "validator-0", "validator-1")
                    .hasFinalizedAtLeast(0)
                    .hasReorgsOfAtMost(5);
            assertThat(node)
                    .hasHeightAtLeast(5)
                    .hasFinalizedAtLeast(0)
                    .hasTip(run.feed().tip().orElseThrow().id())
                    .hasPeersAtLeast(2)
                    .hasReorgsOfAtMost(5)
                    .isReady();
            assertThat(run.feed())
                    .hasHeightAtLeast(5)
                    .hasSeen(run.feed().chain().get(2).id());
            assertThatChain(run.feed().chain())
                    .isConnected()
                    .hasSizeGreaterThan(4)
                    .first()
                    .satisfies(block -> assertThat(block).hasHeight(1).hasTransactions(0));
            await(run)
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(node).hasFinalizedAtLeast(1));

            run.control().stop("validator-1");
            assertThat(node).isStopped();
            assertThat(cluster).hasRunningNodes("validator-0", "validator-2").hasConverged();
            run.control().start("validator-1");
            run.control().pause("validator-2");
            assertThat(cluster.node("validator-2")).isPaused();
            run.control().resume("validator-2");
        }));
    }

    @Test
    void transactionsAndBalances() throws Throwable {
        passes(run(plan(), run -> {
            var wallets = run.cluster().genesis().wallets();
            var from = wallets.get(0);
            var to = wallets.get(1);
            assertThat(run).hasBalance(from, from.value()).hasBalance(from.owner(), from.value());
            var gift = run.submit(run.sign(transfer(from, to), from));

            assertThat(gift).isAccepted().isNotIncluded();
            await(run).atMost(MINUTE).untilAsserted(() -> assertThat(gift).isIncluded());

            assertThat(gift).isIncludedWithin(10);
            assertThat(run.transactions().get(gift.hash())).isAccepted();
            assertThat(run.transactions())
                    .hasSubmittedAtLeast(1)
                    .areAllAccepted()
                    .areAllIncluded()
                    .areAllIncludedWithin(10)
                    .wereNeverOrphaned()
                    .include(gift.hash());
            assertThat(run).hasBalance(from, 0).hasBalanceAtLeast(to, from.value() + to.value());
            assertThat(run.feed()).includes(gift.hash());
            assertThat(run.feed().including(gift.hash()).orElseThrow()).includes(gift.hash());
            assertThatChain(run.feed().chain()).includes(gift.hash());
            await(run).untilAsserted(() -> assertThat(run.cluster()).includes(gift.hash()));
            assertThat(run.cluster().node("validator-2")).includes(gift.hash());
            assertThat(run.transactions().fates())
                    .extracting(TransactionLedger.Fate::workload)
                    .containsExactly("test body");
            await(run)
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(gift).isFinal());
            assertThat(run.transactions()).areAllFinal();
        }));
    }

    @Test
    void blobs() throws Throwable {
        var plan = plan().executors(2)
                .workload(DataAvailabilityWorkload.builder().blobRate(1).build());
        passes(run(plan, run -> {
            await(run).atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
                assertThat(run.blobs().fates())
                        .extracting(BlobLedger.Fate::finalAt)
                        .anyMatch(at -> at > 0);
            });
            var blob = run.blobs().get(run.blobs().fates().get(0).blob());
            assertThat(blob).isFinal();

            assertThat(blob).isDispersed().isIncluded().isIncludedWithin(20).isRetrievable();
            assertThat(run.blobs()).hasSubmittedAtLeast(1);
            await(run)
                    .untilAsserted(
                            () -> assertThat(run.blobs()).areAllDispersed().areAllRetrievable());
        }));
    }

    @Test
    void aFailureSaysWhatOneNeedsToLookFurther() throws Throwable {
        passes(run(plan(), run -> {
            run.clock().awaitBlocks(3, MINUTE);
            var node = run.cluster().node("validator-1");

            assertThatThrownBy(() -> assertThat(node).as("after %d blocks", 3).hasHeightAtLeast(1_000))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageMatching(
                            "(?s)\\[after 3 blocks\\] validator-1: expected a height of at least 1000 blocks"
                                    + " but was \\d blocks?, at slot \\d+ in mode \\w+\n"
                                    + "  ran: [\\d.]+ (s|min) of the run window of 5 min so far\n"
                                    + "  cluster: 3 validators, 0 executors, full on backend embedded, virtual time\n"
                                    + "  system under test: dev node .*\n"
                                    + "  seed: 4711\n"
                                    + "  logs: .*nodes\n"
                                    + "  journal: .*journal.jsonl\n"
                                    + "  report: .*report.html\n"
                                    + "  replay: .*4711.*");
            run.control().stop("validator-1");
            assertThatThrownBy(() -> assertThat(node).hasHeightAtLeast(1))
                    .hasMessageContaining("validator-1: expected a height of at least 1 block but it did not answer: ")
                    .hasMessageContaining("\n  seed: 4711\n");
            assertThatThrownBy(() -> assertThat(node).isReady())
                    .hasMessageContaining("validator-1: expected ready but was not running, STOPPED since ");
            assertThatThrownBy(() -> assertThat(run.cluster()).isReady())
                    .hasMessageStartingWith("cluster: expected every node ready but:\n  validator-1 is not running\n");
            run.control().start("validator-1");
        }));
    }

    @Test
    void aCutNetworkDoesNotConverge() throws Throwable {
        passes(run(plan().validators(4), run -> {
            run.control()
                    .partition(List.of(List.of("validator-0"), List.of("validator-1", "validator-2", "validator-3")));
            await(run).atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
                var failure = catchThrowable(() -> assertThat(run.cluster()).hasConverged());
                assertThat(failure)
                        .hasMessageMatching(
                                "(?s)cluster: expected every running node within 2 blocks of one chain but:\n"
                                        + "  validator-0 at height \\d+, tip \\w+: \\d+ blocks on another branch than"
                                        + " validator-\\d at height \\d+, tip \\w+\n  ran: .*");
            });
            assertThatThrownBy(() -> assertThat(run.cluster()).agreesOnTip())
                    .hasMessageContaining("tip ")
                    .hasMessageContaining(": validator-0\n");
            run.control().heal();
            await(run)
                    .atMost(MINUTE)
                    .untilAsserted(() -> assertThat(run.cluster()).hasConverged());
        }));
    }

    @Test
    void softAssertionsTellOfAllThatFailed() throws Throwable {
        passes(run(plan(), run -> {
            run.clock().awaitBlocks(2, MINUTE);

            assertThatThrownBy(() -> NomosSoftAssertions.assertSoftly(softly -> {
                        softly.assertThat(run.cluster())
                                .as("all")
                                .hasHeightAtLeast(500)
                                .hasFinalizedAtLeast(600);
                        softly.assertThat(run.cluster().node("validator-0"))
                                .hasPeersAtLeast(50)
                                .isReady();
                        softly.assertThat(run.feed()).hasHeightAtLeast(700);
                        softly.assertThat(run.transactions()).areAllIncluded();
                        softly.assertThat(run)
                                .hasBalance(run.cluster().genesis().wallets().get(0), 3);
                        softly.assertThatChain(run.feed().chain()).isConnected().hasSizeGreaterThan(800);
                        softly.assertThat(run.feed().tip().orElseThrow()).hasHeight(900);
                        softly.assertThat(1 + 1).isEqualTo(3);
                    }))
                    .hasMessageContaining("[all] cluster: expected every running node at a height of at least 500")
                    .hasMessageContaining("[all] cluster: expected every running node with an irreversible height of")
                    .hasMessageContaining("validator-0: expected at least 50 connected peers but was ")
                    .hasMessageContaining("block feed: expected a reference chain of at least 700 blocks but was")
                    .hasMessageContaining(
                            "transactions: expected every submitted transaction on the reference chain but"
                                    + " was without a transaction: none was submitted through the run")
                    .hasMessageContaining("wallet-user-0: expected a balance of 3 base units but was ")
                    .hasMessageContaining("to be greater than 800")
                    .hasMessageContaining("expected height 900 but was height ")
                    .hasMessageContaining("expected: 3")
                    .hasMessageContaining("9 failures")
                    .hasMessageContaining("\n  seed: 4711\n");
        }));
    }

    @Test
    void whatIsInNoBlockYetIsToldWithTheBlocksThatItHasLeft() throws Throwable {
        passes(run(plan(), run -> {
            var wallets = run.cluster().genesis().wallets();
            var gift = run.submit(run.sign(transfer(wallets.get(0), wallets.get(1)), wallets.get(0)));

            assertThatThrownBy(() -> assertThat(run.transactions()).areAllIncludedWithin(10))
                    .hasMessageMatching("(?s)transactions: expected every submitted transaction on the reference chain"
                            + " within 10 blocks \\(1 were submitted\\) but:\n"
                            + "  " + gift.hash().toHex() + ": not yet, after 0 of 10 blocks: submitted to validator-\\d"
                            + " by test body at .*, accepted at height 0, in no block of the reference chain, which has"
                            + " height 0\n  ran: .*");
            assertThatThrownBy(() -> assertThat(gift).isRefused())
                    .hasMessageContaining("expected refused by every node that was asked but was submitted to");
            var unknown = new TxHash(wallets.get(0).owner().value());
            assertThatThrownBy(() -> assertThat(run.transactions().get(unknown)).isIncluded())
                    .hasMessageContaining("but was not submitted through the run");
            assertThatThrownBy(() -> assertThat(run.feed()).includes(gift.hash()))
                    .hasMessageContaining("on the reference chain but was in none of its blocks: 0 blocks");
            assertThatThrownBy(() -> assertThat(run.feed()).hasSeen(HeaderId.ZERO))
                    .hasMessageContaining("on no node");
        }));
    }

    @Test
    void waitingTellsTheLastValueHowLongAndOnWhichClock() throws Throwable {
        passes(run(plan(), run -> {
            var asked = new AtomicInteger();
            assertThatThrownBy(() -> await(run)
                            .atMost(Duration.ofSeconds(4))
                            .as("the counter is negative")
                            .until(asked::incrementAndGet, value -> value < 0))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageStartingWith("await: waited 4 s until the counter is negative: not so after 21 attempts,"
                            + " one every 200 ms, in virtual time of the run; the last value was 21\n  ran: ")
                    .hasMessageContaining("\n  seed: 4711\n");
            assertThatThrownBy(() -> await(run)
                            .atMostSlots(1)
                            .untilAsserted(() -> assertThat(run.feed()).hasHeightAtLeast(50)))
                    .hasMessageContaining("waited 2 s until assertions hold: not so after 11 attempts")
                    .hasMessageContaining("the last attempt failed: block feed: expected a reference chain of at least"
                            + " 50 blocks but was ")
                    .hasMessageNotContaining("seed: 4711\n  seed")
                    .hasCauseInstanceOf(AssertionError.class);
            long height = await(run).atMost(MINUTE).until(() -> run.feed().height(), seen -> seen >= 2);
            assertThat(height).isGreaterThanOrEqualTo(2);
            await(run).until(() -> run.feed().height() >= 3);
            assertThatThrownBy(() -> await(run).until(() -> {
                        throw new IOException("no such page");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no such page")
                    .hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> await(run).atMost(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the longest wait must be positive, but was 0 s");
        }));
    }

    @Test
    void waitsInRealTimeToo() throws Throwable {
        var plan = plan().time(TimeMode.REAL)
                .validators(1)
                .slot(Duration.ofMillis(50))
                .runFor(Duration.ofSeconds(1))
                .cooldown(Duration.ZERO);
        passes(run(plan, run -> {
            var asked = new AtomicInteger();
            await(run).until(() -> asked.incrementAndGet() >= 3);
            assertThatThrownBy(() -> await(run).atMost(Duration.ofMillis(20)).until(asked::get, value -> value < 0))
                    .hasMessageContaining("in real time of the run; the last value was 3");
        }));
    }

    @Test
    void aFailedAssertionOfTheBodyIsThatOfTheRun() {
        var result = run(
                plan().workload(new TransactionWorkload(1, 2)),
                (RunContext run) ->
                        assertThat(run.cluster().node("validator-0")).hasHeightAtLeast(99));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.bodyFailure())
                .hasMessageStartingWith("validator-0: expected a height of at least 99 blocks but was 0 blocks");
    }
}
