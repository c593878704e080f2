package org.junitnomos.topology;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A cluster: its nodes, how they are connected, and its genesis. Equal by value.
 *
 * @param validators number of nodes with role validator
 * @param executors number of nodes with role executor
 * @param layout who is connected with whom
 * @param consensus parameters of Cryptarchia
 * @param wallets funded wallets
 * @param links quality of every link where the backend simulates links
 * @param clockSkews by node name, how far its clock runs ahead (negative: behind); absent nodes have none
 * @param stake how the stake of the leaders is shared out: one share for each node, 0 or more, in the order of {@link
 *     #nodes()}; empty if all have the same
 * @param overlay what is laid over the configurations of nodes that have one of their own, as YAML; empty for nothing
 * @param urls whether any HTTP client reaches the nodes, also where they need no port of their own
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TopologySpec(
        int validators,
        int executors,
        NetworkLayout layout,
        ConsensusParameters consensus,
        WalletSpec wallets,
        LinkSpec links,
        Map<String, Duration> clockSkews,
        List<Integer> stake,
        String overlay,
        boolean urls) {

    /** Mean value of the leader notes that genesis gives the nodes, in base units (node contract 5.4). */
    public static final long LEADER_STAKE = 1000;

    /** Value of the note that each node locks in genesis for data availability, in base units (node contract 5.4). */
    public static final long SERVICE_STAKE = 1;

    public TopologySpec {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(consensus, "consensus");
        Objects.requireNonNull(wallets, "wallets");
        Objects.requireNonNull(links, "links");
        clockSkews = Collections.unmodifiableMap(new TreeMap<>(clockSkews));
        stake = List.copyOf(stake);
        Objects.requireNonNull(overlay, "overlay");
    }

    /** Describes a cluster in which all nodes have the same stake, and the configurations that the backend writes. */
    public TopologySpec(
            int validators,
            int executors,
            NetworkLayout layout,
            ConsensusParameters consensus,
            WalletSpec wallets,
            LinkSpec links,
            Map<String, Duration> clockSkews) {
        this(validators, executors, layout, consensus, wallets, links, clockSkews, List.of(), "", false);
    }

    /**
     * Describes a cluster with default parameters.
     *
     * @param validators number of validators
     * @param executors number of executors
     * @return star layout, default consensus and links, no wallets
     */
    public static TopologySpec of(int validators, int executors) {
        return new TopologySpec(
                validators,
                executors,
                NetworkLayout.STAR,
                ConsensusParameters.DEFAULT,
                WalletSpec.NONE,
                LinkSpec.DEFAULT,
                new TreeMap<>());
    }

    /** {@return the number of nodes, validators plus executors} */
    public int size() {
        return validators + executors;
    }

    /** Lists the nodes in the order of their indexes, validators first. */
    public List<NodeSpec> nodes() {
        var nodes = new ArrayList<NodeSpec>();
        for (int i = 0; i < validators; i++) {
            nodes.add(new NodeSpec(NodeRole.VALIDATOR.label() + "-" + i, NodeRole.VALIDATOR, nodes.size()));
        }
        for (int i = 0; i < executors; i++) {
            nodes.add(new NodeSpec(NodeRole.EXECUTOR.label() + "-" + i, NodeRole.EXECUTOR, nodes.size()));
        }
        return List.copyOf(nodes);
    }

    /**
     * Returns what genesis gives the leader of a node: its part of {@value #LEADER_STAKE} base units for each node of
     * the cluster, by its share.
     *
     * @param node index of the node, 0 to {@link #size()} - 1
     * @return value of its leader note in base units; 0 for a node without stake, which gets no such note
     */
    public long leaderStake(int node) {
        var values = StakeShares.of(this);
        return values.isEmpty() ? LEADER_STAKE : values.get(node);
    }

    /** {@return what genesis gives to leaders, services and wallets together, in base units (node contract 2.8)} */
    public BigInteger totalStake() {
        return BigInteger.valueOf(wallets.valueEach())
                .multiply(BigInteger.valueOf(wallets.count()))
                .add(BigInteger.valueOf(LEADER_STAKE + SERVICE_STAKE).multiply(BigInteger.valueOf(size())));
    }

    /**
     * Computes the chance that a slot is won by at least one node when all are up and no wallet has spent anything.
     * Wallets that nodes do not know, and locked notes, count as stake without a leader, so they lower the block rate
     * (node contract 3.3).
     *
     * @return the chance, 0 to 1; 0 in an empty topology
     */
    public double chanceOfBlock() {
        var odds = new LeaderOdds(this);
        return odds.chanceOfBlock(odds.leadingWallets());
    }
}
