package org.junitnomos.assertions;

import java.util.Optional;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.scenario.RunBlob;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;

/** Asserts what became of one blob that a workload of a run submitted, until now. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class BlobAssert extends AbstractNomosAssert<BlobAssert, RunBlob> {
    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the blob
     */
    public BlobAssert(@Nullable RunBlob actual) {
        super(actual, BlobAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return Optional.of(actual.run());
    }

    private String name() {
        return "blob " + actual.id().toHex();
    }

    private BlobLedger.Fate fate(String expected) {
        isNotNull();
        return actual.fate().orElseThrow(() -> unmet(name(), expected, "told by no executor of the run"));
    }

    private BlobAssert require(String expected, Predicate<BlobLedger.Fate> holds) {
        var fate = fate(expected);
        if (!holds.test(fate)) {
            throw unmet(name(), expected, BlobFates.describe(fate, height()));
        }
        return this;
    }

    private long height() {
        return actual.run().feed().height();
    }

    /**
     * Asserts that an executor dispersed it.
     *
     * @return this
     * @throws AssertionError if none did
     */
    public BlobAssert isDispersed() {
        return require("dispersed", BlobFates::isDispersed);
    }

    /**
     * Asserts that it is announced on the reference chain.
     *
     * @return this
     * @throws AssertionError if it is not
     */
    public BlobAssert isIncluded() {
        return require("announced on the reference chain", BlobFates::isIncluded);
    }

    /**
     * Asserts that it is announced on the reference chain, soon after it was dispersed. If it is in no block yet this
     * fails, too, and says how many blocks it has left: wait for it with {@link RunAwait}.
     *
     * @param blocks most blocks from the height at which it was dispersed to the block that announces it, 0 or more
     * @return this
     * @throws AssertionError if it is late, missing, not dispersed or not there yet
     */
    public BlobAssert isIncludedWithin(int blocks) {
        requireNotNegative("blocks", blocks);
        String expected = "announced on the reference chain within " + CountText.of(blocks, "block");
        BlobFates.late(fate(expected), blocks, height()).ifPresent(problem -> {
            throw unmet(name(), expected, problem);
        });
        return this;
    }

    /**
     * Asserts that it is announced in an irreversible block.
     *
     * @return this
     * @throws AssertionError if it is not
     */
    public BlobAssert isFinal() {
        return require("announced in an irreversible block", BlobFates::isFinal);
    }

    /**
     * Asserts that its bytes can be put together from what the running nodes hold now, and are those that were
     * submitted.
     *
     * @return this
     * @throws AssertionError if they cannot
     */
    public BlobAssert isRetrievable() {
        String expected = "its bytes";
        var fate = fate(expected);
        BlobFates.lost(actual.run(), fate).ifPresent(problem -> {
            throw unmet(name(), "expected its bytes but they cannot be had: " + problem, expected, problem);
        });
        return this;
    }
}
