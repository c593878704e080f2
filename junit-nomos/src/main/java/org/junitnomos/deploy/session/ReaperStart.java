package org.junitnomos.deploy.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Starts the reaper of a session so that what ends the test JVM does not end the reaper: its parent is init, it has a
 * process group and a terminal session of its own, and the environment of nobody. What the test JVM finds its clusters
 * by goes to it through a pipe, where nobody else can read it.
 */
final class ReaperStart {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final String OUTPUT = "reaper.out";

    /**
     * Detach with {@code setsid}; without it (macOS), at least ignore the signals that go to the whole group. The shell
     * waits for the first line of the input, until when the session has no directory, and because the JDK closes the
     * input when the process that it started ends; or for the end of the input, which is that of the test JVM.
     */
    private static final String SCRIPT = """
            out=$1; shift
            read -r line
            exec 3<&0
            if command -v setsid >/dev/null 2>&1; then
                setsid "$@" <&3 3<&- >"$out" 2>&1 &
            else
                trap '' HUP INT TERM
                "$@" <&3 3<&- >"$out" 2>&1 &
            fi
            """;

    /** Start fast, stay small, and never be stopped by the terminal. */
    private static final List<String> FLAGS = List.of(
            "-Xrs",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xms4m",
            "-Xmx24m",
            "-Xss512k");

    private ReaperStart() {}

    /**
     * Starts what becomes the reaper once the directory of the session is there, or this JVM has ended: so there is
     * never one that nobody watches. Without a shell, or where no classes can be kept, nothing is started before. A
     * system that cannot is told of, and the next start sweeps what this one leaves.
     *
     * @return lets the reaper go, to be called when the directory is there
     */
    static Runnable prepare(SessionRoot root, SessionName session) {
        try {
            var jar = hasShell() ? ReaperJar.provide() : Optional.<Path>empty();
            if (jar.isPresent()) {
                Process waiting = launch(root, session, jar.get());
                return () -> letGo(waiting);
            }
        } catch (IOException e) {
            warn("it cannot be started", e);
            return () -> {};
        }
        return () -> start(root, session);
    }

    private static void start(SessionRoot root, SessionName session) {
        try {
            var jar = ReaperJar.provide();
            letGo(launch(root, session, jar.isPresent() ? jar.get() : ReaperJar.write(root.session(session.text()))));
        } catch (IOException e) {
            warn("it cannot be started", e);
        }
    }

    private static boolean hasShell() {
        return Files.isExecutable(SHELL);
    }

    private static Process launch(SessionRoot root, SessionName session, Path jar) throws IOException {
        var command = new ArrayList<String>();
        Path output = root.session(session.text()).resolve(OUTPUT);
        if (hasShell()) {
            command.addAll(List.of(SHELL.toString(), "-c", SCRIPT, "nomos-reaper", output.toString()));
        }
        command.add(java());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", jar.toString(), Reaper.class.getName()));
        command.addAll(List.of(root.directory().toString(), session.id()));
        var builder = new ProcessBuilder(command).directory(root.directory().toFile());
        builder.redirectErrorStream(true)
                .redirectOutput(
                        hasShell() ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(output.toFile()));
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("SystemRoot"));
        return builder.start();
    }

    private static void letGo(Process process) {
        try {
            try (var input = process.getOutputStream()) {
                input.write(input());
            }
            if (hasShell() && !process.waitFor(5, TimeUnit.SECONDS)) {
                warn("its shell does not end", null);
            }
        } catch (IOException e) {
            warn("it cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it starts all the same, the shell needs nobody
        }
    }

    /** All of it at once: when the shell has its line, the rest is written or being written. */
    private static byte[] input() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write('\n');
        OwnerSurroundings.ofThisJvm().write(bytes);
        return bytes.toByteArray();
    }

    private static void warn(String what, @Nullable Exception cause) {
        LoggerFactory.getLogger(ReaperStart.class)
                .warn(
                        "No reaper watches this test JVM: {}. If it is killed, what it leaves is removed at the"
                                + " next start only",
                        what,
                        cause);
    }

    static String java() {
        Path home = Path.of(System.getProperty("java.home"), "bin", "java");
        if (Files.isExecutable(home)) {
            return home.toString();
        }
        return ProcessHandle.current().info().command().orElse("java");
    }
}
