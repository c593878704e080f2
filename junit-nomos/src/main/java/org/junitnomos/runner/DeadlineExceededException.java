package org.junitnomos.runner;

import org.apiguardian.api.API;

/**
 * Refuses a call into a run that is past its deadline: every method of {@code RunContext}, and of all that comes from
 * it, throws it from then on, on every thread, so that a loop that polls the run ends. The run has the verdict
 * INFRASTRUCTURE.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class DeadlineExceededException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DeadlineExceededException(String text) {
        super(text);
    }
}
