package org.junitnomos.journal;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A file is no journal that can be read; the text names file, line and field. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class JournalFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    JournalFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
