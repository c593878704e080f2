package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSignature;
import org.junitnomos.topology.NodeRule;

class TransactionFlowTests {
    private final TestGenesis genesis = new TestGenesis(4, 50);
    private final DevNet net =
            DevNet.create(4, Layout.CHAIN, genesis, this::knowingTwo).start();

    private DevNodeConfig knowingTwo(DevNodeConfig config) {
        return TestConfigs.knowing(config, genesis.walletKeys().subList(1, 3));
    }

    private DevNet kinder() {
        return DevNet.create(4, Layout.CHAIN, genesis, config -> TestConfigs.withoutRule(config, NodeRule.BLOCK_SIZE))
                .start();
    }

    @Test
    void reachesEveryNodeAndABlock() {
        net.run(10 * DevNet.SECOND);
        SignedMantleTx payment = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(100, genesis.walletKeys().get(1))));

        net.node(0).submit(payment);
        net.run(DevNet.SECOND / 5);

        assertThat(net.node(3).status(payment)).isEqualTo("[\"Pending\"]");
        assertThat(net.node(3).get("/mantle/metrics"))
                .startsWith("{\"pending_items\":1,\"last_item_timestamp\":1766200010");
        net.run(60 * DevNet.SECOND);
        for (Member member : net.nodes()) {
            assertThat(member.mined()).as(member.config.name()).contains(payment);
            assertThat(member.get("/wallet/" + genesis.walletKeys().get(1) + "/balance"))
                    .contains("\"balance\":200,");
            assertThat(member.get("/mantle/metrics")).startsWith("{\"pending_items\":0,");
        }
    }

    @Test
    void spendsChangeOverAndOver() {
        NoteId note = genesis.walletNote(0);
        for (int i = 0; i < 20; i++) {
            SignedMantleTx renewal = genesis.renew(0, note);
            note = renewal.tx().noteIds().get(0);
            net.node(i % 4).submit(renewal);
            net.run(20 * DevNet.SECOND);
        }
        net.run(60 * DevNet.SECOND);

        assertThat(net.node(2).mined().stream().distinct()).hasSize(20);
    }

    @Test
    void fillsABlockUpToItsLengthAndLetsTheRestWait() {
        DevNet net = kinder();
        List<SignedMantleTx> large = new ArrayList<>();
        for (int wallet = 0; wallet < 3; wallet++) {
            large.add(genesis.inscribe(wallet, 25_000));
            net.node(0).submit(large.get(wallet));
        }
        net.run(120 * DevNet.SECOND);

        assertThat(net.node(3).mined()).containsAll(large);
        assertThat(net.node(3).store.blocks())
                .allSatisfy(block -> assertThat(block.storedLength()).isLessThanOrEqualTo(65_536));
    }

    @Test
    void dropsWhatNoBlockHasRoomFor() {
        DevNet net = kinder();
        SignedMantleTx tooLarge = genesis.inscribe(0, 65_000);
        SignedMantleTx other = genesis.renew(1, genesis.walletNote(1));
        net.node(0).submit(tooLarge);
        net.node(0).submit(other);
        net.run(120 * DevNet.SECOND);

        assertThat(net.node(3).mined().stream().distinct()).containsExactly(other);
        assertThat(net.node(0).status(tooLarge)).isEqualTo("[\"Unknown\"]");
        assertThat(String.join("\n", net.node(0).log))
                .contains("INFO Dropped transaction " + tooLarge.hash() + ": its " + tooLarge.storedLength()
                        + " bytes do not fit into a block.");
    }

    @Test
    void acceptsButNeverIncludesInvalidTransactions() {
        SignedMantleTx unbalanced = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(500, genesis.walletKeys().get(0))));
        SignedMantleTx unproven = TestGenesis.withProof(genesis.renew(1, genesis.walletNote(1)), ZkSignature.ZERO);

        assertThat(net.node(0).submit(unbalanced).status()).isEqualTo(200);
        assertThat(net.node(0).submit(unproven).status()).isEqualTo(200);
        net.run(120 * DevNet.SECOND);

        assertThat(net.node(0).mined()).isEmpty();
        assertThat(net.node(0).status(unbalanced)).isEqualTo("[\"Unknown\"]");
        assertThat(String.join("\n", net.node(0).log))
                .contains("INFO Dropped transaction " + unbalanced.hash()
                        + ": INSUFFICIENT_BALANCE: inputs 100, outputs 500, gas 0.");
    }

    @Test
    void includesOnlyOneOfTwoThatSpendTheSameNote() {
        SignedMantleTx one = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(100, genesis.walletKeys().get(1))));
        SignedMantleTx other = genesis.pay(
                0,
                List.of(genesis.walletNote(0)),
                List.of(new Note(100, genesis.walletKeys().get(2))));
        net.node(0).submit(one);
        net.node(3).submit(other);

        net.run(120 * DevNet.SECOND);

        long height = net.node(1).info().height();
        assertThat(height).isPositive();
        String balances = net.node(1).get("/wallet/" + genesis.walletKeys().get(1) + "/balance")
                + net.node(1).get("/wallet/" + genesis.walletKeys().get(2) + "/balance");
        assertThat(balances).contains("\"balance\":200,").contains("\"balance\":100,");
    }

    @Test
    void fetchesBlocksWhoseTransactionsItMissed() {
        net.run(20 * DevNet.SECOND);
        Member last = net.node(3);
        last.stop();
        SignedMantleTx early = genesis.renew(0, genesis.walletNote(0));
        net.node(0).submit(early);
        net.run(DevNet.SECOND / 2);
        last.restart();
        net.run(60 * DevNet.SECOND);

        assertThat(last.mined()).contains(early);
        assertThat(last.info().height()).isEqualTo(net.node(2).info().height());
    }

    @Test
    void fillsABlockWithTheOldestTransactionsThatFit() {
        TestGenesis rich = new TestGenesis(1, 250);
        DevNet alone = DevNet.create(
                        1, Layout.FULL, rich, config -> TestConfigs.withoutRule(config, NodeRule.BLOCK_SIZE))
                .start();
        List<SignedMantleTx> sent = new ArrayList<>();
        for (int wallet = 0; wallet < 250; wallet++) {
            SignedMantleTx inscription = rich.inscribe(wallet, 300);
            alone.node(0).submit(inscription);
            sent.add(inscription);
        }

        alone.run(600 * DevNet.SECOND);

        List<Integer> sizes = new ArrayList<>();
        alone.node(0)
                .store
                .blocks()
                .forEach(block -> sizes.add(block.transactions().size()));
        int room = (65_536 - Block.EMPTY_STORED_LENGTH) / sent.get(0).storedLength();
        assertThat(room).isBetween(80, 120);
        assertThat(sizes.stream().filter(size -> size > 0)).startsWith(room, room);
        assertThat(alone.node(0).mined().subList(0, room)).containsExactlyInAnyOrderElementsOf(sent.subList(0, room));
        assertThat(alone.node(0).mined()).hasSameElementsAs(sent);
    }

    @Test
    void includesATransactionWithoutEffect() {
        MantleTx tx = MantleTx.of(List.of(), LedgerTx.EMPTY);
        SignedMantleTx empty = genesis.sign(0, tx, List.of());

        net.node(0).submit(empty);
        net.run(60 * DevNet.SECOND);

        assertThat(net.node(1).mined()).contains(empty);
    }
}
