package org.junitnomos.runner;

import org.apiguardian.api.API;

/** Reports on runs. Found by {@link java.util.ServiceLoader}; every reporter that is found hears of every run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface RunReporter {
    /**
     * Begins to report on a run.
     *
     * @param run what runs
     * @return hears what it does
     */
    RunListener open(RunInfo run);
}
