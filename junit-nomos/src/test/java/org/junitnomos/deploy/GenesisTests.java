package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

class GenesisTests {

    private static TopologySpec topology(int validators, int executors, WalletSpec wallets) {
        return new TopologySpec(
                validators,
                executors,
                NetworkLayout.STAR,
                ConsensusParameters.DEFAULT,
                wallets,
                LinkSpec.DEFAULT,
                Map.of());
    }

    @Test
    void holdsOneLeaderNoteForEachNodeAndThenOneNoteForEachWallet() {
        var genesis = Genesis.derive(topology(2, 1, new WalletSpec(2, 100)), 7);

        var owners = Stream.concat(
                        genesis.leaders().stream().map(ZkSecretKey::toPublicKey),
                        genesis.wallets().stream().map(Wallet::owner))
                .toList();
        var outputs = genesis.transaction().tx().ledgerTx().outputs();
        assertThat(outputs).extracting(Note::owner).containsExactlyElementsOf(owners);
        assertThat(outputs).extracting(Note::value).containsExactly(1000L, 1000L, 1000L, 100L, 100L);
        assertThat(genesis.leaderStake()).isEqualTo(1000);
        assertThat(genesis.totalStake()).isEqualTo(3200);
    }

    @Test
    void isTheTransactionAndBlockOfTheContract() {
        var genesis = Genesis.derive(topology(1, 0, WalletSpec.NONE), 7);

        var transaction = new GenesisTx(genesis.transaction());
        assertThat(genesis.id()).isEqualTo(transaction.header().id());
        assertThat(transaction.declarations()).isEmpty();
    }

    @Test
    void givesEachWalletTheKeyAndTheNoteThatItSpends() {
        var genesis = Genesis.derive(topology(2, 0, new WalletSpec(3, 50)), 7);

        var notes = genesis.transaction().tx().noteIds();
        assertThat(genesis.wallets())
                .extracting(Wallet::label)
                .containsExactly("wallet-user-0", "wallet-user-1", "wallet-user-2");
        assertThat(genesis.wallets()).extracting(Wallet::genesisNote).containsExactlyElementsOf(notes.subList(2, 5));
        assertThat(genesis.wallets())
                .allSatisfy(wallet -> assertThat(wallet.owner())
                        .isEqualTo(DevProof.ownerOf(wallet.key().publicKey())))
                .allSatisfy(wallet -> assertThat(wallet.value()).isEqualTo(50));
    }

    @Test
    void derivesLeaderKeysByTheRuleOfTheContract() {
        byte[] id = new byte[32];
        Arrays.fill(id, (byte) 1);

        var key = GenesisDerivation.leaderKey(id);

        assertThat(key.value().toHex()).isEqualTo("6c64010101010101010101010101010100000000000000000000000000000000");
        assertThat(key.toPublicKey().toHex())
                .isEqualTo("83bae89470e642ea6970450dfd899affdb26dea7187396db178a76eb7661a023");
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        var topology = topology(2, 1, new WalletSpec(2, 100));

        assertThat(Genesis.derive(topology, 7)).isEqualTo(Genesis.derive(topology, 7));
        assertThat(Genesis.derive(topology, 8).id())
                .isNotEqualTo(Genesis.derive(topology, 7).id());
    }

    @Test
    void keepsTheKeysOfOthersWhenOneIsAdded() {
        var small = Genesis.derive(topology(2, 0, new WalletSpec(1, 100)), 7);
        var large = Genesis.derive(topology(3, 0, new WalletSpec(2, 100)), 7);

        assertThat(large.leaders().subList(0, 2)).isEqualTo(small.leaders());
        assertThat(large.wallets().get(0).owner())
                .isEqualTo(small.wallets().get(0).owner());
    }

    @Test
    void refusesMoreNotesThanATransactionCanCarry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Genesis.derive(topology(4, 0, new WalletSpec(252, 100)), 7))
                .withMessage(
                        "Genesis needs one note for each node and wallet, at least 1 node and at most 255 notes, but"
                                + " the topology has 4 nodes and 252 wallets. Declare fewer wallets or nodes.");
    }

    @Test
    void refusesATopologyWithoutNodes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Genesis.derive(topology(0, 0, WalletSpec.NONE), 7))
                .withMessageContaining("at least 1 node")
                .withMessageContaining("the topology has 0 nodes and 0 wallets");
    }

    @Test
    void refusesMoreValueThanFits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Genesis.derive(topology(1, 0, new WalletSpec(3, Long.MAX_VALUE / 2)), 7))
                .withMessage("Genesis cannot fund 3 wallets with 4611686018427387903 base units each: the sum does not"
                        + " fit in 63 bits. Give each wallet less.");
    }
}
