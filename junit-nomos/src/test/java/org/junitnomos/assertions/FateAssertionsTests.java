package org.junitnomos.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.assertions.NomosAssertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.RunLedgers;
import org.junitnomos.scenario.RunTransaction;
import org.junitnomos.scenario.RunTransactions;

/** What became of transactions and blobs, by a journal that is written by hand. */
class FateAssertionsTests {
    private static final HeaderId GENESIS = HeaderId.ZERO;

    private final PlainParts parts = new PlainParts();
    private final TxHash transaction = new TxHash(Fr.of(5));
    private final RunContext run = parts.run(20);

    private RunTransactions transactions(JournalEvent... events) {
        for (var event : events) {
            parts.journal.append(event);
        }
        return RunLedgers.transactions(run);
    }

    private JournalEvent height(long height) {
        return new JournalEvent.BlockObserved(1, "a", GENESIS, GENESIS, height, height, "leader", List.of());
    }

    private JournalEvent submitted() {
        return new JournalEvent.TransactionSubmitted(2, transaction, "a", "payer", 1);
    }

    @Test
    void ofALateTransactionAreCountedFromItsAcceptance() {
        var late = transactions(
                height(3),
                submitted(),
                new JournalEvent.TransactionAccepted(3, transaction, "a"),
                height(9),
                new JournalEvent.TransactionIncluded(4, transaction, GENESIS, 9));

        assertThat(late).areAllIncluded().areAllIncludedWithin(6);
        assertThatThrownBy(() -> assertThat(late).areAllIncludedWithin(5))
                .hasMessage("transactions: expected every submitted transaction on the reference chain within 5"
                        + " blocks (1 were submitted) but:\n  " + transaction.toHex()
                        + ": 6 blocks later: submitted"
                        + " to a by payer at 2 ns (height 3), accepted at height 3, in the block at height 9, which"
                        + " is not irreversible yet\n  seed: 4711");
        assertThatThrownBy(() -> assertThat(late).areAllFinal())
                .hasMessageContaining("expected every submitted transaction in an irreversible block");
    }

    @Test
    void ofAnOrphanAndOfWhatNobodyIncludesAreFailures() {
        var orphaned = transactions(
                submitted(),
                new JournalEvent.TransactionAccepted(3, transaction, "a"),
                new JournalEvent.TransactionIncluded(4, transaction, GENESIS, 1),
                new JournalEvent.TransactionOrphaned(5, transaction, GENESIS));

        assertThatThrownBy(() -> assertThat(orphaned).areAllIncludedWithin(10))
                .hasMessageContaining(": missing, after 20 blocks: ")
                .hasMessageContaining(", orphaned 1 time, in no block of the reference chain, which has height 20");
        assertThatThrownBy(() -> assertThat(orphaned).wereNeverOrphaned())
                .hasMessageContaining("expected no submitted transaction orphaned");
        assertThat(orphaned.get(transaction).fate()).isPresent();
    }

    @Test
    void ofARefusedTransactionTellWhy() {
        var refused = transactions(
                submitted(), new JournalEvent.TransactionRejected(3, transaction, "a", 500, "bad\u001b[2K proof"));

        assertThatThrownBy(() -> assertThat(refused).areAllAccepted())
                .hasMessageContaining("refused 1 time, last with: bad\\u001b[2K proof");
        var one = new RunTransaction() {
            @Override
            public TxHash hash() {
                return transaction;
            }

            @Override
            public Optional<TransactionLedger.Fate> fate() {
                return refused.find(transaction);
            }

            @Override
            public RunContext run() {
                return run;
            }
        };
        assertThat(one).isRefused().isRefusedWith("proof").isNotIncluded();
        assertThatThrownBy(() -> assertThat(one).isRefusedWith("fee")).hasMessageContaining("refused with \"fee\"");
    }

    @Test
    void ofNoTransactionOrBlobPassNothing() {
        assertThatThrownBy(() -> assertThat(transactions()).areAllIncludedWithin(10))
                .hasMessageContaining("but was without a transaction: none was submitted through the run");
        assertThatThrownBy(() -> assertThat(RunLedgers.blobs(run)).areAllDispersed())
                .hasMessageContaining("but was without a blob: none was submitted by a workload of the run");
        assertThatThrownBy(() -> assertThat(transactions()).hasSubmittedAtLeast(2))
                .hasMessageContaining("expected at least 2 transactions but was 0 transactions");
    }

    @Test
    void ofABlobAreToldFromItsDispersal() {
        var blob = BlobId.fromHex("0d".repeat(32));
        var channel = ChannelId.fromHex("0c".repeat(32));
        var blobs = RunLedgers.blobs(run);
        parts.journal.append(height(4));
        parts.journal.append(new JournalEvent.BlobSubmitted(5, "aa", "da", "e", channel, MsgId.ZERO, 31, 1));
        parts.journal.append(new JournalEvent.BlobDispersed(6, "aa", "e", blob));
        parts.journal.append(new JournalEvent.BlobIncluded(7, blob, MsgId.ZERO, GENESIS, 6));

        assertThat(blobs).areAllDispersed().areAllIncludedWithin(2);
        assertThat(blobs.fates()).extracting(BlobLedger.Fate::state).containsExactly(BlobLedger.State.INCLUDED);
        assertThatThrownBy(() -> assertThat(blobs).areAllIncludedWithin(1))
                .hasMessageContaining(blob.toHex() + ": 2 blocks later: 31 bytes submitted to e by da at 5 ns (height"
                        + " 4), dispersed at height 4, announced in the block at height 6");
    }
}
