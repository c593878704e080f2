package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.LeftOut;

/** The result of a run that came so far. */
record RunResultValues(
        RunInfo info,
        Verdict verdict,
        String systemUnderTest,
        List<ExpectationResult> expectations,
        List<LeftOut> leftOut,
        List<WorkloadResult> workloads,
        @Nullable Throwable infrastructureFailure,
        @Nullable Throwable bodyFailure,
        @Nullable String cut,
        List<PhaseTiming> phases,
        @Nullable Path directory)
        implements RunResult {
    RunResultValues {
        Objects.requireNonNull(info, "info");
        Objects.requireNonNull(verdict, "verdict");
        expectations = List.copyOf(expectations);
        leftOut = List.copyOf(leftOut);
        workloads = List.copyOf(workloads);
        phases = List.copyOf(phases);
    }
}
