package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.LeftOut;

/** Tells how a run ended. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunResult {
    /** Name of the journal in the directory of a run. */
    String JOURNAL = "journal.jsonl";

    /** Name of the report in the directory of a run. */
    String REPORT = "report.json";

    /** Name of the page for people in the directory of a run; there unless the setting says otherwise. */
    String PAGE = "report.html";

    /** {@return what ran} */
    RunInfo info();

    /** {@return the worst of everything below} */
    Verdict verdict();

    /** {@return what kind of node ran; {@code "none"} if nothing was deployed} */
    String systemUnderTest();

    /**
     * {@return one result an expectation, in the order of the plan, then those that it brought; one more,
     * {@code "faults in force"}, if a fault that was asked for was never seen in force}
     */
    List<ExpectationResult> expectations();

    /** {@return which expectations that the plan could have brought do not judge the run, and why} */
    default List<LeftOut> leftOut() {
        return List.of();
    }

    /** {@return one result a workload, in the order of the plan; then failed threads of {@code run.spawn}} */
    List<WorkloadResult> workloads();

    /**
     * {@return why the cluster could not be deployed or the harness failed, with the context of the run; null if it did
     * not}
     */
    @Nullable
    Throwable infrastructureFailure();

    /**
     * {@return what the test failed with, in its body or outside of it, or why it was aborted; null if it ended well}
     */
    @Nullable
    Throwable bodyFailure();

    /** {@return why the run window ended early; null if it did not} */
    @Nullable
    String cut();

    /** {@return how long each phase took, as far as the run has come} */
    List<PhaseTiming> phases();

    /** {@return directory of the run; null if there is none yet} */
    @Nullable
    Path directory();

    /**
     * {@return everything that went wrong, except the failure of the test body: infrastructure first, then workloads,
     * then expectations in their order; empty if nothing did}
     */
    default List<Throwable> failures() {
        var failures = new ArrayList<Throwable>();
        var infrastructure = infrastructureFailure();
        if (infrastructure != null) {
            failures.add(infrastructure);
        }
        for (var workload : workloads()) {
            if (workload.failure() != null) {
                failures.add(workload.failure());
            }
        }
        for (var expectation : expectations()) {
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
    default void orThrow() {
        RunFailures.raise(this);
    }
}
