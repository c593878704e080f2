package org.junitnomos.assertions;

import java.util.List;
import org.apiguardian.api.API;
import org.assertj.core.api.SoftAssertionsProvider;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.scenario.RunBlob;
import org.junitnomos.scenario.RunBlobs;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.RunTransaction;
import org.junitnomos.scenario.RunTransactions;

/** What soft assertions of one's own implement to have those about a run and its parts as well. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface NomosSoftAssertionsProvider extends SoftAssertionsProvider {
    /**
     * Begins assertions about a run, for example its balances.
     *
     * @param run may be null, which is a failure
     * @return the assertions
     */
    default RunAssert assertThat(@Nullable RunContext run) {
        return proxy(RunAssert.class, RunContext.class, run);
    }

    /**
     * Begins assertions about a cluster.
     *
     * @param cluster may be null, which is a failure
     * @return the assertions
     */
    default ClusterAssert assertThat(@Nullable Cluster cluster) {
        return proxy(ClusterAssert.class, Cluster.class, cluster);
    }

    /**
     * Begins assertions about a node.
     *
     * @param node may be null, which is a failure
     * @return the assertions
     */
    default NodeAssert assertThat(@Nullable NodeHandle node) {
        return proxy(NodeAssert.class, NodeHandle.class, node);
    }

    /**
     * Begins assertions about the block feed.
     *
     * @param feed may be null, which is a failure
     * @return the assertions
     */
    default BlockFeedAssert assertThat(@Nullable BlockFeed feed) {
        return proxy(BlockFeedAssert.class, BlockFeed.class, feed);
    }

    /**
     * Begins assertions about a block.
     *
     * @param block may be null, which is a failure
     * @return the assertions
     */
    default BlockAssert assertThat(@Nullable BlockRecord block) {
        return proxy(BlockAssert.class, BlockRecord.class, block);
    }

    /**
     * Begins assertions about all transactions of a run.
     *
     * @param transactions may be null, which is a failure
     * @return the assertions
     */
    default TransactionsAssert assertThat(@Nullable RunTransactions transactions) {
        return proxy(TransactionsAssert.class, RunTransactions.class, transactions);
    }

    /**
     * Begins assertions about one transaction of a run; a {@link org.junitnomos.scenario.Submission} is one.
     *
     * @param transaction may be null, which is a failure
     * @return the assertions
     */
    default TransactionAssert assertThat(@Nullable RunTransaction transaction) {
        return proxy(TransactionAssert.class, RunTransaction.class, transaction);
    }

    /**
     * Begins assertions about all blobs of a run.
     *
     * @param blobs may be null, which is a failure
     * @return the assertions
     */
    default BlobsAssert assertThat(@Nullable RunBlobs blobs) {
        return proxy(BlobsAssert.class, RunBlobs.class, blobs);
    }

    /**
     * Begins assertions about one blob of a run.
     *
     * @param blob may be null, which is a failure
     * @return the assertions
     */
    default BlobAssert assertThat(@Nullable RunBlob blob) {
        return proxy(BlobAssert.class, RunBlob.class, blob);
    }

    /**
     * Begins assertions about a chain, and about the list that it is.
     *
     * @param blocks oldest first, as {@link BlockFeed#chain()} gives them; may be null, which is a failure
     * @return the assertions
     */
    default ChainAssert assertThatChain(@Nullable List<BlockRecord> blocks) {
        return proxy(ChainAssert.class, List.class, blocks);
    }
}
