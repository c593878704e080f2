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
     * Returns the place of the defect, for example {@code mantle_tx.ops[0].payload.signer}.
     *
     * @return the path; empty when the document as a whole is meant
     */
    public String path() {
        return path;
    }
}
