package org.junitnomos.deploy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apiguardian.api.API;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Multiaddr;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.mantle.ZkSignature;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/**
 * Derives the keys, notes and declarations of a genesis from topology and seed (node contract 2.8, 5.4). Keys and notes
 * are the same for all kinds of nodes; addresses and proofs of the declarations are not. For one thread.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class GenesisDerivation {
    private static final byte[] INSCRIPTION = "genesis".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 32;
    private static final int NOTES_PER_NODE = 2;
    private static final int ID_BYTES_IN_LEADER_KEY = 14;

    private final TopologySpec topology;
    private final NoteSigner signer;
    private final SeededRandoms randoms;
    private final long totalStake;
    private final List<Note> notes = new ArrayList<>();
    private final List<ZkSecretKey> leaders = new ArrayList<>();
    private final List<Ed25519PrivateKey> providers = new ArrayList<>();
    private final List<Ed25519PrivateKey> walletKeys;
    private final List<SdpDeclare> declarations = new ArrayList<>();

    /** Says where a node provides a service. */
    @FunctionalInterface
    public interface Locators {
        /**
         * Finds an address.
         *
         * @param service what it provides
         * @param node who provides it
         * @return its address, as others reach it
         */
        Multiaddr of(ServiceType service, NodeSpec node);
    }

    /**
     * Derives everything but the proofs.
     *
     * @param topology the cluster
     * @param seed seed of the run
     * @param signer who proves for the owners of notes on this cluster
     * @param services what every node declares to provide, in the order of the declarations
     * @param locators where
     * @throws IllegalArgumentException if nodes and wallets need more notes than a transaction can carry, or more value
     *     than fits in 63 bits
     */
    public GenesisDerivation(
            TopologySpec topology, long seed, NoteSigner signer, List<ServiceType> services, Locators locators) {
        this.topology = topology;
        this.signer = signer;
        this.randoms = new SeededRandoms(seed);
        requireRoom();
        this.totalStake = totalStake();
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
            notes.add(new Note(TopologySpec.SERVICE_STAKE, signer.ownerOf(providers.get(i))));
        }
        this.walletKeys = walletKeys();
        for (var key : walletKeys) {
            notes.add(new Note(topology.wallets().valueEach(), signer.ownerOf(key)));
        }
        var noteIds = LedgerTx.ofGenesis(notes).noteIds();
        for (var service : services) {
            for (int i = 0; i < providers.size(); i++) {
                declarations.add(declare(service, i, locators, noteIds.get(locked.get(i))));
            }
        }
    }

    /** The genesis of dev nodes, whose proofs cost next to nothing; its locators name nodes, on every backend. */
    static Genesis ofDevNodes(TopologySpec topology, long seed) {
        var derivation = new GenesisDerivation(
                topology,
                seed,
                NoteSigner.DEV_NODES,
                List.of(ServiceType.DATA_AVAILABILITY),
                (service, node) -> Multiaddr.parse("/dns4/" + node.name() + "/udp/3300/quic-v1"));
        var tx = derivation.toProve();
        return derivation.prove(derivation.providers().stream()
                .map(provider -> NoteSigner.DEV_NODES.prove(tx, provider))
                .toList());
    }

    /**
     * A declaration: the provider's key is the id of the node, its zk id follows from that key by the rule of the
     * contract, and owns the locked note too, so that one proof speaks for both, and for every service.
     */
    private SdpDeclare declare(ServiceType service, int node, Locators locators, NoteId locked) {
        return new SdpDeclare(
                service,
                List.of(locators.of(service, topology.nodes().get(node))),
                providers.get(node).publicKey(),
                signer.ownerOf(providers.get(node)),
                locked);
    }

    /** {@return the transaction of which all proofs are} */
    public MantleTx toProve() {
        var unsigned = Collections.<OpProof>nCopies(declarations.size(), new OpProof.NoProof());
        return GenesisTx.create(INSCRIPTION, notes, declarations, unsigned).tx();
    }

    /** {@return the key of each node as a provider, in the order of the nodes} */
    public List<Ed25519PrivateKey> providers() {
        return List.copyOf(providers);
    }

    /**
     * Adds the proofs.
     *
     * @param proofs that the owner of the locked note and the zk id agree to {@link #toProve}, one for each node
     * @return the genesis
     */
    public Genesis prove(List<ZkSignature> proofs) {
        var tx = toProve();
        var ofDeclarations = new ArrayList<OpProof>();
        for (int i = 0; i < declarations.size(); i++) {
            int node = i % providers.size();
            var signature = providers.get(node).sign(tx.hash());
            ofDeclarations.add(new OpProof.ZkAndEd25519Sigs(proofs.get(node), signature));
        }
        var genesis = GenesisTx.create(INSCRIPTION, notes, declarations, ofDeclarations);
        var wallets = wallets(walletKeys, notes, genesis.tx().noteIds());
        return new Genesis(genesis, leaders, totalStake, wallets, providers, signer);
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
