package org.junitnomos.deploy.real;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.Stopwatch;

/** Runs a program that ends by itself within seconds. Its output goes to a file, so that no pipe can fill up. */
final class ShortProgram {
    private static final int LONGEST_OUTPUT = 2_000;

    private ShortProgram() {}

    /**
     * What came of it.
     *
     * @param exitCode its exit code, 128 + n for signal n
     * @param output what it wrote, without colors; of a long text the end
     */
    record Result(int exitCode, String output) {
        Result {
            String text = Colors.strip(output).strip();
            output = text.length() <= LONGEST_OUTPUT ? text : "..." + text.substring(text.length() - LONGEST_OUTPUT);
        }
    }

    /**
     * Runs it to its end; it is killed when that takes too long, and when this thread is interrupted. Blocks.
     *
     * @param output file for what it writes; deleted afterwards
     * @param limit on a free machine; longer on a busy one
     * @throws IOException if it cannot be started, or takes longer than the limit
     */
    static Result run(List<String> command, Map<String, String> environment, Path output, Duration limit)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(nothing()))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                await(process, command, Allowance.ofRealTime(limit));
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void await(Process process, List<String> command, Allowance allowance)
            throws IOException, InterruptedException {
        var watch = new Stopwatch();
        while (!process.waitFor(allowance.nanos() - watch.nanos(), TimeUnit.NANOSECONDS)) {
            if (allowance.isOver(watch.nanos())) {
                throw new IOException(command + " did not end within " + allowance);
            }
        }
    }

    private static File nothing() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        return new File(windows ? "NUL" : "/dev/null");
    }
}
