package org.junitnomos.assertions;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.RunTransaction;
import org.junitnomos.time.CountText;

/** Asserts what became of one transaction that was submitted through a run, until now. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class TransactionAssert extends AbstractNomosAssert<TransactionAssert, RunTransaction> {
    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the transaction
     */
    public TransactionAssert(@Nullable RunTransaction actual) {
        super(actual, TransactionAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return Optional.of(actual.run());
    }

    private String name() {
        return "transaction " + actual.hash().toHex();
    }

    private TransactionLedger.Fate fate(String expected) {
        isNotNull();
        return actual.fate().orElseThrow(() -> unmet(name(), expected, "not submitted through the run"));
    }

    private TransactionAssert require(String expected, Predicate<TransactionLedger.Fate> holds) {
        var fate = fate(expected);
        if (!holds.test(fate)) {
            throw unmet(name(), expected, TransactionFates.describe(fate, height()));
        }
        return this;
    }

    private long height() {
        return actual.run().feed().height();
    }

    /**
     * Asserts that a node took it.
     *
     * @return this
     * @throws AssertionError if none did
     */
    public TransactionAssert isAccepted() {
        return require("accepted by a node", TransactionFates::isAccepted);
    }

    /**
     * Asserts that no node took it.
     *
     * @return this
     * @throws AssertionError if one did, or none was asked yet
     */
    public TransactionAssert isRefused() {
        return require("refused by every node that was asked", TransactionAssert::isRefused);
    }

    private static boolean isRefused(TransactionLedger.Fate fate) {
        return fate.rejections() > 0 && !TransactionFates.isAccepted(fate);
    }

    /**
     * Asserts that no node took it, and what the last one said.
     *
     * @param text a part of the reason
     * @return this
     * @throws AssertionError if a node took it, or said something else
     */
    public TransactionAssert isRefusedWith(String text) {
        Objects.requireNonNull(text, "text");
        return require(
                "refused with \"" + text + "\"",
                fate -> isRefused(fate) && String.valueOf(fate.rejection()).contains(text));
    }

    /**
     * Asserts that it is on the reference chain.
     *
     * @return this
     * @throws AssertionError if it is not
     */
    public TransactionAssert isIncluded() {
        return require("on the reference chain", TransactionFates::isIncluded);
    }

    /**
     * Asserts that it is on the reference chain, soon after a node took it. If it is in no block yet this fails, too,
     * and says how many blocks it has left: wait for it with {@link RunAwait}.
     *
     * @param blocks most blocks from the height at which a node took it to its block, 0 or more
     * @return this
     * @throws AssertionError if it is late, missing, refused or not there yet
     */
    public TransactionAssert isIncludedWithin(int blocks) {
        requireNotNegative("blocks", blocks);
        String expected = "on the reference chain within " + CountText.of(blocks, "block");
        TransactionFates.late(fate(expected), blocks, height()).ifPresent(problem -> {
            throw unmet(name(), expected, problem);
        });
        return this;
    }

    /**
     * Asserts that it is not on the reference chain.
     *
     * @return this
     * @throws AssertionError if it is
     */
    public TransactionAssert isNotIncluded() {
        return require("in no block of the reference chain", fate -> !TransactionFates.isIncluded(fate));
    }

    /**
     * Asserts that it is in an irreversible block.
     *
     * @return this
     * @throws AssertionError if it is not
     */
    public TransactionAssert isFinal() {
        return require("in an irreversible block", TransactionFates::isFinal);
    }
}
