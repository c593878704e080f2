package org.junitnomos.deploy;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.VisibleText;

/** A cluster could not be provisioned, controlled or removed; the text names the node and where its log is. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class DeploymentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, on which node, and where to look; control characters are shown by their numbers
     * @param cause the cause; null if there is none
     */
    public DeploymentException(String message, @Nullable Throwable cause) {
        super(VisibleText.of(message), cause);
    }
}
