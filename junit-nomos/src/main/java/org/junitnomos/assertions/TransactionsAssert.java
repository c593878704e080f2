package org.junitnomos.assertions;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.RunTransactions;
import org.junitnomos.time.CountText;

/**
 * Asserts what became of all transactions that were submitted through a run, until now. Each method that speaks of all
 * of them fails if there is none. Nothing is excused: for runs with faults there is the expectation of inclusion.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public class TransactionsAssert extends AbstractNomosAssert<TransactionsAssert, RunTransactions> {
    private static final String NAME = "transactions";

    /**
     * Creates an assertion; {@link NomosAssertions} does.
     *
     * @param actual the transactions
     */
    public TransactionsAssert(@Nullable RunTransactions actual) {
        super(actual, TransactionsAssert.class);
    }

    @Override
    Optional<RunContext> run() {
        return Optional.of(actual.run());
    }

    private List<TransactionLedger.Fate> all(String expected) {
        isNotNull();
        var fates = actual.fates();
        if (fates.isEmpty()) {
            throw unmet(NAME, expected, "without a transaction: none was submitted through the run");
        }
        return fates;
    }

    private TransactionsAssert requireEach(
            String expected, Function<TransactionLedger.Fate, Optional<String>> problem) {
        var fates = all(expected);
        requireNone(
                NAME,
                expected + " (" + fates.size() + " were submitted)",
                fates.stream()
                        .flatMap(fate ->
                                problem
                                        .apply(fate)
                                        .map(text -> fate.transaction().toHex() + ": " + text)
                                        .stream())
                        .toList());
        return this;
    }

    private TransactionsAssert require(String expected, Predicate<TransactionLedger.Fate> holds) {
        long height = height();
        return requireEach(
                expected,
                fate -> holds.test(fate) ? Optional.empty() : Optional.of(TransactionFates.describe(fate, height)));
    }

    private long height() {
        isNotNull();
        return actual.run().feed().height();
    }

    /**
     * Asserts how many transactions were submitted at least, each counted once.
     *
     * @param count their number, 0 or more
     * @return this
     * @throws AssertionError if there are fewer
     */
    public TransactionsAssert hasSubmittedAtLeast(int count) {
        isNotNull();
        requireNotNegative("count", count);
        int observed = actual.fates().size();
        if (observed < count) {
            throw unmet(NAME, "at least " + CountText.of(count, "transaction"), CountText.of(observed, "transaction"));
        }
        return this;
    }

    /**
     * Asserts that a node took each of them.
     *
     * @return this
     * @throws AssertionError if every node that was asked refused one, or none was submitted
     */
    public TransactionsAssert areAllAccepted() {
        return require("every submitted transaction accepted by a node", TransactionFates::isAccepted);
    }

    /**
     * Asserts that each of them is on the reference chain.
     *
     * @return this
     * @throws AssertionError if one is not, or none was submitted
     */
    public TransactionsAssert areAllIncluded() {
        return require("every submitted transaction on the reference chain", TransactionFates::isIncluded);
    }

    /**
     * Asserts that each of them is on the reference chain, soon after a node took it. One that is in no block yet
     * fails, too, and says how many blocks it has left: wait for it with {@link RunAwait}.
     *
     * @param blocks most blocks from the height at which a node took it to its block, 0 or more
     * @return this
     * @throws AssertionError if one is late, missing, refused or not there yet, or none was submitted
     */
    public TransactionsAssert areAllIncludedWithin(int blocks) {
        requireNotNegative("blocks", blocks);
        long height = height();
        return requireEach(
                "every submitted transaction on the reference chain within " + CountText.of(blocks, "block"),
                fate -> TransactionFates.late(fate, blocks, height));
    }

    /**
     * Asserts that each of them is in an irreversible block.
     *
     * @return this
     * @throws AssertionError if one is not, or none was submitted
     */
    public TransactionsAssert areAllFinal() {
        return require("every submitted transaction in an irreversible block", TransactionFates::isFinal);
    }

    /**
     * Asserts that the block of none of them ever left the reference chain.
     *
     * @return this
     * @throws AssertionError if one was orphaned, or none was submitted
     */
    public TransactionsAssert wereNeverOrphaned() {
        return require("no submitted transaction orphaned", fate -> fate.orphanings() == 0);
    }

    /**
     * Asserts that some of them are on the reference chain.
     *
     * @param transactions their ids
     * @return this
     * @throws AssertionError if one is not, or was not submitted through the run
     */
    public TransactionsAssert include(TxHash... transactions) {
        isNotNull();
        for (var transaction : transactions) {
            Objects.requireNonNull(transaction, "transaction");
            String expected = "transaction " + transaction.toHex() + " on the reference chain";
            var fate = actual.find(transaction);
            if (fate.isEmpty()) {
                throw unmet(NAME, expected, "not submitted through the run");
            }
            if (!TransactionFates.isIncluded(fate.get())) {
                throw unmet(NAME, expected, TransactionFates.describe(fate.get(), height()));
            }
        }
        return this;
    }
}
