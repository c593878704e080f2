package org.junitnomos.time;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How and where a thread waits outside of the timeline, read from its stack.
 *
 * @param call what it waits in, such as {@code Thread.sleep} or {@code CompletableFuture.get}
 * @param place the first frame of user code, such as {@code FooTest.java:42}
 * @param sleeps whether it sleeps, rather than waits for somebody
 * @param lockOwner the thread that holds the lock it waits for, if known
 */
record HeldStack(
        String call, String place, boolean sleeps, @Nullable String lockOwner) {

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
    private static final List<String> HARNESS =
            List.of("org.junitnomos.", "org.junit.", "org.assertj.", "org.awaitility.");
    private static final List<String> CALLERS_OF_TESTS =
            List.of("org.junit.platform.", "org.junit.jupiter.engine.", "org.junit.vintage.");
    /** Where the JVM itself makes threads wait for each other, and nobody can do anything about it. */
    private static final List<String> LOADING = List.of(
            "java.lang.ClassLoader",
            "java.lang.Class",
            "java.lang.invoke.",
            "java.util.ServiceLoader",
            "java.security.SecureClassLoader",
            "jdk.internal.loader.",
            "java.net.URLClassLoader");

    private static final String SAMPLES = "org.junitnomos.samples.";

    /** Looks at a thread; null if it computes, or waits for nothing that is known. */
    static @Nullable HeldStack of(Thread thread) {
        Thread.State state = thread.getState();
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0) {
            return null;
        }
        String top = stack[0].getClassName();
        boolean waits = state == Thread.State.WAITING
                || state == Thread.State.TIMED_WAITING
                || state == Thread.State.BLOCKED
                || state == Thread.State.RUNNABLE && (top.startsWith("sun.nio.ch.") || top.startsWith("java.net."));
        return waits && !isLoading(stack, state)
                ? new HeldStack(call(stack), place(stack), sleeps(stack), lockOwner(thread))
                : null;
    }

    /** Returns where in user code a thread is. */
    static String place(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "its end" : place(stack);
    }

    /** Tells what the wait does to the run and what to do instead. */
    String explain(String thread, long heldNanos, long protocolNanos) {
        String cost = ": " + DurationText.ofNanos(heldNanos / 100_000_000 * 100_000_000)
                + " of real time passed and protocol time stood still at " + DurationText.ofNanos(protocolNanos) + ". ";
        String subject = call + " at " + place + " (thread '" + thread + "') ";
        if (sleeps) {
            return subject + "stops the virtual clock" + cost + "Use run.clock().sleep(...) instead.";
        }
        String owner = lockOwner == null ? "" : " (its lock is held by thread '" + lockOwner + "')";
        return subject + "waits for another thread that is not managed by this run's virtual clock" + owner + cost
                + (lockOwner == null
                        ? "Start that thread with run.spawn(...), and wait with run.clock().await(...)."
                        : "If that thread is yours, start it with run.spawn(...), and hold no lock while it waits for"
                                + " the run.");
    }

    private static String call(StackTraceElement[] stack) {
        String call = "a monitor";
        for (StackTraceElement frame : stack) {
            if (!startsWithAny(frame, JDK)) {
                break;
            }
            String type = frame.getClassName();
            call = type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + frame.getMethodName();
        }
        return call;
    }

    /** Whether it loads a class: another thread may load the same one, which takes long on a cold JVM. */
    private static boolean isLoading(StackTraceElement[] stack, Thread.State state) {
        if (state == Thread.State.WAITING && !startsWithAny(stack[0], JDK)) {
            return true; // no call waits there, so the JVM does: for a class that another thread initializes
        }
        for (StackTraceElement frame : stack) {
            if (!startsWithAny(frame, JDK)) {
                return false;
            }
            if (startsWithAny(frame, LOADING)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sleeps(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals("java.lang.Thread")
                    && frame.getMethodName().startsWith("sleep")) {
                return true;
            }
            if (!startsWithAny(frame, JDK)) {
                return false;
            }
        }
        return false;
    }

    private static String place(StackTraceElement[] stack) {
        StackTraceElement chosen = userFrame(stack);
        return chosen.getFileName() == null
                ? chosen.getClassName() + "." + chosen.getMethodName()
                : chosen.getFileName() + ":" + chosen.getLineNumber();
    }

    /** Finds the innermost frame of user code, or of ours if there is none; what runs JUnit is not user code. */
    private static StackTraceElement userFrame(StackTraceElement[] stack) {
        StackTraceElement ours = null;
        for (StackTraceElement frame : stack) {
            if (startsWithAny(frame, CALLERS_OF_TESTS)) {
                break;
            }
            if (startsWithAny(frame, JDK)) {
                continue;
            }
            if (frame.getClassName().startsWith(SAMPLES) || !startsWithAny(frame, HARNESS)) {
                return frame;
            }
            if (ours == null) {
                ours = frame;
            }
        }
        return ours == null ? stack[0] : ours;
    }

    private static @Nullable String lockOwner(Thread thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        return info == null ? null : info.getLockOwnerName();
    }

    private static boolean startsWithAny(StackTraceElement frame, List<String> prefixes) {
        return prefixes.stream().anyMatch(frame.getClassName()::startsWith);
    }
}
