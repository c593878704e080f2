package org.junitnomos.runner;

import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.time.Unchecked;

/** Throws what was caught somewhere else. */
final class Rethrow {
    private Rethrow() {}

    /** Throws the failure itself if it is unchecked, else wrapped; declared to return so that callers can throw it. */
    static RuntimeException unchecked(@Nullable Throwable failure) {
        Unchecked.raise(failure);
        throw new DeploymentException(String.valueOf(failure), failure);
    }

    /** Whether something ended because its thread was interrupted, or because its run is past its deadline. */
    static boolean isEnd(Throwable failure) {
        return has(failure, DeadlineExceededException.class) || isInterrupt(failure);
    }

    /** Whether something ended because its thread was interrupted. */
    static boolean isInterrupt(Throwable failure) {
        return has(failure, InterruptedException.class) || has(failure, InterruptedIOException.class);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable each = failure; each != null && depth < 20; each = each.getCause(), depth++) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }
}
