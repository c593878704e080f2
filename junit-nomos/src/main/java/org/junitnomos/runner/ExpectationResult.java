package org.junitnomos.runner;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.Verdict;

/**
 * How one expectation ended.
 *
 * @param name name of the expectation
 * @param verdict how it ended
 * @param text what was found, without the context of the run; null if it held
 * @param failure to be thrown in the test that stands for this expectation; its message starts with the name of the
 *     expectation and has the whole context; null if it held. An {@code AssertionFailedError} if it failed, a
 *     {@code TestAbortedException} if it could not be judged (an {@code AssertionFailedError} in strict mode)
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ExpectationResult(
        String name,
        Verdict verdict,
        @Nullable String text,
        @Nullable Throwable failure) {
    public ExpectationResult {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(verdict, "verdict");
    }
}
