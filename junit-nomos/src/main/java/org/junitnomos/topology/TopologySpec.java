package org.junitnomos.topology;

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
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TopologySpec(
        int validators,
        int executors,
        NetworkLayout layout,
        ConsensusParameters consensus,
        WalletSpec wallets,
        LinkSpec links,
        Map<String, Duration> clockSkews) {

    /** Value of the leader note that genesis gives each node, in base units (node contract 5.4). */
    public static final long LEADER_STAKE = 1000;

    /** Value of the note that each node locks in genesis for data availability, in base units (node contract 5.4). */
    public static final long SERVICE_STAKE = 1;

    public TopologySpec {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(consensus, "consensus");
        Objects.requireNonNull(wallets, "wallets");
        Objects.requireNonNull(links, "links");
        clockSkews = Collections.unmodifiableMap(new TreeMap<>(clockSkews));
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
     * Computes the chance that a slot is won by at least one of a number of leaders with their genesis stake. Wallets
     * and locked notes count as stake without a leader, so they lower the block rate (node contract 3.3).
     *
     * @param leaders number of nodes that play the lottery, 0 to {@link #size()}
     * @return the chance, 0 to 1; 0 in an empty topology
     */
    public double chanceOfBlock(int leaders) {
        double total =
                (double) size() * (LEADER_STAKE + SERVICE_STAKE) + (double) wallets.count() * wallets.valueEach();
        if (total <= 0) {
            return 0;
        }
        return 1 - StrictMath.pow(1 - consensus.chanceToLead(LEADER_STAKE / total), leaders);
    }
}
