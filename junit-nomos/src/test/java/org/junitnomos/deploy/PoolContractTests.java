package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TransactionStatus;
import org.junitnomos.client.TransactionStatus.Kind;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** What nodes pool and put into blocks, and what is lost (node contract 1.4, 3.5); one subclass a backend. */
public abstract class PoolContractTests extends BackendContract {
    private static final int WALLETS = 20;
    private static final String FIRST = "validator-0";

    protected PoolContractTests(Backend backend) {
        super(backend);
    }

    /** One validator for each share of the stake; one without never leads, so it never forgets what it pooled. */
    private static TopologySpec validators(Integer... stake) {
        return topology(stake.length, 0, NetworkLayout.FULL, new WalletSpec(WALLETS, 100), List.of(stake));
    }

    /** Spend a note to its owner, with some change; another change gives another id. */
    private static SignedMantleTx spend(Cluster cluster, int wallet, NoteId note, long value, long change) {
        var owner = cluster.genesis().wallets().get(wallet);
        var outputs = List.of(new Note(value - change, owner.owner()), new Note(change, owner.owner()));
        var tx = MantleTx.of(List.of(), new LedgerTx(List.of(note), outputs));
        return cluster.genesis().signer().sign(tx, List.of(owner.key()));
    }

    private static SignedMantleTx spend(Cluster cluster, int wallet, long change) {
        return spend(cluster, wallet, cluster.genesis().wallets().get(wallet).genesisNote(), 100, change);
    }

    private static SignedMantleTx childWithASmallerId(Cluster cluster, int wallet, SignedMantleTx parent) {
        for (long change = 1; change < 99; change++) {
            var child = spend(cluster, wallet, parent.tx().noteIds().get(0), 99, change);
            if (child.hash().compareTo(parent.hash()) < 0) {
                return child;
            }
        }
        throw new AssertionError("no child has an id below " + parent.hash());
    }

    private static TransactionStatus status(Cluster cluster, String node, SignedMantleTx transaction) {
        return answer(() -> cluster.node(node).client().transactionStatus(List.of(transaction.hash())))
                .get(0);
    }

    private static void submit(Cluster cluster, String node, SignedMantleTx transaction) {
        cluster.node(node).client().submit(transaction);
    }

    /** Sent child first, so that it makes no difference if a block comes between the two. */
    @Test
    void aChildWithASmallerIdIsLostUntilItIsSentAgain() throws Exception {
        deployed(validators(1), cluster -> {
            var parent = spend(cluster, 0, 1);
            var child = childWithASmallerId(cluster, 0, parent);
            submit(cluster, FIRST, child);
            submit(cluster, FIRST, parent);

            awaitMined(cluster, FIRST, parent);
            await("the child is gone", () -> status(cluster, FIRST, child).kind() == Kind.UNKNOWN);
            awaitHeight(cluster, height(cluster, FIRST) + 3, FIRST);
            assertThat(blockOf(cluster, FIRST, child)).isEmpty();

            submit(cluster, FIRST, child);
            awaitMined(cluster, FIRST, child);
        });
    }

    @Test
    void ofTwoThatSpendOneNoteTheOneWithTheSmallerIdWins() throws Exception {
        deployed(validators(1), cluster -> {
            boolean together = false;
            for (int wallet = 0; wallet < WALLETS && !together; wallet++) {
                var two = new ArrayList<>(List.of(spend(cluster, wallet, 1), spend(cluster, wallet, 2)));
                two.sort((one, other) -> other.hash().compareTo(one.hash()));
                long height = height(cluster, FIRST);
                two.forEach(each -> submit(cluster, FIRST, each));
                together = height(cluster, FIRST) == height;
                if (together) {
                    awaitMined(cluster, FIRST, two.get(1));
                    await(
                            "the first is gone",
                            () -> status(cluster, FIRST, two.get(0)).kind() == Kind.UNKNOWN);
                }
            }
            assertThat(together).as("no block between two submissions").isTrue();
        });
    }

    /** Sent to the node that never leads, so that it has the transaction before it can see a block with it. */
    @Test
    void theProposerForgetsATransactionAndOthersNeverDo() throws Exception {
        deployed(validators(1, 0), cluster -> {
            var other = "validator-1";
            var transaction = spend(cluster, 0, 1);
            submit(cluster, other, transaction);
            awaitMined(cluster, FIRST, transaction);

            await(
                    FIRST + " forgets it",
                    () -> status(cluster, FIRST, transaction).kind() == Kind.UNKNOWN);
            submit(cluster, FIRST, transaction);
            await(other + " marks it", () -> status(cluster, other, transaction).kind() == Kind.IN_BLOCK);
            assertThatThrownBy(() -> submit(cluster, other, transaction))
                    .hasMessageContaining("Item already in mempool");
        });
    }

    @Test
    void nodesNeverTakeUpAgainWhatTheySawInAnOrphanedBlock() throws Exception {
        requires(Capability.PARTITION);
        requiresDevNodes("after a partition what they took up again"); // real ones may never find each other again
        deployed(validators(1, 0, 1, 2), cluster -> {
            var marked = "validator-1"; // by the block of validator-0, which alone has stake on their side
            var halves =
                    cluster.control().partition(List.of(List.of(FIRST, marked), List.of("validator-2", "validator-3")));
            var transaction = spend(cluster, 0, 1);
            submit(cluster, marked, transaction); // so that it has it before it can see a block with it
            var left = awaitMined(cluster, FIRST, transaction);
            await(marked + " has the block", () -> knows(cluster, marked, left));
            await(
                    FIRST + " forgets it",
                    () -> status(cluster, FIRST, transaction).kind() == Kind.UNKNOWN);
            await(
                    "the others have the longer chain",
                    () -> height(cluster, "validator-2") > 8 + height(cluster, FIRST));
            cluster.control().heal(halves);
            awaitCaughtUp(cluster, FIRST, "validator-2");
            awaitCaughtUp(cluster, marked, "validator-2");

            assertThat(chain(cluster, marked)).doesNotContain(left);
            assertThat(status(cluster, marked, transaction)).isEqualTo(new TransactionStatus(Kind.IN_BLOCK, left));
            assertThatThrownBy(() -> submit(cluster, marked, transaction))
                    .hasMessageContaining("Item already in mempool");
            assertThat(blockOf(cluster, "validator-2", transaction)).isEmpty();
        });
    }
}
