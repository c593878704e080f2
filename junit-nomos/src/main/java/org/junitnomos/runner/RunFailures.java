package org.junitnomos.runner;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.time.Unchecked;
import org.opentest4j.MultipleFailuresError;

/** Throws what went wrong in a run. */
final class RunFailures {
    private RunFailures() {}

    static void raise(RunResult result) {
        List<Throwable> all = new ArrayList<>();
        if (result.bodyFailure() != null) {
            all.add(result.bodyFailure());
        }
        all.addAll(result.failures());
        if (all.isEmpty()) {
            return;
        }
        if (all.size() > 1) {
            var error = new MultipleFailuresError(
                    "scenario '" + result.info().scenario().name() + "'", all);
            all.forEach(error::addSuppressed);
            throw error;
        }
        Unchecked.raise(all.get(0));
        throw new DeploymentException(String.valueOf(all.get(0).getMessage()), all.get(0));
    }
}
