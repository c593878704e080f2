package org.junitnomos.runner;

import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;

/** Throws what was caught somewhere else. */
final class Rethrow {
    private Rethrow() {}

    /** Throw the failure itself if it is unchecked, else wrapped; declared to return so that callers can throw it. */
    static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        throw new DeploymentException(String.valueOf(failure), failure);
    }

    /** Whether something ended because its thread was interrupted. */
    static boolean isInterrupt(Throwable failure) {
        int depth = 0;
        for (Throwable each = failure; each != null && depth < 20; each = each.getCause(), depth++) {
            if (each instanceof InterruptedException || each instanceof InterruptedIOException) {
                return true;
            }
        }
        return false;
    }
}
