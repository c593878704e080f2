package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What a {@link PollLoop} waited for did not come in time; the cause is the last failure of the probe, if any. */
@API(status = INTERNAL, since = "0.1")
public final class PollTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int attempts;

    PollTimeoutException(String message, int attempts, @Nullable Throwable cause) {
        super(message, cause);
        this.attempts = attempts;
    }

    /** Returns how many times the probe was called. */
    public int attempts() {
        return attempts;
    }
}
