package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.runner.EmbeddedRuns.journal;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.planted.IllNodes;
import org.junitnomos.devnode.planted.LyingNode;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionRejected;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.LoadAccount;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.WorkloadGenerator;
import org.opentest4j.AssertionFailedError;

/** What a workload of one's own and the test body submit through the run is on record and judged. */
class OwnLoadTests {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int WALLETS = 12;

    @TempDir
    Path directory;

    /** Each wallet but the first sends its note to the next one, one every second slot. */
    record Gifts() implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) throws Exception {
            var wallets = run.cluster().genesis().wallets();
            try (var load = LoadAccount.open(run, name(), LoadAccount.TRANSACTIONS)) {
                for (int i = 1; i < wallets.size(); i++) {
                    load.due(1);
                    var gift = transfer(wallets.get(i), wallets.get((i + 1) % wallets.size()));
                    load.submitted(run.submit(run.sign(gift, wallets.get(i))));
                    run.clock().sleepSlots(2);
                }
            }
        }
    }

    private static MantleTx transfer(Wallet from, Wallet to) {
        var ledger = new LedgerTx(List.of(from.genesisNote()), List.of(new Note(from.value(), to.owner())));
        return MantleTx.of(List.of(), ledger);
    }

    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("own load")
                .validators(3)
                .wallets(WALLETS)
                .expect(new TransactionInclusion())
                .runFor(Duration.ofMinutes(3));
    }

    private RunResult run(ScenarioBuilder plan, NodeCoreFactory nodes, ScenarioRunner.Body body) {
        return new EmbeddedRuns(directory).run(plan.build(), nodes, body);
    }

    @Test
    void isOnRecordAndJudgedAsTheBuiltInLoad() {
        var result = run(plan().workload(new Gifts()), DevNode::new, run -> {
            var wallets = run.cluster().genesis().wallets();
            var submission = run.submit(run.sign(transfer(wallets.get(0), wallets.get(1)), wallets.get(0)));
            assertThat(submission.isAccepted()).isTrue();
            assertThat(submission.awaitInBlock(MINUTE).block().transactions()).contains(submission.transaction());
        });

        text(result, "transaction inclusion", Verdict.PASSED);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        var submitted = journal(result, TransactionSubmitted.class);
        assertThat(submitted).extracting(TransactionSubmitted::attempt).containsOnly(1);
        assertThat(submitted.stream().filter(each -> each.workload().equals("gifts")))
                .hasSize(WALLETS - 1);
        assertThat(submitted.stream().filter(each -> each.workload().equals("test body")))
                .hasSize(1);
        assertThat(submitted)
                .extracting(TransactionSubmitted::node)
                .contains("validator-0", "validator-1", "validator-2");
        assertThat(journal(result, TransactionAccepted.class)).hasSize(WALLETS);
        assertThat(journal(result, TransactionIncluded.class)).hasSizeGreaterThanOrEqualTo(WALLETS);
        assertThat(journal(result, TransactionFinal.class)).isNotEmpty();
        assertThat(journal(result, DependentSubmitted.class)).isEmpty();
    }

    @Test
    void oneSeedGivesOneJournal() {
        var plan = plan().workload(new Gifts());

        assertThat(journal(run(plan, DevNode::new, run -> {}))).isEqualTo(journal(run(plan, DevNode::new, run -> {})));
    }

    @Test
    void failsInclusionByNameWhenNodesDropIt() {
        var result = run(plan().workload(new Gifts()), IllNodes.with(NodeDefect.FORGETS_TRANSACTIONS), run -> {});

        var included = journal(result, TransactionIncluded.class).stream()
                .map(TransactionIncluded::transaction)
                .toList();
        var dropped = journal(result, TransactionSubmitted.class).stream()
                .filter(each -> !included.contains(each.transaction()))
                .toList();
        assertThat(dropped).hasSizeBetween(1, WALLETS - 2);
        assertThat(text(result, "transaction inclusion", Verdict.FAILED))
                .contains(dropped.size() + " of " + (WALLETS - 1) + " were not:")
                .contains(dropped.get(0).transaction().toHex() + ": accepted by "
                        + dropped.get(0).node());
    }

    @Test
    void warnsOfWhatSpendsANoteThatIsInNoBlockYet() {
        var result = run(plan(), DevNode::new, run -> {
            var wallet = run.cluster().genesis().wallets().get(0);
            var parent = transfer(wallet, wallet);
            var note = new Note(wallet.value(), wallet.owner());
            var child = MantleTx.of(List.of(), new LedgerTx(parent.noteIds(), List.of(note)));
            run.submit(run.sign(parent, wallet));
            run.submit(run.sign(child, wallet));
        });

        var spent = journal(result, TransactionSubmitted.class).stream()
                .map(TransactionSubmitted::transaction)
                .distinct()
                .toList();
        assertThat(journal(result, DependentSubmitted.class)).singleElement().satisfies(warning -> {
            assertThat(warning.transaction()).isEqualTo(spent.get(1));
            assertThat(warning.parent()).isEqualTo(spent.get(0));
            assertThat(warning.workload()).isEqualTo("test body");
        });
    }

    @Test
    void warnsOfAMessageWhoseParentIsInNoBlockYetAndOfNoOther() {
        var result = run(plan(), DevNode::new, run -> {
            var key = Ed25519PrivateKey.fromSeed(new byte[32]);
            var first = inscription(key, MsgId.ZERO);
            var second = inscription(key, first.msgId());
            var third = inscription(key, second.msgId());
            run.submit(run.sign(MantleTx.of(List.of(first), LedgerTx.EMPTY), key))
                    .awaitInBlock(MINUTE);
            run.submit(run.sign(MantleTx.of(List.of(second), LedgerTx.EMPTY), key));
            run.submit(run.sign(MantleTx.of(List.of(third), LedgerTx.EMPTY), key));
        });

        var sent = journal(result, TransactionSubmitted.class);
        assertThat(journal(result, DependentSubmitted.class))
                .extracting(DependentSubmitted::transaction)
                .containsExactly(sent.get(2).transaction());
    }

    private static ChannelInscribe inscription(Ed25519PrivateKey key, MsgId parent) {
        var channel = ChannelId.of(key.publicKey().toBytes());
        return new ChannelInscribe(channel, parent.toHex().getBytes(StandardCharsets.UTF_8), parent, key.publicKey());
    }

    @Test
    void aDuplicateIsNoAcceptanceOfOtherProofs() {
        var result = run(plan(), DevNode::new, run -> {
            var wallets = run.cluster().genesis().wallets();
            var transfer = transfer(wallets.get(0), wallets.get(1));
            var wrong = run.sign(transfer, wallets.get(1));
            assertThat(run.submit(wrong, "validator-1").isAccepted()).isTrue();
            assertThat(run.submit(wrong, "validator-1").isAccepted()).isTrue();

            var right = run.submit(run.sign(transfer, wallets.get(0)), "validator-1");
            assertThat(right.refusal()).hasValue("refused by validator-1 with status 500: Item already in mempool");
            assertThatThrownBy(() -> right.awaitInBlock(MINUTE))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageEndingWith(
                            "gets into no block: refused by validator-1 with status 500: Item already in mempool");
        });

        assertThat(result.bodyFailure()).isNull();
        assertThat(journal(result, TransactionRejected.class))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason())
                        .startsWith("Item already in mempool (the node has a transaction of this id, whatever its"
                                + " proofs: one with other proofs that waits there and may yet fail"));
        assertThat(journal(result, TransactionSubmitted.class))
                .extracting(TransactionSubmitted::attempt)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aBlockWithOtherProofsFailsSafety() {
        var wrong = new LyingNode(LyingNode.Lie.OTHER_LEDGER_PROOF, 0);
        var result = run(
                plan().validators(1).workload(new Gifts()).expect(new Safety()), only("validator-0", wrong), run -> {});

        assertThat(text(result, "safety", Verdict.FAILED)).contains("another proof of its ledger transaction");
    }

    @Test
    void aKeyOfOnesOwnSpendsAndWritesToAChannelAtOnce() {
        var result = run(plan(), DevNode::new, run -> {
            var wallet = run.cluster().genesis().wallets().get(0);
            var key = Ed25519PrivateKey.fromSeed(new byte[] {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32
            });
            var writer = Ed25519PrivateKey.fromSeed(new byte[32]);
            var note = new Note(wallet.value(), run.ownerOf(key));
            var gift = MantleTx.of(List.of(), new LedgerTx(List.of(wallet.genesisNote()), List.of(note)));
            run.submit(run.sign(gift, wallet)).awaitInBlock(MINUTE);
            var back = new LedgerTx(gift.noteIds(), List.of(new Note(wallet.value(), wallet.owner())));
            var both = MantleTx.of(List.of(inscription(writer, MsgId.ZERO)), back);
            run.submit(run.sign(both, key, writer)).awaitInBlock(MINUTE);
        });

        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void whatGoesAroundTheRunIsCountedButNotJudged() {
        var result = run(plan().workload(new Gifts()), DevNode::new, run -> {
            var wallet = run.cluster().genesis().wallets().get(0);
            run.client("validator-0").submit(run.sign(transfer(wallet, wallet), wallet));
        });

        text(result, "transaction inclusion", Verdict.PASSED);
        assertThat(journal(result, JournalEvent.Note.class))
                .filteredOn(note -> note.author().equals("transaction inclusion"))
                .singleElement()
                .satisfies(note -> assertThat(note.text())
                        .startsWith("11 of 11 judged transactions were on time")
                        .endsWith(", on the chain but not submitted by the run, so not judged 1)"));
    }

    @Test
    void aNodeThatIsDownIsPassedOver() {
        var result = run(plan(), DevNode::new, run -> {
            var wallet = run.cluster().genesis().wallets().get(0);
            run.control().stop("validator-1");
            var signed = run.sign(transfer(wallet, wallet), wallet);
            assertThat(run.submit(signed, "validator-1").refusal()).hasValue("validator-1 did not answer");
            assertThat(run.submit(signed, "validator-1", "validator-2").isAccepted())
                    .isTrue();
            assertThatThrownBy(() -> run.submit(signed, "validator-9"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no node 'validator-9'");
        });

        assertThat(result.bodyFailure()).isNull();
        assertThat(journal(result, TransactionRejected.class))
                .extracting(TransactionRejected::status)
                .containsExactly(0, 0);
    }
}
