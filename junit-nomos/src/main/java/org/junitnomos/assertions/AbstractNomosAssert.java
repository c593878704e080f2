package org.junitnomos.assertions;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.time.VisibleText;

/**
 * What the assertions about parts of a run have in common: a failure says what was expected and what was observed, and
 * then, as that of an expectation, how long the run was driven, its cluster, seed, logs, and how to replay it.
 *
 * @param <S> the assertion itself
 * @param <A> what it is about
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class AbstractNomosAssert<S extends AbstractNomosAssert<S, A>, A> extends AbstractObjectAssert<S, A> {
    private static final int SHOWN = 10;

    AbstractNomosAssert(@Nullable A actual, Class<?> type) {
        super(actual, type);
    }

    /** Returns the run that the actual value is part of; empty if it is of none. Not asked of null. */
    abstract Optional<RunContext> run();

    /** Makes a failure of one matter, such as a node; the texts may quote what nodes say. */
    final AssertionError unmet(String about, String text, String expected, @Nullable String observed) {
        String shown = VisibleText.of(text);
        String explained = run().map(run -> run.explain(about, shown)).orElse(about + ": " + shown);
        return failureWithActualExpected(
                observed == null ? null : VisibleText.of(observed), VisibleText.of(expected), "%s", explained);
    }

    /** Makes a failure that says "expected … but was …". */
    final AssertionError unmet(String about, String expected, String observed) {
        return unmet(about, "expected " + expected + " but was " + observed, expected, observed);
    }

    /** Fails if there are problems: says what was expected, and each problem in a line. */
    final void requireNone(String about, String expected, List<String> problems) {
        if (!problems.isEmpty()) {
            throw unmet(
                    about,
                    "expected " + expected + " but:\n  " + listed(problems),
                    expected,
                    String.join("\n", problems));
        }
    }

    private static String listed(List<String> problems) {
        String shown = String.join("\n  ", problems.subList(0, Math.min(SHOWN, problems.size())));
        return problems.size() <= SHOWN ? shown : shown + "\n  … and " + (problems.size() - SHOWN) + " more";
    }

    /** Asks a node; that it does not answer is a failure of the assertion. */
    final <T> T answer(String node, String expected, Supplier<T> question) {
        try {
            return question.get();
        } catch (NodeApiException e) {
            var failure = unmet(node, "expected " + expected + " but it did not answer: " + e.reason(), expected, null);
            failure.addSuppressed(e);
            throw failure;
        }
    }

    final RunContext requireRun(String about) {
        return run().orElseThrow(() -> new IllegalStateException(
                "What is asserted of " + about + " needs a run, and it is part of none: take it from RunContext"));
    }

    static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must be 0 or more, but was " + value);
        }
    }
}
