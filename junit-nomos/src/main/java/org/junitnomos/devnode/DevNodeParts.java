package org.junitnomos.devnode;

import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.ForkChoice;
import org.junitnomos.devnode.chain.LongestChain;
import org.junitnomos.devnode.chain.StandardBlockRules;
import org.junitnomos.devnode.da.DaRules;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.devnode.mempool.ArrivalMempool;
import org.junitnomos.devnode.mempool.Mempool;

/**
 * The parts a node is made of; a test may replace one to plant a defect.
 *
 * @param transactionRules what the leader lets into a block
 * @param blockRules creates the rules of the blocks
 * @param forkChoice choice between branches
 * @param mempool creates the mempool
 * @param dataAvailability decisions about shares and blobs
 * @param leader decisions of a leader
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DevNodeParts(
        TransactionRules transactionRules,
        Function<ChainParameters, BlockRules> blockRules,
        ForkChoice forkChoice,
        Supplier<Mempool> mempool,
        DaRules dataAvailability,
        LeaderRules leader) {
    /**
     * Returns the parts of a right node.
     *
     * @return the parts
     */
    public static DevNodeParts standard() {
        return new DevNodeParts(
                StandardRules.INSTANCE,
                parameters -> new StandardBlockRules(parameters, StandardRules.INSTANCE),
                LongestChain.INSTANCE,
                ArrivalMempool::new,
                DaRules.STANDARD,
                LeaderRules.STANDARD);
    }

    /**
     * Returns these parts with other rules of transactions, for the leader and for blocks.
     *
     * @param rules the rules
     * @return the parts
     */
    public DevNodeParts withTransactionRules(TransactionRules rules) {
        return new DevNodeParts(
                rules,
                parameters -> new StandardBlockRules(parameters, rules),
                forkChoice,
                mempool,
                dataAvailability,
                leader);
    }

    /**
     * Returns these parts with other rules of blocks.
     *
     * @param rules creates the rules
     * @return the parts
     */
    public DevNodeParts withBlockRules(Function<ChainParameters, BlockRules> rules) {
        return new DevNodeParts(transactionRules, rules, forkChoice, mempool, dataAvailability, leader);
    }

    /**
     * Returns these parts with other decisions about shares and blobs.
     *
     * @param rules the decisions
     * @return the parts
     */
    public DevNodeParts withDataAvailability(DaRules rules) {
        return new DevNodeParts(transactionRules, blockRules, forkChoice, mempool, rules, leader);
    }
}
