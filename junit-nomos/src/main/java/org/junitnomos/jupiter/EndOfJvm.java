package org.junitnomos.jupiter;

import java.util.Arrays;
import java.util.Map;
import org.junitnomos.runner.JvmHalt;

/** Finds out why the JVM ends, for a shutdown hook: from what its threads do just then. */
final class EndOfJvm {
    private static final String HANDLER = " handler";

    private EndOfJvm() {}

    /** Writes why it ends. */
    static String reason() {
        return reason(Thread.getAllStackTraces());
    }

    static String reason(Map<Thread, StackTraceElement[]> threads) {
        for (var entry : threads.entrySet()) {
            var stack = entry.getValue();
            int exit = exit(stack);
            String name = entry.getKey().getName();
            if (exit < 0) {
                continue;
            }
            if (name.startsWith("SIG") && name.endsWith(HANDLER)) {
                return "the JVM got the signal " + name.substring(0, name.length() - HANDLER.length());
            }
            if (exit + 1 < stack.length && stack[exit + 1].getClassName().equals(JvmHalt.class.getName())) {
                return "another run of this JVM hung past its deadline, and the JVM was ended with exit code "
                        + JvmHalt.EXIT_CODE + "; standard error names that run";
            }
            String caller = exit + 1 < stack.length ? " at " + stack[exit + 1] : "";
            return "System.exit was called by thread '" + name + "'" + caller;
        }
        return "the JVM ends";
    }

    /** The outermost frame of those by which the JVM is ended; negative if there is none. */
    private static int exit(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(EndOfJvm::ends)
                .reduce((inner, outer) -> outer)
                .map(frame -> Arrays.asList(stack).lastIndexOf(frame))
                .orElse(-1);
    }

    private static boolean ends(StackTraceElement frame) {
        String type = frame.getClassName();
        return (type.equals("java.lang.System")
                        || type.equals("java.lang.Runtime")
                        || type.equals("java.lang.Shutdown"))
                && frame.getMethodName().equals("exit");
    }
}
