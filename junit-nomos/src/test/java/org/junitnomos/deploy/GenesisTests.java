package org.junitnomos.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.ledger.GenesisLedger;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSignature;
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
    void holdsALeaderNoteAndALockedNoteForEachNodeAndThenOneNoteForEachWallet() {
        var genesis = Genesis.derive(topology(2, 1, new WalletSpec(2, 100)), 7);

        var declared = new GenesisTx(genesis.transaction()).declarations();
        var owners = new ArrayList<ZkPublicKey>();
        for (int i = 0; i < 3; i++) {
            owners.add(genesis.leaders().get(i).toPublicKey());
            owners.add(declared.get(i).zkId());
        }
        genesis.wallets().forEach(wallet -> owners.add(wallet.owner()));
        var outputs = genesis.transaction().tx().ledgerTx().outputs();
        assertThat(outputs).extracting(Note::owner).containsExactlyElementsOf(owners);
        assertThat(outputs).extracting(Note::value).containsExactly(1000L, 1L, 1000L, 1L, 1000L, 1L, 100L, 100L);
        assertThat(genesis.leaderStake(2)).isEqualTo(1000);
        assertThat(genesis.totalStake()).isEqualTo(3203);
    }

    @Test
    void sharesTheStakeOutAndGivesNoNoteToWhoHasNone() {
        var equal = topology(2, 1, new WalletSpec(1, 100));
        var genesis = Genesis.derive(
                new TopologySpec(
                        2,
                        1,
                        equal.layout(),
                        equal.consensus(),
                        equal.wallets(),
                        equal.links(),
                        equal.clockSkews(),
                        List.of(70, 0, 30),
                        "",
                        false),
                7);

        var outputs = genesis.transaction().tx().ledgerTx().outputs();
        var ids = genesis.transaction().tx().noteIds();
        assertThat(outputs).extracting(Note::value).containsExactly(2100L, 1L, 1L, 900L, 1L, 100L);
        assertThat(new GenesisTx(genesis.transaction()).declarations())
                .extracting(SdpDeclare::lockedNote)
                .containsExactly(ids.get(1), ids.get(2), ids.get(4));
        assertThat(genesis.leaderStake(0)).isEqualTo(2100);
        assertThat(genesis.leaderStake(1)).isZero();
        assertThat(genesis.leaderStake(2)).isEqualTo(900);
        assertThat(genesis.totalStake()).isEqualTo(3103);
        assertThat(genesis.wallets().get(0).genesisNote()).isEqualTo(ids.get(5));
        assertThat(genesis.leaders()).isEqualTo(Genesis.derive(equal, 7).leaders());
        assertThat(GenesisLedger.of(new GenesisTx(genesis.transaction()))
                        .declarations()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void isTheTransactionAndBlockOfTheContract() {
        var genesis = Genesis.derive(topology(1, 0, WalletSpec.NONE), 7);

        var transaction = new GenesisTx(genesis.transaction());
        assertThat(genesis.id()).isEqualTo(transaction.header().id());
        assertThat(GenesisLedger.of(transaction).declarations().size()).isEqualTo(1);
    }

    @Test
    void declaresDataAvailabilityOfEveryNodeAtItsName() {
        var genesis = Genesis.derive(topology(1, 1, WalletSpec.NONE), 7);

        var noteIds = genesis.transaction().tx().noteIds();
        assertThat(new GenesisTx(genesis.transaction()).declarations())
                .allSatisfy(declare -> assertThat(declare.serviceType()).isEqualTo(ServiceType.DATA_AVAILABILITY))
                .allSatisfy(declare -> assertThat(declare.zkId()).isEqualTo(DevProof.ownerOf(declare.providerId())))
                .extracting(
                        SdpDeclare::lockedNote,
                        declare -> declare.locators().get(0).toString())
                .containsExactly(
                        tuple(noteIds.get(1), "/dns4/validator-0/udp/3300/quic-v1"),
                        tuple(noteIds.get(3), "/dns4/executor-0/udp/3300/quic-v1"));
    }

    @Test
    void givesEachWalletTheKeyAndTheNoteThatItSpends() {
        var genesis = Genesis.derive(topology(2, 0, new WalletSpec(3, 50)), 7);

        var notes = genesis.transaction().tx().noteIds();
        assertThat(genesis.wallets())
                .extracting(Wallet::label)
                .containsExactly("wallet-user-0", "wallet-user-1", "wallet-user-2");
        assertThat(genesis.wallets()).extracting(Wallet::genesisNote).containsExactlyElementsOf(notes.subList(4, 7));
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
    void refusesMoreThanAMillionNotes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Genesis.derive(topology(4, 0, new WalletSpec(1_000_000, 100)), 7))
                .withMessage(
                        "Genesis needs 2 notes for each node and one for each wallet, at least 1 node and at most 1000000"
                                + " notes, but the topology has 4 nodes and 1000000 wallets. Declare fewer wallets or"
                                + " nodes.");
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

    @Test
    void hasTheSameKeysAndNotesWhereverServicesAre() {
        var topology = topology(2, 1, new WalletSpec(2, 100));
        var dev = Genesis.derive(topology, 7);
        var derivation = new GenesisDerivation(
                topology,
                7,
                NoteSigner.DEV_NODES,
                List.of(ServiceType.DATA_AVAILABILITY, ServiceType.BLEND),
                (service, node) -> Multiaddr.parse(
                        "/ip4/127.0.0.1/udp/" + (20_000 + 100 * service.ordinal() + node.index()) + "/quic-v1"));
        var proof = ZkSignature.of(new byte[ZkSignature.LENGTH]);

        var other = derivation.prove(List.of(proof, proof, proof));

        assertThat(other.transaction().tx().ledgerTx())
                .isEqualTo(dev.transaction().tx().ledgerTx());
        assertThat(other.leaders()).isEqualTo(dev.leaders());
        assertThat(other.wallets()).isEqualTo(dev.wallets());
        assertThat(other.providers()).isEqualTo(dev.providers());
        assertThat(new GenesisTx(other.transaction()).declarations())
                .extracting(declare ->
                        declare.serviceType().code() + " " + declare.locators().get(0))
                .containsExactly(
                        "DA /ip4/127.0.0.1/udp/20100/quic-v1",
                        "DA /ip4/127.0.0.1/udp/20101/quic-v1",
                        "DA /ip4/127.0.0.1/udp/20102/quic-v1",
                        "BN /ip4/127.0.0.1/udp/20000/quic-v1",
                        "BN /ip4/127.0.0.1/udp/20001/quic-v1",
                        "BN /ip4/127.0.0.1/udp/20002/quic-v1");
        assertThat(other.id()).isNotEqualTo(dev.id());
    }
}
