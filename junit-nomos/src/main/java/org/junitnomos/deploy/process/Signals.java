package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Sends signals that the JDK has no word for, through the shell: there is not everywhere a program {@code kill}. */
final class Signals {
    private static final long LIMIT_SECONDS = 10;

    private Signals() {}

    /** Whether processes can be halted on this system. */
    static boolean canPause() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.contains("linux") || system.contains("mac");
    }

    static void pause(List<Long> processes) throws IOException, InterruptedException {
        send("STOP", processes);
    }

    static void resume(List<Long> processes) throws IOException, InterruptedException {
        send("CONT", processes);
    }

    private static void send(String signal, List<Long> processes) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("sh", "-c", "kill -" + signal + " \"$@\"", "kill"));
        processes.forEach(pid -> command.add(Long.toString(pid)));
        Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            kill.getOutputStream().close();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("kill -" + signal + " did not end within " + LIMIT_SECONDS + " s");
            }
            if (kill.exitValue() != 0) {
                String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                throw new IOException("kill -" + signal + " failed: " + output);
            }
        } finally {
            kill.destroyForcibly();
        }
    }
}
