package org.junitnomos.runner;

import org.apiguardian.api.API;
import org.junitnomos.time.Threads;

/**
 * Ends a JVM in which something hangs past its deadline, so that the build ends: nothing else ends a thread that never
 * listens. Says so on standard error, because no test will tell.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class JvmHalt {
    /** Exit code of a JVM that was ended because a run in it hung; nothing else of this project ends a JVM with it. */
    public static final int EXIT_CODE = 86;

    /** How long shutdown hooks may take, which write down what there is of other runs. */
    private static final long HOOKS_MILLIS = 15_000;

    private static final long PRINT_MILLIS = 1_000;

    private JvmHalt() {}

    /** Writes to standard error; not for ever, if somebody holds it. */
    static void say(String text) {
        Threads.within(PRINT_MILLIS, "say", () -> {
            System.err.println(text);
            System.err.flush();
        });
    }

    /** Ends the JVM: its shutdown hooks run, but not for ever. Does not return. */
    static void now() {
        Threads.within(HOOKS_MILLIS, "halt", () -> System.exit(EXIT_CODE));
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
