package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;

/**
 * How a run ended.
 *
 * @param info what ran
 * @param verdict the worst of everything below
 * @param systemUnderTest what kind of node ran; {@code "none"} if nothing was deployed
 * @param expectations one result an expectation, in the order of the plan; one more, {@code "faults in force"}, if a
 *     fault that was asked for was never seen in force
 * @param workloads one result a workload, in the order of the plan; then failed threads of {@code run.spawn}
 * @param infrastructureFailure why the cluster could not be deployed or the harness failed, with the context of the
 *     run; null if it did not
 * @param bodyFailure what the test failed with, in its body or outside of it, or why it was aborted; null if it ended
 *     well
 * @param cut why the run window ended early; null if it did not
 * @param phases how long each phase took, as far as the run has come
 * @param directory directory of the run; null if there is none yet
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunResult(
        RunInfo info,
        Verdict verdict,
        String systemUnderTest,
        List<ExpectationResult> expectations,
        List<WorkloadResult> workloads,
        @Nullable Throwable infrastructureFailure,
        @Nullable Throwable bodyFailure,
        @Nullable String cut,
        List<PhaseTiming> phases,
        @Nullable Path directory) {
    /** Name of the journal in the directory of a run. */
    public static final String JOURNAL = "journal.jsonl";

    /** Name of the report in the directory of a run. */
    public static final String REPORT = "report.json";

    /** Name under which a report for people is kept in the directory of a run, if a reporter writes one. */
    public static final String HTML_REPORT = "report.html";

    public RunResult {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(verdict, "verdict");
        expectations = List.copyOf(expectations);
        workloads = List.copyOf(workloads);
        phases = List.copyOf(phases);
    }

    /**
     * Returns everything that went wrong, except the failure of the test body.
     *
     * @return infrastructure first, then workloads, then expectations in their order; empty if nothing did
     */
    public List<Throwable> failures() {
        var failures = new ArrayList<Throwable>();
        if (infrastructureFailure != null) {
            failures.add(infrastructureFailure);
        }
        for (var workload : workloads) {
            if (workload.failure() != null) {
                failures.add(workload.failure());
            }
        }
        for (var expectation : expectations) {
            if (expectation.failure() != null) {
                failures.add(expectation.failure());
            }
        }
        return failures;
    }

    /**
     * Throws what went wrong, if anything did: the failure of the body first, all others suppressed or in one error.
     *
     * @throws RuntimeException or {@link Error} if the run did not pass
     */
    public void orThrow() {
        RunFailures.raise(this);
    }
}
