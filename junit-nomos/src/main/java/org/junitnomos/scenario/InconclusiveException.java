package org.junitnomos.scenario;

import org.apiguardian.api.API;

/** An expectation cannot be judged: too few slots, a blind feed, a fault that was never in force. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class InconclusiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message why it cannot be judged
     */
    public InconclusiveException(String message) {
        super(message);
    }
}
