package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.LeftOut;

/** Collects what becomes of a run, from any thread, and turns it into the result. */
final class RunOutcome {
    private final Map<String, Throwable> refused = new LinkedHashMap<>();
    private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    private @Nullable Throwable infrastructure;
    private boolean rendered;
    private boolean incomplete;
    private @Nullable Throwable body;
    private @Nullable Throwable other;
    private @Nullable List<ExpectationResult> expectations;
    private @Nullable String unjudged;

    /** Notes trouble of the harness; the first stays, later ones are suppressed in it. */
    synchronized void infrastructure(Throwable failure) {
        if (infrastructure == null) {
            infrastructure = failure;
        } else if (infrastructure != failure) {
            infrastructure.addSuppressed(failure);
        }
    }

    /**
     * Notes trouble of the harness with the context of the run. Trouble that was noted before without context is its
     * cause; if it has its context already, this is only a consequence.
     *
     * @return what to throw
     */
    synchronized Throwable infrastructure(String what, Throwable failure, FailureText texts) {
        Throwable first = infrastructure;
        if (first != null && rendered) {
            if (first != failure) {
                first.addSuppressed(failure);
            }
            return first;
        }
        Throwable cause = first == null ? failure : first;
        if (cause != failure) {
            cause.addSuppressed(failure);
        }
        var failureInContext = new DeploymentException(texts.render(what, FailureText.of(cause)), cause);
        infrastructure = failureInContext;
        rendered = true;
        return failureInContext;
    }

    /** Gives trouble that was noted without context the context of the run. */
    synchronized void contextOf(String what, FailureText texts) {
        Throwable bare = infrastructure;
        if (bare != null && !rendered) {
            infrastructure = new DeploymentException(texts.render(what, FailureText.of(bare)), bare);
            rendered = true;
        }
    }

    synchronized boolean isInfrastructure() {
        return infrastructure != null;
    }

    synchronized void body(Throwable failure) {
        if (body == null) {
            body = failure;
        }
    }

    synchronized @Nullable Throwable body() {
        return body;
    }

    /**
     * Notes a failure of the test outside of its body; the first stays, but a failure counts more than an aborted test.
     *
     * @return false if it is known already
     */
    synchronized boolean add(Throwable failure) {
        if (failure == body || failure == infrastructure || failure == other) {
            return false;
        }
        if (other == null || (FailureText.isAbort(other) && !FailureText.isAbort(failure))) {
            other = failure;
        }
        return true;
    }

    /** What the test failed with: a failure rather than an aborted test, that of the body first. */
    private @Nullable Throwable test() {
        Throwable first = body;
        Throwable second = other;
        if (first == null || (second != null && FailureText.isAbort(first) && !FailureText.isAbort(second))) {
            return second;
        }
        return first;
    }

    /** Notes that the system under test cannot decide an expectation that the plan brought. */
    synchronized void leaveOut(LeftOut out) {
        leftOut.put(out.expectation(), out);
    }

    /** What the run judges: what its plan selects, but for what its system under test cannot decide. */
    synchronized List<Expectation> judging(RunInfo info) {
        return info.scenario().selection().expectations().stream()
                .filter(expectation -> !leftOut.containsKey(expectation.name()))
                .toList();
    }

    synchronized void refuse(String expectation, Throwable failure) {
        refused.put(expectation, failure);
    }

    synchronized boolean isRefused() {
        return !refused.isEmpty();
    }

    /** Notes why nobody will judge the run; it is judged all the same if there is nothing to judge. */
    synchronized void unjudged(String why, boolean nothing) {
        unjudged = why;
        if (nothing && expectations == null) {
            expectations = List.of();
        }
    }

    synchronized void expectations(List<ExpectationResult> results) {
        expectations = results;
    }

    /** Returns what to throw because a baseline refused the cluster: the first refusal, with the context of the run. */
    synchronized Throwable refusal(Judge judge) {
        for (var entry : refused.entrySet()) {
            var result = refusal(judge, entry.getKey(), entry.getValue());
            if (result.failure() != null) {
                return result.failure();
            }
        }
        throw new IllegalStateException("no baseline refused the cluster");
    }

    private static ExpectationResult refusal(Judge judge, String name, Throwable why) {
        return judge.result(name, new AssertionError("the baseline refused the cluster: " + FailureText.of(why), why));
    }

    /** Notes that the cleanup failed: the failure of the run if it has none, else suppressed in the first it has. */
    synchronized void cleanup(String text, List<Throwable> problems) {
        var failure = new DeploymentException(text, problems.get(0));
        problems.stream().skip(1).forEach(failure::addSuppressed);
        trouble(failure);
    }

    /** Notes that evidence is missing; once. It is the failure of the run if it has none. */
    synchronized void evidence(Throwable missing, FailureText texts) {
        if (!incomplete) {
            incomplete = true;
            trouble(new DeploymentException(
                    texts.render("the evidence is not whole", FailureText.of(missing)), missing));
        }
    }

    /** A run that could merely not be judged has not failed yet: trouble is its failure then. */
    private void trouble(Throwable failure) {
        Throwable first = firstFailure();
        if (first == null) {
            infrastructure = failure;
            rendered = true;
        } else {
            first.addSuppressed(failure);
        }
    }

    private @Nullable Throwable firstFailure() {
        if (infrastructure != null) {
            return infrastructure;
        }
        Throwable test = test();
        if (test != null && !FailureText.isAbort(test)) {
            return test;
        }
        return expectations == null
                ? null
                : expectations.stream()
                        .filter(each -> each.verdict() == Verdict.FAILED)
                        .map(ExpectationResult::failure)
                        .findFirst()
                        .orElse(null);
    }

    /** What else the result tells. */
    record Rest(
            String systemUnderTest,
            List<WorkloadThreads.Ended> threads,
            @Nullable String cut,
            List<PhaseTiming> timings,
            @Nullable Path directory) {}

    synchronized RunResult result(RunInfo info, Judge judge, FailureText texts, Rest rest) {
        var judged = expectations == null ? notEvaluated(info, judge) : expectations;
        var workloads = new ArrayList<WorkloadResult>();
        for (var ended : rest.threads()) {
            workloads.add(workload(ended, texts));
        }
        return new RunResultValues(
                info,
                verdict(judged, workloads),
                rest.systemUnderTest(),
                judged,
                leftOut(info),
                workloads,
                infrastructure,
                test(),
                rest.cut(),
                rest.timings(),
                rest.directory());
    }

    private List<LeftOut> leftOut(RunInfo info) {
        var all = new ArrayList<>(info.scenario().selection().leftOut());
        all.addAll(leftOut.values());
        return all;
    }

    private static WorkloadResult workload(WorkloadThreads.Ended ended, FailureText texts) {
        Throwable failure = ended.failure();
        if (failure == null) {
            return new WorkloadResult(ended.name(), null, null);
        }
        String text = FailureText.of(failure);
        String rendered = texts.render("workload '" + ended.name() + "'", "failed: " + text);
        return new WorkloadResult(ended.name(), text, Judge.failure(rendered, failure));
    }

    private List<ExpectationResult> notEvaluated(RunInfo info, Judge judge) {
        var results = new ArrayList<ExpectationResult>();
        for (var expectation : judging(info)) {
            Throwable why = refused.get(expectation.name());
            if (why != null) {
                results.add(refusal(judge, expectation.name(), why));
            } else {
                boolean given = (body != null || unjudged != null) && infrastructure == null && refused.isEmpty();
                results.add(judge.notEvaluated(
                        expectation.name(), given ? Verdict.INCONCLUSIVE : Verdict.INFRASTRUCTURE, why()));
            }
        }
        return results;
    }

    private String why() {
        if (!refused.isEmpty()) {
            return "the baseline of '" + refused.keySet().iterator().next() + "' refused the cluster";
        }
        if (infrastructure != null) {
            return FailureText.firstLine(infrastructure);
        }
        Throwable failed = body;
        if (failed != null) {
            return "the test " + (FailureText.isAbort(failed) ? "was aborted" : "failed") + " before its body: "
                    + FailureText.firstLine(failed);
        }
        return unjudged == null ? "the run was closed before it was finished" : unjudged;
    }

    private Verdict verdict(List<ExpectationResult> judged, List<WorkloadResult> workloads) {
        if (infrastructure != null) {
            return Verdict.INFRASTRUCTURE;
        }
        Throwable test = test();
        boolean aborted = test != null && FailureText.isAbort(test);
        boolean failed = (test != null && !aborted) || workloads.stream().anyMatch(each -> each.failure() != null);
        if (failed || has(judged, Verdict.FAILED)) {
            return Verdict.FAILED;
        }
        if (has(judged, Verdict.INFRASTRUCTURE)) {
            return Verdict.INFRASTRUCTURE;
        }
        return aborted || expectations == null || has(judged, Verdict.INCONCLUSIVE)
                ? Verdict.INCONCLUSIVE
                : Verdict.PASSED;
    }

    private static boolean has(List<ExpectationResult> judged, Verdict verdict) {
        return judged.stream().anyMatch(each -> each.verdict() == verdict);
    }
}
