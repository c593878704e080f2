package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Something outside of the test JVM cannot be registered or leased, so that it must not be created. */
@API(status = INTERNAL, since = "0.1")
public final class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed and what to do
     * @param cause the cause; null if there is none
     */
    public SessionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
