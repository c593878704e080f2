package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.client.TransactionStatus;
import org.junitnomos.client.TransactionStatus.Kind;
import org.junitnomos.mantle.HeaderId;
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

    private static TopologySpec validators(int count) {
        var topology = topology(count, 0, NetworkLayout.FULL);
        return new TopologySpec(
                count,
                0,
                topology.layout(),
                topology.consensus(),
                new WalletSpec(WALLETS, 100),
                topology.links(),
                Map.of());
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

    /** Find the block of a node's chain that has a transaction. */
    private static Optional<HeaderId> blockOf(Cluster cluster, String node, SignedMantleTx transaction) {
        var client = cluster.node(node).client();
        return chain(cluster, node).stream()
                .filter(id -> answer(() -> client.block(id)).orElseThrow().transactions().stream()
                        .anyMatch(each -> each.hash().equals(transaction.hash())))
                .findFirst();
    }

    private HeaderId awaitMined(Cluster cluster, String node, SignedMantleTx transaction) throws Exception {
        await(
                node + " has " + transaction.hash() + " in a block",
                () -> blockOf(cluster, node, transaction).isPresent());
        return blockOf(cluster, node, transaction).orElseThrow();
    }

    private static List<String> proposers(Cluster cluster, HeaderId block) {
        return names(cluster).stream()
                .filter(node -> answer(
                                () -> cluster.node(node).client().devControl().proposals())
                        .stream()
                        .map(Proposal::block)
                        .anyMatch(block::equals))
                .toList();
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

    @Test
    void theProposerForgetsATransactionAndOthersNeverDo() throws Exception {
        deployed(validators(3), cluster -> {
            var transaction = spend(cluster, 0, 1);
            submit(cluster, FIRST, transaction);
            var block = awaitMined(cluster, FIRST, transaction);
            var proposers = proposers(cluster, block);
            assertThat(proposers).isNotEmpty();
            for (var node : names(cluster)) {
                if (proposers.contains(node)) {
                    await(
                            node + " forgets it",
                            () -> status(cluster, node, transaction).kind() == Kind.UNKNOWN);
                    submit(cluster, node, transaction);
                } else {
                    await(
                            node + " marks it",
                            () -> status(cluster, node, transaction).kind() == Kind.IN_BLOCK);
                    assertThatThrownBy(() -> submit(cluster, node, transaction))
                            .hasMessageContaining("Item already in mempool");
                }
            }
        });
    }

    @Test
    void nodesNeverTakeUpAgainWhatTheySawInAnOrphanedBlock() throws Exception {
        deployed(validators(4), cluster -> {
            var control = cluster.control();
            var halves =
                    control.partition(List.of(List.of(FIRST, "validator-1"), List.of("validator-2", "validator-3")));
            var transaction = spend(cluster, 0, 1);
            submit(cluster, FIRST, transaction);
            var left = awaitMined(cluster, FIRST, transaction);
            await("both have the block", () -> knows(cluster, "validator-1", left));
            var alone = List.of(control.isolate(FIRST), control.isolate("validator-1"));
            awaitLonger(cluster);
            var marked = List.of(FIRST, "validator-1").stream()
                    .filter(node -> !proposers(cluster, left).contains(node))
                    .toList();
            for (var proof : alone) {
                control.heal(proof);
            }
            control.heal(halves);
            awaitCaughtUp(cluster, FIRST, "validator-2");
            awaitCaughtUp(cluster, "validator-1", "validator-2");

            assertThat(chain(cluster, FIRST)).doesNotContain(left);
            for (var node : marked) {
                assertThat(status(cluster, node, transaction)).isEqualTo(new TransactionStatus(Kind.IN_BLOCK, left));
                assertThatThrownBy(() -> submit(cluster, node, transaction))
                        .hasMessageContaining("Item already in mempool");
            }
            if (blockOf(cluster, "validator-2", transaction).isEmpty()) {
                submitToOneThatTakesIt(cluster, transaction);
            }
            awaitMined(cluster, "validator-2", transaction);
        });
    }

    private void awaitLonger(Cluster cluster) throws Exception {
        await(
                "the other two have the longer chain",
                () -> height(cluster, "validator-2")
                        > 8 + Math.max(height(cluster, FIRST), height(cluster, "validator-1")));
    }

    private static void submitToOneThatTakesIt(Cluster cluster, SignedMantleTx transaction) {
        for (var node : List.of("validator-2", "validator-3")) {
            if (status(cluster, node, transaction).kind() == Kind.UNKNOWN) {
                submit(cluster, node, transaction);
                return;
            }
        }
    }
}
