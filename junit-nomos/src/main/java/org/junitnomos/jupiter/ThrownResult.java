package org.junitnomos.jupiter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitnomos.runner.EvidenceText;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.runner.RunResult;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.time.Unchecked;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.TestAbortedException;

/** Turns the result of a run into what a test throws. */
final class ThrownResult {
    private ThrownResult() {}

    /** Throws everything that went wrong: for a test that stands for its whole run. */
    static void raiseAll(RunResult result) throws Exception {
        raise(result.info().scenario().name(), result.failures());
    }

    /** Throws what went wrong beside the expectations of the plan: for the node of the run. */
    static void raiseRun(RunResult result) throws Exception {
        var failures = new ArrayList<Throwable>();
        if (result.infrastructureFailure() != null) {
            failures.add(result.infrastructureFailure());
        }
        for (var workload : result.workloads()) {
            if (workload.failure() != null) {
                failures.add(workload.failure());
            }
        }
        var declared = result.info().scenario().selection().expectations().stream()
                .map(Expectation::name)
                .toList();
        for (var judged : result.expectations()) {
            if (judged.failure() != null && !declared.contains(judged.name())) {
                failures.add(judged.failure());
            }
        }
        raise(result.info().scenario().name(), failures);
    }

    /**
     * Throws what went wrong with one expectation.
     *
     * @param result how the run ended
     * @param expectation index of the expectation
     * @param alone whether no other node of the run tells of infrastructure trouble
     */
    static void raiseExpectation(RunResult result, int expectation, boolean alone) throws Exception {
        var trouble = result.infrastructureFailure();
        if (trouble != null && alone) {
            raise(result.info().scenario().name(), List.of(trouble));
        }
        var name = result.info()
                .scenario()
                .selection()
                .at(expectation)
                .map(Expectation::name)
                .orElse("");
        for (var out : result.leftOut()) {
            if (out.expectation().equals(name)) {
                throw new TestAbortedException("left out: " + out.reason());
            }
        }
        var judged = result.expectations().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (judged.isEmpty()) {
            throw new TestAbortedException(
                    "not evaluated: " + (trouble == null ? "the run did not get that far" : trouble.getMessage()));
        }
        var failure = judged.get().failure();
        if (failure != null) {
            raise(result.info().scenario().name(), List.of(failure));
        }
    }

    /** Throws nothing, the only failure, or all of them in one; what could not be judged does not count as failure. */
    static void raise(String scenario, List<Throwable> failures) throws Exception {
        if (failures.isEmpty()) {
            return;
        }
        if (failures.size() == 1) {
            throw unchecked(failures.get(0));
        }
        if (failures.stream().allMatch(TestAbortedException.class::isInstance)) {
            var aborted = new TestAbortedException(failures.size() + " expectations of " + scenario
                    + " could not be judged: " + failures.get(0).getMessage());
            failures.subList(1, failures.size()).forEach(aborted::addSuppressed);
            throw aborted;
        }
        throw new MultipleFailuresError("scenario '" + scenario + "'", failures);
    }

    /** Tells how to replay the run beside the failure of a test, whose own text is the user's; once. */
    static void addReplay(Throwable failure, RunInfo run, @Nullable Path directory) {
        boolean hasIt = Arrays.stream(failure.getSuppressed()).anyMatch(RunOfTest.class::isInstance);
        if (!(failure instanceof TestAbortedException) && !hasIt) {
            failure.addSuppressed(new RunOfTest(run, directory));
        }
    }

    private static Exception unchecked(Throwable failure) {
        Unchecked.raise(failure);
        return failure instanceof Exception exception ? exception : new IllegalStateException(failure);
    }

    /** Stands beside the failure of a test body in its stack trace; has no stack of its own. */
    static final class RunOfTest extends Exception {
        private static final long serialVersionUID = 1L;

        private RunOfTest(RunInfo run, @Nullable Path directory) {
            super(
                    "run of " + run.scenario().name() + ", seed " + run.seed() + "; replay: "
                            + run.replayCommand(directory) + "; evidence: " + directory
                            + EvidenceText.of(run, directory).entrySet().stream()
                                    .map(each -> "; " + each.getKey() + ": " + each.getValue())
                                    .collect(Collectors.joining()),
                    null,
                    false,
                    false);
        }
    }
}
