package org.junitnomos.deploy;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteSigner;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.topology.TopologySpec;

/**
 * The genesis of a cluster, derived from topology and seed alone.
 *
 * @param transaction the genesis transaction (node contract 2.8)
 * @param id id of the genesis block
 * @param leaders secret key of each node's leader note, in the order of the nodes
 * @param totalStake sum of all genesis notes, in base units
 * @param wallets funded wallets
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Genesis(
        SignedMantleTx transaction, HeaderId id, List<ZkSecretKey> leaders, long totalStake, List<Wallet> wallets) {
    public Genesis {
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(id, "id");
        leaders = List.copyOf(leaders);
        wallets = List.copyOf(wallets);
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
     * Returns who proves for the owners of notes on this cluster: those of genesis, and those that they are sent to.
     *
     * @return the signer whose proofs the nodes take
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    public NoteSigner signer() {
        return GenesisDerivation.SIGNER;
    }

    /**
     * Derives the genesis of a cluster: for each node a leader note, unless it has no stake, and a note it locks to
     * declare data availability, then one note for each wallet.
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
        return new GenesisDerivation(topology, seed).derive();
    }
}
