package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** A {@link Task} failed and nobody asked for its failure, which is the cause. */
@API(status = INTERNAL, since = "0.1")
public final class TaskFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskFailedException(String task, Throwable cause) {
        super("task '" + task + "' failed: " + cause, cause);
    }
}
