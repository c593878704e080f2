package org.junitnomos.assertions;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.scenario.RunBlobs;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.CountText;

/**
 * Asserts what became of all blobs that workloads of a run submitted, until now. Each method that speaks of all of them
 * fails if there is none. Nothing is excused: for runs with faults there are the expectations of data availability.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class BlobsAssert extends AbstractNomosAssert<BlobsAssert, RunBlobs> {
    private static final String NAME = "blobs";

    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the blobs
     */
    public BlobsAssert(@Nullable RunBlobs actual) {
        super(actual, BlobsAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return Optional.of(actual.run());
    }

    private BlobsAssert requireEach(String expected, Function<BlobLedger.Fate, Optional<String>> problem) {
        isNotNull();
        var fates = actual.fates();
        if (fates.isEmpty()) {
            throw unmet(NAME, expected, "without a blob: none was submitted by a workload of the run");
        }
        requireNone(
                NAME,
                expected + " (" + fates.size() + " were submitted)",
                fates.stream()
                        .flatMap(fate -> problem.apply(fate).map(text -> fate.label() + ": " + text).stream())
                        .toList());
        return this;
    }

    private BlobsAssert require(String expected, Predicate<BlobLedger.Fate> holds) {
        long height = height();
        return requireEach(
                expected, fate -> holds.test(fate) ? Optional.empty() : Optional.of(BlobFates.describe(fate, height)));
    }

    private long height() {
        isNotNull();
        return actual.run().feed().height();
    }

    /**
     * Asserts how many blobs were submitted at least, each counted once.
     *
     * @param count their number, 0 or more
     * @return this
     * @throws AssertionError if there are fewer
     */
    public BlobsAssert hasSubmittedAtLeast(int count) {
        isNotNull();
        requireNotNegative("count", count);
        int observed = actual.fates().size();
        if (observed < count) {
            throw unmet(NAME, "at least " + CountText.of(count, "blob"), CountText.of(observed, "blob"));
        }
        return this;
    }

    /**
     * Asserts that an executor dispersed each of them.
     *
     * @return this
     * @throws AssertionError if one was not, or none was submitted
     */
    public BlobsAssert areAllDispersed() {
        return require("every submitted blob dispersed", BlobFates::isDispersed);
    }

    /**
     * Asserts that each of them is announced on the reference chain, soon after it was dispersed. One that is in no
     * block yet fails, too, and says how many blocks it has left: wait for it with {@link RunAwait}.
     *
     * @param blocks most blocks from the height at which it was dispersed to the block that announces it, 0 or more
     * @return this
     * @throws AssertionError if one is late, missing, not dispersed or not there yet, or none was submitted
     */
    public BlobsAssert areAllIncludedWithin(int blocks) {
        requireNotNegative("blocks", blocks);
        long height = height();
        return requireEach(
                "every submitted blob announced on the reference chain within " + CountText.of(blocks, "block"),
                fate -> BlobFates.late(fate, blocks, height));
    }

    /**
     * Asserts that each of them is announced in an irreversible block.
     *
     * @return this
     * @throws AssertionError if one is not, or none was submitted
     */
    public BlobsAssert areAllFinal() {
        return require("every submitted blob in an irreversible block", BlobFates::isFinal);
    }

    /**
     * Asserts that the bytes of each of them can be put together from what the running nodes hold now.
     *
     * @return this
     * @throws AssertionError if those of one cannot, or none was submitted
     */
    public BlobsAssert areAllRetrievable() {
        return requireEach("the bytes of every submitted blob", fate -> BlobFates.lost(actual.run(), fate));
    }
}
