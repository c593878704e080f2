package org.junitnomos.deploy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junitnomos.internal.SeededRandoms;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Derives the keys and notes of a genesis from topology and seed (node contract 2.8, 5.4). */
final class GenesisDerivation {
    private static final byte[] INSCRIPTION = "genesis".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 32;
    private static final int ID_BYTES_IN_LEADER_KEY = 14;

    private final TopologySpec topology;
    private final SeededRandoms randoms;

    GenesisDerivation(TopologySpec topology, long seed) {
        this.topology = topology;
        this.randoms = new SeededRandoms(seed);
    }

    Genesis derive() {
        requireRoom();
        long totalStake = totalStake();
        var notes = new ArrayList<Note>();
        var leaders = leaders();
        for (var leader : leaders) {
            notes.add(new Note(TopologySpec.LEADER_STAKE, leader.toPublicKey()));
        }
        var walletKeys = walletKeys();
        for (var key : walletKeys) {
            notes.add(new Note(topology.wallets().valueEach(), DevProof.ownerOf(key.publicKey())));
        }
        var genesis = GenesisTx.create(INSCRIPTION, notes, List.of(), List.of());
        var noteIds = genesis.tx().noteIds();
        return new Genesis(
                genesis.signed(),
                genesis.header().id(),
                leaders,
                TopologySpec.LEADER_STAKE,
                totalStake,
                wallets(walletKeys, notes, noteIds));
    }

    private List<ZkSecretKey> leaders() {
        Random random = randoms.random("genesis-nodes");
        var leaders = new ArrayList<ZkSecretKey>();
        for (int i = 0; i < topology.size(); i++) {
            byte[] id = new byte[ID_LENGTH];
            random.nextBytes(id);
            leaders.add(leaderKey(id));
        }
        return leaders;
    }

    /** Derive the key of a leader from the id of its node: the little-endian integer of "ld" and 14 bytes of the id. */
    static ZkSecretKey leaderKey(byte[] nodeId) {
        byte[] key = new byte[2 + ID_BYTES_IN_LEADER_KEY];
        key[0] = 'l';
        key[1] = 'd';
        System.arraycopy(nodeId, 0, key, 2, ID_BYTES_IN_LEADER_KEY);
        return new ZkSecretKey(Fr.fromLittleEndianModulo(key));
    }

    private List<Ed25519PrivateKey> walletKeys() {
        Random random = randoms.random("genesis-wallets");
        var keys = new ArrayList<Ed25519PrivateKey>();
        for (int i = 0; i < topology.wallets().count(); i++) {
            byte[] secret = new byte[ID_LENGTH];
            random.nextBytes(secret);
            keys.add(Ed25519PrivateKey.fromSeed(secret));
        }
        return keys;
    }

    private List<Wallet> wallets(List<Ed25519PrivateKey> keys, List<Note> notes, List<NoteId> noteIds) {
        var wallets = new ArrayList<Wallet>();
        for (int i = 0; i < keys.size(); i++) {
            int output = topology.size() + i;
            Note note = notes.get(output);
            wallets.add(new Wallet("wallet-user-" + i, keys.get(i), note.owner(), noteIds.get(output), note.value()));
        }
        return wallets;
    }

    private void requireRoom() {
        int notes = topology.size() + topology.wallets().count();
        if (topology.size() < 1 || topology.wallets().count() < 0 || notes > LedgerTx.MAX_NOTES) {
            throw new IllegalArgumentException("Genesis needs one note for each node and wallet, at least 1 node and at"
                    + " most " + LedgerTx.MAX_NOTES + " notes, but the topology has " + topology.size() + " nodes and "
                    + topology.wallets().count() + " wallets. Declare fewer wallets or nodes.");
        }
    }

    private long totalStake() {
        WalletSpec wallets = topology.wallets();
        try {
            return Math.addExact(
                    Math.multiplyExact(TopologySpec.LEADER_STAKE, topology.size()),
                    Math.multiplyExact(wallets.valueEach(), (long) wallets.count()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Genesis cannot fund " + wallets.count() + " wallets with " + wallets.valueEach()
                            + " base units each: the sum does not fit in 63 bits. Give each wallet less.",
                    e);
        }
    }
}
