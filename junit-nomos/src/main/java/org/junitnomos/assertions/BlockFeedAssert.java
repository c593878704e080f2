package org.junitnomos.assertions;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;

/** Asserts what the block feed has seen until now. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class BlockFeedAssert extends AbstractNomosAssert<BlockFeedAssert, BlockFeed> {
    private static final String NAME = "block feed";

    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the feed
     */
    public BlockFeedAssert(@Nullable BlockFeed actual) {
        super(actual, BlockFeedAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return actual.owner(RunContext.class);
    }

    private String observed() {
        return CountText.of(actual.height(), "block")
                + actual.tip().map(tip -> ", tip " + tip.id().toHex()).orElse("");
    }

    /**
     * Asserts that the reference chain has at least a height.
     *
     * @param height blocks from genesis, 0 or more
     * @return this
     * @throws AssertionError if it is lower
     */
    public BlockFeedAssert hasHeightAtLeast(long height) {
        isNotNull();
        requireNotNegative("height", height);
        if (actual.height() < height) {
            throw unmet(NAME, "a reference chain of at least " + CountText.of(height, "block"), observed());
        }
        return this;
    }

    /**
     * Asserts that a block was seen on some node, on whatever branch.
     *
     * @param block id of the block
     * @return this
     * @throws AssertionError if it was not
     */
    public BlockFeedAssert hasSeen(HeaderId block) {
        isNotNull();
        Objects.requireNonNull(block, "block");
        if (actual.find(block).isEmpty()) {
            throw unmet(NAME, "block " + block.toHex(), "on no node, with a reference chain of " + observed());
        }
        return this;
    }

    /**
     * Asserts that a transaction is on the reference chain.
     *
     * @param transaction id of the transaction
     * @return this
     * @throws AssertionError if it is not
     */
    public BlockFeedAssert includes(TxHash transaction) {
        isNotNull();
        Objects.requireNonNull(transaction, "transaction");
        if (actual.including(transaction).isEmpty()) {
            throw unmet(
                    NAME,
                    "transaction " + transaction.toHex() + " on the reference chain",
                    "in none of its blocks: " + observed());
        }
        return this;
    }

    /**
     * Asserts that a transaction is not on the reference chain.
     *
     * @param transaction id of the transaction
     * @return this
     * @throws AssertionError if it is
     */
    public BlockFeedAssert doesNotInclude(TxHash transaction) {
        isNotNull();
        Objects.requireNonNull(transaction, "transaction");
        actual.including(transaction).ifPresent(block -> {
            throw unmet(
                    NAME,
                    "no transaction " + transaction.toHex() + " on the reference chain",
                    "in block " + block.id().toHex() + " at height " + block.height());
        });
        return this;
    }
}
