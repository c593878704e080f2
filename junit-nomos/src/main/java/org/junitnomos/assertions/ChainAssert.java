package org.junitnomos.assertions;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.time.CountText;

/** Asserts what a list of blocks is, oldest first, in addition to what AssertJ asserts about lists. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class ChainAssert
        extends AbstractListAssert<ChainAssert, List<? extends BlockRecord>, BlockRecord, BlockAssert> {
    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the blocks
     */
    public ChainAssert(@Nullable List<? extends BlockRecord> actual) {
        super(actual, ChainAssert.class);
        info.useRepresentation(InShort.INSTANCE);
    }

    /** Blocks as failures name them, not with all that they hold: a list of them would fill pages. */
    private static final class InShort extends StandardRepresentation {
        private static final InShort INSTANCE = new InShort();

        @Override
        protected String fallbackToStringOf(Object object) {
            if (!(object instanceof BlockRecord block)) {
                return super.fallbackToStringOf(object);
            }
            int transactions = block.block().transactions().size();
            return "block " + block.id().toHex() + " at height " + block.height() + ", slot "
                    + block.block().header().slot() + ", " + CountText.of(transactions, "transaction");
        }
    }

    @Override
    protected BlockAssert toAssert(BlockRecord value, String description) {
        return new BlockAssert(value).as(description);
    }

    @Override
    protected ChainAssert newAbstractIterableAssert(Iterable<? extends BlockRecord> iterable) {
        var blocks = new ArrayList<BlockRecord>();
        iterable.forEach(blocks::add);
        return new ChainAssert(blocks);
    }

    /**
     * Asserts that each block builds on the one before it, one height above.
     *
     * @return this
     * @throws AssertionError if one does not
     */
    public ChainAssert isConnected() {
        isNotNull();
        for (int i = 1; i < actual.size(); i++) {
            var before = actual.get(i - 1);
            var block = actual.get(i);
            var parent = block.block().header().parent();
            if (!parent.equals(before.id()) || block.height() != before.height() + 1) {
                throw failureWithActualExpected(
                        parent,
                        before.id(),
                        "%s",
                        "chain: expected block " + block.id().toHex() + " at height " + block.height()
                                + " to build on block " + before.id().toHex() + " at height " + before.height()
                                + " but its parent was " + parent.toHex());
            }
        }
        return this;
    }

    /**
     * Asserts that a transaction is in one of the blocks.
     *
     * @param transaction id of the transaction
     * @return this
     * @throws AssertionError if it is in none
     */
    public ChainAssert includes(TxHash transaction) {
        isNotNull();
        Objects.requireNonNull(transaction, "transaction");
        boolean there = actual.stream()
                .flatMap(block -> block.block().transactions().stream())
                .anyMatch(each -> each.hash().equals(transaction));
        if (!there) {
            throw failure(
                    "%s",
                    "chain: expected transaction " + transaction.toHex() + " but it is in none of the " + actual.size()
                            + " blocks");
        }
        return this;
    }
}
