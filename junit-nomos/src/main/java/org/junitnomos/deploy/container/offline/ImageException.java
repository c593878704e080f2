package org.junitnomos.deploy.container.offline;

import java.io.IOException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** There is no image of the dev node; the text says why, and what to do. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ImageException extends IOException {
    private static final long serialVersionUID = 1L;

    ImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
