package org.junitnomos.time;

import java.util.Arrays;

/** Knows whose thread it is that a virtual timeline refuses, and what can be done instead. */
final class Stranger {
    private Stranger() {}

    /** Says what to do about a thread with that stack: many are not started by the user. */
    static String advice(StackTraceElement[] stack) {
        if (has(stack, "org.junit.jupiter.api.AssertTimeoutPreemptively")) {
            return "assertTimeoutPreemptively runs its code on that thread, and virtual time cannot follow it there."
                    + " Use assertTimeout or @Timeout for a limit of real time, run.clock().await(\"…\", timeout,"
                    + " condition) for one of protocol time, or set nomos.time=real";
        }
        if (has(stack, "org.junit.jupiter.engine.extension.SeparateThread")) {
            return "@Timeout with threadMode = SEPARATE_THREAD runs the test on that thread, and virtual time cannot"
                    + " follow it there. Leave the thread mode out, or set nomos.time=real";
        }
        if (has(stack, "org.awaitility.")) {
            return "Awaitility looks at its condition on that thread. Wait with run.clock().await(\"…\", timeout,"
                    + " condition), or set nomos.time=real";
        }
        if (has(stack, "java.util.concurrent.CompletableFuture") || has(stack, "java.util.concurrent.ForkJoin")) {
            return "It belongs to the pool of futures and parallel streams. Do the same in run.spawn(...), or one after"
                    + " the other, or set nomos.time=real";
        }
        return "Start it with run.spawn(...), or let it enter the clock first";
    }

    private static boolean has(StackTraceElement[] stack, String prefix) {
        return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith(prefix));
    }
}
