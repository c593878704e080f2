package org.junitnomos.samples.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code NightlyMain} as a program of its own, on a class path without JUnit. */
class NightlyMainTests {
    @TempDir
    Path directory;

    @Test
    void needsNoJUnit() throws IOException, InterruptedException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit-jupiter") && !entry.contains("junit-platform"))
                .collect(Collectors.joining(File.pathSeparator));
        var output = directory.resolve("output.txt").toFile();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-cp", classPath, "org.junitnomos.samples.NightlyMain")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            program.waitFor(); // a run has a deadline of its own
        } finally {
            program.destroyForcibly();
        }

        assertThat(output)
                .content()
                .contains("PASSED consensus liveness", "PASSED, evidence in target/nomos/nightly/1");
        assertThat(program.exitValue()).isZero();
    }
}
