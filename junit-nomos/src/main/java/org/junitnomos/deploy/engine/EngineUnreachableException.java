package org.junitnomos.deploy.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** No engine answers at an address; the text says why. */
@API(status = INTERNAL, since = "0.1")
public final class EngineUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why nobody answers. */
    public enum Reason {
        /** There is no socket, or the host is not known. */
        ABSENT,
        /** Nobody listens there. */
        REFUSED,
        /** This user must not use the socket. */
        FORBIDDEN,
        /** Somebody listens, but says nothing in time. */
        SILENT
    }

    private final Reason reason;

    EngineUnreachableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return the reason} */
    public Reason reason() {
        return reason;
    }
}
