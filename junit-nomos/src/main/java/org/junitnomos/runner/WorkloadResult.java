package org.junitnomos.runner;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How one workload, or one thread that was started with {@code run.spawn}, ended.
 *
 * @param name name of the workload
 * @param text what went wrong, without the context of the run; null if nothing
 * @param failure to be thrown in the test; its message starts with the name of the workload; null if nothing went wrong
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WorkloadResult(
        String name, @Nullable String text, @Nullable Throwable failure) {
    public WorkloadResult {
        Objects.requireNonNull(name, "name");
    }
}
