package benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that end by themselves. */
final class Shell {
    private static final int QUOTED_LINES = 15;

    private Shell() {}

    /**
     * Runs a program; its standard input is empty.
     *
     * @return what it printed
     * @throws IOException if it is not there, fails, or takes longer; with its last lines
     */
    static String run(Path directory, Duration limit, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("benchmarks", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output).strip();
            if (!ended || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command)
                        + (ended
                                ? " ended with " + process.exitValue()
                                : " took longer than " + limit.toSeconds() + " s")
                        + ": " + lastLines(text));
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }

    static String run(Path directory, Duration limit, String... command) throws IOException, InterruptedException {
        return run(directory, limit, List.of(command));
    }

    /** Says whether a program is on the path. */
    static boolean has(String program) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    static String lastLines(String text) {
        var lines = new ArrayList<>(text.lines().toList());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
    }
}
