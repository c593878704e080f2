package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.IncompleteExecutionException;
import org.opentest4j.TestAbortedException;

/** Judges every expectation of a run, whatever became of the others. */
final class Judge {
    /** Name of the result that tells of faults that were never in force. */
    static final String FAULTS = "faults in force";

    private final RunInfo info;
    private final FailureText texts;
    private final boolean excused;
    private @Nullable String metRules;

    /**
     * Creates the judge of a run.
     *
     * @param excused whether the test itself failed or was aborted: then that is its result, and what could therefore
     *     not be judged is no failure of its own, in strict mode neither
     */
    Judge(RunInfo info, FailureText texts, boolean excused) {
        this.info = info;
        this.texts = texts;
        this.excused = excused;
    }

    /**
     * Evaluates all expectations on the calling, managed, thread. If a fault was never seen in force, or never seen
     * healed, nobody knows what the run has shown: one result more says so.
     */
    List<ExpectationResult> evaluate(
            RunContext run,
            List<Expectation> expectations,
            ContinuousChecks watch,
            JournalingControl faults,
            Journal journal,
            LongSupplier nanos)
            throws InterruptedException {
        metRules = null;
        var results = new ArrayList<ExpectationResult>();
        for (var expectation : expectations) {
            Throwable found = watch.violation(expectation.name());
            if (found == null) {
                found = evaluate(expectation, run);
            }
            if (found != null && metRules == null) {
                metRules = MetRules.of(run);
            }
            var result = result(expectation.name(), found);
            results.add(result);
            record(result, journal, nanos);
        }
        var doubts = new ArrayList<String>();
        if (!faults.unproven().isEmpty()) {
            doubts.add("never seen in force: " + String.join(", ", faults.unproven()));
        }
        if (!faults.unhealed().isEmpty()) {
            doubts.add("never seen healed: " + String.join(", ", faults.unhealed()));
        }
        if (!doubts.isEmpty()) {
            var result = result(
                    FAULTS,
                    new InconclusiveException(
                            String.join("; ", doubts) + "; what the run shows is not what it was to show"));
            results.add(result);
            record(result, journal, nanos);
        }
        return results;
    }

    private static void record(ExpectationResult result, Journal journal, LongSupplier nanos) {
        journal.append(
                new JournalEvent.ExpectationJudged(nanos.getAsLong(), result.name(), result.verdict(), result.text()));
    }

    private static @Nullable Throwable evaluate(Expectation expectation, RunContext run) throws InterruptedException {
        try {
            expectation.evaluate(run);
            return null;
        } catch (InterruptedException | DeadlineExceededException e) {
            throw e;
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            return e;
        }
    }

    /** Turns what an expectation threw into its result; null means that it held. */
    ExpectationResult result(String name, @Nullable Throwable found) {
        if (found == null) {
            return new ExpectationResult(name, Verdict.PASSED, null, null);
        }
        if (found instanceof InconclusiveException || found instanceof IncompleteExecutionException) {
            String text = "inconclusive: " + plain(found);
            Throwable failure = info.settings().strict() && !excused
                    ? new AssertionFailedError(texts.renderStrict(name, text, metRules), found)
                    : new TestAbortedException(texts.render(name, text, metRules), found);
            return new ExpectationResult(name, Verdict.INCONCLUSIVE, text, failure);
        }
        String text = found instanceof AssertionError
                ? FailureText.of(found)
                : "its evaluation failed with " + FailureText.of(found);
        return new ExpectationResult(name, Verdict.FAILED, text, failure(texts.render(name, text, metRules), found));
    }

    /** Says that an expectation was not evaluated. */
    ExpectationResult notEvaluated(String name, Verdict verdict, String why) {
        String text = "not evaluated: " + why;
        return new ExpectationResult(name, verdict, text, new TestAbortedException(texts.render(name, text)));
    }

    private static String plain(Throwable found) {
        return found.getMessage() == null ? found.getClass().getSimpleName() : found.getMessage();
    }

    /**
     * Puts a text in place of that of a failure. An assertion that the text quotes whole is not kept as the cause,
     * where it would say everything again: its stack trace, cause, and expected and actual values are taken over.
     */
    static AssertionFailedError failure(String text, Throwable found) {
        boolean quoted = found.getClass() == AssertionError.class || found.getClass() == AssertionFailedError.class;
        Throwable cause = quoted ? found.getCause() : found;
        AssertionFailedError failure;
        if (found instanceof AssertionFailedError failed && failed.isExpectedDefined() && failed.isActualDefined()) {
            failure = new AssertionFailedError(text, failed.getExpected(), failed.getActual(), cause);
        } else {
            failure = new AssertionFailedError(text, cause);
        }
        if (quoted) {
            failure.setStackTrace(found.getStackTrace());
            Arrays.stream(found.getSuppressed()).forEach(failure::addSuppressed);
        }
        return failure;
    }
}
