package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How to start a JVM with the classes of a dev node: the JDK that runs the tests, a small heap, a quick start.
 *
 * @param java the program
 * @param classPath its class path
 * @param archive options that name an archive of class data; empty for none
 */
record ChildJvm(Path java, String classPath, List<String> archive) {
    /** C1 and the serial collector start fastest and need least memory; the heap grows as far as a long run needs. */
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms8m", "-Xmx256m", "-Xss512k", "-XX:-UsePerfData");

    ChildJvm {
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(classPath, "classPath");
        archive = List.copyOf(archive);
    }

    /** Find the JDK and the classes of the running JVM. */
    static ChildJvm find() throws IOException {
        return new ChildJvm(findJava(), classes().classPath(), List.of());
    }

    /** Prepare a quick start, which takes some seconds for the first time; falls back to one that is not quick. */
    static ChildJvm quick() throws IOException, InterruptedException {
        return new QuickStart(findJava(), classes(), CacheDirectory.find()).prepare();
    }

    private static NodeClasses classes() throws IOException {
        ClassLoader loader = ChildJvm.class.getClassLoader();
        return NodeClasses.find(loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    private static Path findJava() throws IOException {
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

    ChildJvm withArchive(List<String> options) {
        return new ChildJvm(java, classPath, options);
    }

    /** Return program, options and class path; the main class comes next. */
    List<String> command() {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(OPTIONS);
        command.addAll(archive);
        command.add("-cp");
        command.add(classPath);
        return command;
    }

    /** Return a text that is another one whenever an archive for this JVM would be. */
    static String fingerprint(Path java) {
        return java + " " + System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version") + " "
                + OPTIONS;
    }
}
