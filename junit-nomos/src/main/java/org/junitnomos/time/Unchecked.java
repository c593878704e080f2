package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Throws what was caught somewhere else, on another thread for example. */
@API(status = INTERNAL, since = "0.1")
public final class Unchecked {

    private Unchecked() {}

    /** Throws the failure itself if it is unchecked; returns if it is checked, or null. */
    public static void raise(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
