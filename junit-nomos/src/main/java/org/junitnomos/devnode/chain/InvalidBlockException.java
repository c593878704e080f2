package org.junitnomos.devnode.chain;

import org.apiguardian.api.API;

/** A block is not valid; the text says why. Carries no stack trace, as it is an ordinary outcome. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class InvalidBlockException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the refusal.
     *
     * @param message what is wrong
     */
    public InvalidBlockException(String message) {
        super(message, null, false, false);
    }
}
