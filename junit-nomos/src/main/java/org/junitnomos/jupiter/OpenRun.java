package org.junitnomos.jupiter;

/** What a test session closes at its end, if nobody did before. */
interface OpenRun extends AutoCloseable {
    /** Writes evidence now, because it will be closed before it is finished; waits for nothing. */
    default void cutOff(String reason) {}

    /** Ends the evidence, because closing does not end; waits for nothing. */
    default void abort() {}
}
