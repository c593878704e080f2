package org.junitnomos.jupiter;

import org.apiguardian.api.API;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Stops launchers that are too old to begin any test; they know of nothing else here that could say so. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class LauncherCheck implements TestExecutionListener {
    /**
     * Checks the launcher that runs this plan, which is empty if it is too old.
     *
     * @throws IllegalStateException saying what is wrong: that launcher would run nothing, and succeed
     */
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        JupiterVersion.requireLauncher(LauncherCheck.class.getClassLoader());
    }
}
