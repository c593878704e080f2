package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;

/** Results of runs that failed, made by hand, for tests of reports. */
public final class RunResults {
    private RunResults() {}

    /** The result of a run on scripted nodes whose body failed. */
    public static RunResult failed(
            RunInfo info,
            List<ExpectationResult> expectations,
            List<WorkloadResult> workloads,
            Throwable bodyFailure,
            @Nullable String cut,
            List<PhaseTiming> phases,
            Path directory) {
        return new RunResultValues(
                info,
                Verdict.FAILED,
                "scripted node",
                expectations,
                List.of(),
                workloads,
                null,
                bodyFailure,
                cut,
                phases,
                directory);
    }
}
