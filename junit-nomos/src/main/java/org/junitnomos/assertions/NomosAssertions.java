package org.junitnomos.assertions;

import java.util.List;
import org.apiguardian.api.API;
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

/**
 * Where assertions about a run and its parts begin. To be imported statically, beside {@code assertThat} of AssertJ.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class NomosAssertions {
    private NomosAssertions() {}

    /**
     * Begins assertions about a run, for example its balances.
     *
     * @param run may be null, which is a failure
     * @return the assertions
     */
    public static RunAssert assertThat(@Nullable RunContext run) {
        return new RunAssert(run);
    }

    /**
     * Begins assertions about a cluster.
     *
     * @param cluster may be null, which is a failure
     * @return the assertions
     */
    public static ClusterAssert assertThat(@Nullable Cluster cluster) {
        return new ClusterAssert(cluster);
    }

    /**
     * Begins assertions about a node.
     *
     * @param node may be null, which is a failure
     * @return the assertions
     */
    public static NodeAssert assertThat(@Nullable NodeHandle node) {
        return new NodeAssert(node);
    }

    /**
     * Begins assertions about the block feed.
     *
     * @param feed may be null, which is a failure
     * @return the assertions
     */
    public static BlockFeedAssert assertThat(@Nullable BlockFeed feed) {
        return new BlockFeedAssert(feed);
    }

    /**
     * Begins assertions about a block.
     *
     * @param block may be null, which is a failure
     * @return the assertions
     */
    public static BlockAssert assertThat(@Nullable BlockRecord block) {
        return new BlockAssert(block);
    }

    /**
     * Begins assertions about all transactions of a run.
     *
     * @param transactions may be null, which is a failure
     * @return the assertions
     */
    public static TransactionsAssert assertThat(@Nullable RunTransactions transactions) {
        return new TransactionsAssert(transactions);
    }

    /**
     * Begins assertions about one transaction of a run; a {@link org.junitnomos.scenario.Submission} is one.
     *
     * @param transaction may be null, which is a failure
     * @return the assertions
     */
    public static TransactionAssert assertThat(@Nullable RunTransaction transaction) {
        return new TransactionAssert(transaction);
    }

    /**
     * Begins assertions about all blobs of a run.
     *
     * @param blobs may be null, which is a failure
     * @return the assertions
     */
    public static BlobsAssert assertThat(@Nullable RunBlobs blobs) {
        return new BlobsAssert(blobs);
    }

    /**
     * Begins assertions about one blob of a run.
     *
     * @param blob may be null, which is a failure
     * @return the assertions
     */
    public static BlobAssert assertThat(@Nullable RunBlob blob) {
        return new BlobAssert(blob);
    }

    /**
     * Begins assertions about a chain, and about the list that it is.
     *
     * @param blocks oldest first, as {@link BlockFeed#chain()} gives them; may be null, which is a failure
     * @return the assertions
     */
    public static ChainAssert assertThatChain(@Nullable List<BlockRecord> blocks) {
        return new ChainAssert(blocks);
    }
}
