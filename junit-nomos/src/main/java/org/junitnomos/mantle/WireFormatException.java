package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Bytes or JSON do not have the form a Nomos node speaks.
 *
 * <p>The message names the place in the document, what was expected and what was found.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class WireFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String message;

    WireFormatException(String path, String problem) {
        this.path = path;
        this.message = path.isEmpty() ? problem : path + ": " + problem;
    }

    WireFormatException(String path, String problem, Throwable cause) {
        super(cause);
        this.path = path;
        this.message = path.isEmpty() ? problem : path + ": " + problem;
    }

    /** Returns the message; unlike other exceptions' never null. */
    @Override
    public String getMessage() {
        return message;
    }

    /**
     * {@return the path of the defect, like {@code mantle_tx.ops[0].payload.signer}; empty if it is the document as a
     * whole}
     */
    public String path() {
        return path;
    }
}
