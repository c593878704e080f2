package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Report that bytes or JSON do not have the form a Nomos node speaks.
 *
 * <p>The message names the place in the document, what was expected and what was found.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class WireFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String path;

    WireFormatException(String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem);
        this.path = path;
    }

    WireFormatException(String path, String problem, Throwable cause) {
        super(path.isEmpty() ? problem : path + ": " + problem, cause);
        this.path = path;
    }

    /**
     * Return the place of the defect, for example {@code mantle_tx.ops[0].payload.signer}.
     *
     * @return the path; empty when the document as a whole is meant
     */
    public String path() {
        return path;
    }
}
