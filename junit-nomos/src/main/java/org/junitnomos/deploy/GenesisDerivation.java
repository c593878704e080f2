package org.junitnomos.deploy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Derives the keys, notes and declarations of a genesis from topology and seed (node contract 2.8, 5.4). */
final class GenesisDerivation {
    private static final byte[] INSCRIPTION = "genesis".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 32;
    private static final int NOTES_PER_NODE = 2;
    private static final int ID_BYTES_IN_LEADER_KEY = 14;

    /** Who proves for the notes of a genesis. */
    static final NoteSigner SIGNER = NoteSigner.DEV_NODES;

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
        var leaders = new ArrayList<ZkSecretKey>();
        var providers = new ArrayList<Ed25519PrivateKey>();
        for (byte[] id : nodeIds()) {
            leaders.add(leaderKey(id));
            providers.add(Ed25519PrivateKey.fromSeed(id));
        }
        var locked = new ArrayList<Integer>();
        for (int i = 0; i < leaders.size(); i++) {
            if (topology.leaderStake(i) > 0) {
                notes.add(new Note(topology.leaderStake(i), leaders.get(i).toPublicKey()));
            }
            locked.add(notes.size());
            notes.add(new Note(TopologySpec.SERVICE_STAKE, SIGNER.ownerOf(providers.get(i))));
        }
        var walletKeys = walletKeys();
        for (var key : walletKeys) {
            notes.add(new Note(topology.wallets().valueEach(), SIGNER.ownerOf(key)));
        }
        var genesis = declare(notes, locked, providers);
        var noteIds = genesis.tx().noteIds();
        return new Genesis(
                genesis.signed(), genesis.header().id(), leaders, totalStake, wallets(walletKeys, notes, noteIds));
    }

    /**
     * Lets every node declare data availability. Its provider key is its id, its zk id follows from that key by the
     * rule of the contract, and owns the locked note too, as one dev proof can speak for one owner only. Its locator
     * names the node, so that dev nodes find each other on every backend.
     */
    private GenesisTx declare(List<Note> notes, List<Integer> locked, List<Ed25519PrivateKey> providers) {
        var noteIds = LedgerTx.ofGenesis(notes).noteIds();
        var declarations = new ArrayList<SdpDeclare>();
        for (int i = 0; i < providers.size(); i++) {
            var locator = Multiaddr.parse("/dns4/" + topology.nodes().get(i).name() + "/udp/3300/quic-v1");
            declarations.add(new SdpDeclare(
                    ServiceType.DATA_AVAILABILITY,
                    List.of(locator),
                    providers.get(i).publicKey(),
                    SIGNER.ownerOf(providers.get(i)),
                    noteIds.get(locked.get(i))));
        }
        var unsigned = Collections.<OpProof>nCopies(declarations.size(), new OpProof.NoProof());
        var tx = GenesisTx.create(INSCRIPTION, notes, declarations, unsigned).tx();
        var proofs = new ArrayList<OpProof>();
        for (var provider : providers) {
            proofs.add(new OpProof.ZkAndEd25519Sigs(SIGNER.prove(tx, provider), provider.sign(tx.hash())));
        }
        return GenesisTx.create(INSCRIPTION, notes, declarations, proofs);
    }

    private List<byte[]> nodeIds() {
        Random random = randoms.random("genesis-nodes");
        var ids = new ArrayList<byte[]>();
        for (int i = 0; i < topology.size(); i++) {
            byte[] id = new byte[ID_LENGTH];
            random.nextBytes(id);
            ids.add(id);
        }
        return ids;
    }

    /**
     * Derives the key of a leader from the id of its node: the little-endian integer of "ld" and 14 bytes of the id.
     */
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
            int output = notes.size() - keys.size() + i;
            Note note = notes.get(output);
            wallets.add(new Wallet("wallet-user-" + i, keys.get(i), note.owner(), noteIds.get(output), note.value()));
        }
        return wallets;
    }

    private void requireRoom() {
        int notes = NOTES_PER_NODE * topology.size() + topology.wallets().count();
        if (topology.size() < 1 || topology.wallets().count() < 0 || notes > LedgerTx.MAX_GENESIS_NOTES) {
            throw new IllegalArgumentException("Genesis needs " + NOTES_PER_NODE
                    + " notes for each node and one for each wallet, at least 1 node and at most "
                    + LedgerTx.MAX_GENESIS_NOTES
                    + " notes, but the topology has " + topology.size() + " nodes and "
                    + topology.wallets().count() + " wallets. Declare fewer wallets or nodes.");
        }
    }

    private long totalStake() {
        WalletSpec wallets = topology.wallets();
        try {
            return topology.totalStake().longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Genesis cannot fund " + wallets.count() + " wallets with " + wallets.valueEach()
                            + " base units each: the sum does not fit in 63 bits. Give each wallet less.",
                    e);
        }
    }
}
