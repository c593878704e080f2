package org.junitnomos.deploy.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * How to start a JVM with the classes of a dev node: the JDK that runs the tests, a small heap, a quick start.
 *
 * @param java the program
 * @param classPath its class path
 * @param archive options that name an archive of class data; empty for none
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ChildJvm(Path java, String classPath, List<String> archive) {
    /**
     * C1, and not for all that runs a few times, and the serial collector start fastest and need least memory; the heap
     * grows as far as a long run needs.
     */
    public static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=4",
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmx256m",
            "-Xss512k",
            "-XX:-UsePerfData");

    public ChildJvm {
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(classPath, "classPath");
        archive = List.copyOf(archive);
    }

    /**
     * Finds the JDK and the classes of the running JVM.
     *
     * @return a JVM that starts without an archive
     * @throws IOException if one of them is missing; says which
     */
    public static ChildJvm find() throws IOException {
        return new ChildJvm(findJava(), ProgramClasses.ofDevNode().classPath(), List.of());
    }

    /** Finds the program that starts JVMs like this one; fails if there is none, and says what to do. */
    public static Path findJava() throws IOException {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        var candidates = new ArrayList<>(List.of(bin.resolve("java"), bin.resolve("java.exe")));
        ProcessHandle.current().info().command().map(Path::of).ifPresent(running -> {
            candidates.add(running.resolveSibling("java"));
            candidates.add(running.resolveSibling("java.exe"));
        });
        for (Path candidate : candidates) {
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IOException("there is no executable 'java' in " + bin
                + ". Run the tests with a JDK or JRE that has its launcher, or choose backend 'embedded'");
    }

    /**
     * Uses another archive.
     *
     * @param options that name it
     * @return the same JVM with them
     */
    public ChildJvm withArchive(List<String> options) {
        return new ChildJvm(java, classPath, options);
    }

    /** Says how it is started, with program, options and class path; the main class comes next. */
    public List<String> command() {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(OPTIONS);
        command.addAll(archive);
        command.add("-cp");
        command.add(classPath);
        return command;
    }

    /**
     * Returns a text that is another one whenever an archive for this JVM would be.
     *
     * @param java the program
     * @return a text of one line
     */
    public static String fingerprint(Path java) {
        return java + " " + System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version") + " "
                + OPTIONS;
    }
}
