package org.junitnomos.time;

/** A {@link Task} failed and nobody asked for its failure, which is the cause. */
final class TaskFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskFailedException(String task, Throwable cause) {
        super("task '" + task + "' failed: " + cause, cause);
    }
}
