package org.junitnomos.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.topology.TopologySpec;

/**
 * The genesis of a cluster. Its keys and notes are derived from topology and seed alone, whatever its nodes are; where
 * real nodes provide services, their addresses are in it, too. Immutable; equal if all of its content is.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Genesis {
    private final SignedMantleTx transaction;
    private final HeaderId id;
    private final List<ZkSecretKey> leaders;
    private final long totalStake;
    private final List<Wallet> wallets;
    private final List<Ed25519PrivateKey> providers;
    private final NoteSigner signer;

    Genesis(
            GenesisTx genesis,
            List<ZkSecretKey> leaders,
            long totalStake,
            List<Wallet> wallets,
            List<Ed25519PrivateKey> providers,
            NoteSigner signer) {
        this.transaction = genesis.signed();
        this.id = genesis.header().id();
        this.leaders = List.copyOf(leaders);
        this.totalStake = totalStake;
        this.wallets = List.copyOf(wallets);
        this.providers = List.copyOf(providers);
        this.signer = signer;
    }

    /** {@return the genesis transaction (node contract 2.8)} */
    public SignedMantleTx transaction() {
        return transaction;
    }

    /** {@return the id of the genesis block} */
    public HeaderId id() {
        return id;
    }

    /** {@return the secret key of each node's leader note, in the order of the nodes} */
    public List<ZkSecretKey> leaders() {
        return leaders;
    }

    /** {@return the sum of all genesis notes, in base units} */
    public long totalStake() {
        return totalStake;
    }

    /** {@return the funded wallets} */
    public List<Wallet> wallets() {
        return wallets;
    }

    /**
     * Returns what a node leads with.
     *
     * @param node index of the node
     * @return value of its leader note in base units; 0 if it has none
     */
    public long leaderStake(int node) {
        var owner = leaders.get(node).toPublicKey();
        return transaction.tx().ledgerTx().outputs().stream()
                .filter(note -> note.owner().equals(owner))
                .mapToLong(Note::value)
                .sum();
    }

    /**
     * Returns the key of each node as a provider, from which others of it are derived (node contract 5.4).
     *
     * @return the keys, in the order of the nodes
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public List<Ed25519PrivateKey> providers() {
        return providers;
    }

    /**
     * Returns the keys that the wallet of a node knows (node contract 5.4): that of its leader, and those of the
     * wallets if the topology says so.
     *
     * @param topology what was deployed
     * @param leader key of the node's leader
     * @return the keys, that of the leader first
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public List<ZkPublicKey> knownKeys(TopologySpec topology, ZkSecretKey leader) {
        var keys = new ArrayList<ZkPublicKey>();
        keys.add(leader.toPublicKey());
        if (topology.wallets().known()) {
            wallets.forEach(wallet -> keys.add(wallet.owner()));
        }
        return keys;
    }

    /**
     * Returns who proves for the owners of notes on this cluster: those of genesis, and those that they are sent to.
     *
     * @return the signer whose proofs the nodes take
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public NoteSigner signer() {
        return signer;
    }

    /**
     * Derives the genesis of a cluster of dev nodes: for each node a leader note, unless it has no stake, and a note it
     * locks to declare data availability, then one note for each wallet.
     *
     * <p>The same topology and seed give the same genesis on every machine. Keys are drawn node by node and wallet by
     * wallet, so that a cluster with one more wallet has the same keys for all others.
     *
     * @param topology the cluster
     * @param seed seed of the run
     * @return the genesis
     * @throws IllegalArgumentException if nodes and wallets need more notes than a transaction can carry, or more value
     *     than fits in 63 bits
     */
    public static Genesis derive(TopologySpec topology, long seed) {
        return GenesisDerivation.ofDevNodes(topology, seed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Genesis that
                && transaction.equals(that.transaction)
                && leaders.equals(that.leaders)
                && wallets.equals(that.wallets);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, leaders, wallets);
    }

    @Override
    public String toString() {
        return "Genesis[" + id + ", " + leaders.size() + " nodes, " + wallets.size() + " wallets]";
    }
}
