package org.junitnomos.assertions;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;

/** Asserts what is in a block. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class BlockAssert extends AbstractNomosAssert<BlockAssert, BlockRecord> {
    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the block
     */
    public BlockAssert(@Nullable BlockRecord actual) {
        super(actual, BlockAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return Optional.empty();
    }

    private String name() {
        return "block " + actual.id().toHex();
    }

    /**
     * Asserts its height.
     *
     * @param height blocks from genesis to it
     * @return this
     * @throws AssertionError if it is another one
     */
    public BlockAssert hasHeight(long height) {
        isNotNull();
        if (actual.height() != height) {
            throw unmet(name(), "height " + height, "height " + actual.height());
        }
        return this;
    }

    /**
     * Asserts on which block it builds.
     *
     * @param parent id of that block
     * @return this
     * @throws AssertionError if it is another one
     */
    public BlockAssert hasParent(HeaderId parent) {
        isNotNull();
        Objects.requireNonNull(parent, "parent");
        var observed = actual.block().header().parent();
        if (!observed.equals(parent)) {
            throw unmet(name(), "parent " + parent.toHex(), "parent " + observed.toHex());
        }
        return this;
    }

    /**
     * Asserts that it holds a transaction.
     *
     * @param transaction id of the transaction
     * @return this
     * @throws AssertionError if it does not
     */
    public BlockAssert includes(TxHash transaction) {
        isNotNull();
        Objects.requireNonNull(transaction, "transaction");
        var hashes = actual.block().transactions().stream()
                .map(each -> each.hash().toHex())
                .toList();
        if (!hashes.contains(transaction.toHex())) {
            throw unmet(name(), "transaction " + transaction.toHex(), "transactions " + hashes);
        }
        return this;
    }

    /**
     * Asserts how many transactions it holds.
     *
     * @param count their number, 0 or more
     * @return this
     * @throws AssertionError if there are fewer or more
     */
    public BlockAssert hasTransactions(int count) {
        isNotNull();
        requireNotNegative("count", count);
        int observed = actual.block().transactions().size();
        if (observed != count) {
            throw unmet(name(), CountText.of(count, "transaction"), CountText.of(observed, "transaction"));
        }
        return this;
    }
}
