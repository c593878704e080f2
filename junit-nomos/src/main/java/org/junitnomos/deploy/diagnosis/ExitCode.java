package org.junitnomos.deploy.diagnosis;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Puts the exit code of a process into words. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ExitCode {
    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 31;
    private static final String[] NAMES = {
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
        "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM"
    };

    private ExitCode() {}

    /**
     * Describes an exit code as {@link Process#exitValue()} returns it.
     *
     * @param code 128 + n for a process that signal n ended; null if it is not known
     * @return for example {@code "exit code 3"} or {@code "exit code 137, SIGKILL"}
     */
    public static String describe(@Nullable Integer code) {
        if (code == null) {
            return "no exit code";
        }
        int signal = code - SIGNALS;
        if (signal < 1 || signal > LAST_SIGNAL) {
            return "exit code " + code;
        }
        return "exit code " + code + ", " + (signal < NAMES.length ? NAMES[signal] : "signal " + signal);
    }
}
