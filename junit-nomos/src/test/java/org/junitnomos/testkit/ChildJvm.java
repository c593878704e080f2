package org.junitnomos.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junitnomos.time.Allowance;

/** A JVM of its own with the class path of this one, for tests of what happens when a JVM ends. */
public final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

    private ChildJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Start a JVM.
     *
     * @param directory its working directory
     * @param options options of the JVM, such as system properties
     * @param command main class and arguments
     */
    public static ChildJvm start(Path directory, List<String> options, List<String> command) throws IOException {
        var whole = new ArrayList<String>();
        whole.add(java());
        whole.addAll(quickOptions());
        whole.addAll(options);
        whole.addAll(command);
        return run(directory, whole, Map.of());
    }

    /** The program of this JVM. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Options of a JVM with the class path of this one that is soon there. */
    public static List<String> quickOptions() {
        var options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        options.addAll(ClassArchive.options());
        return options;
    }

    /** Start any command. */
    public static ChildJvm run(Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /** The class path of this JVM; Surefire hides it in the manifest of a jar. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                unread.add(line);
            }
        } catch (IOException e) {
            output.add("output cut off: " + e);
        }
    }

    /** Wait for a line that begins so, and return the rest of it. */
    public String await(String beginning) throws InterruptedException {
        return awaitLine(line -> line.startsWith(beginning)).substring(beginning.length());
    }

    /** Wait for a line that has not been waited for. */
    public String awaitLine(Predicate<String> accepted) throws InterruptedException {
        var allowance = Allowance.ofRealTime(PATIENCE);
        long start = System.nanoTime();
        while (!allowance.isOver(System.nanoTime() - start)) {
            String line = unread.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && accepted.test(line)) {
                return line;
            }
            if (line == null && !process.isAlive() && unread.isEmpty()) {
                throw new AssertionError("the child ended with " + process.exitValue() + "; it said:\n" + text());
            }
        }
        throw new AssertionError("the child did not say it in " + allowance + "; it said:\n" + text());
    }

    /** Write a line to its standard input. */
    public void say(String line) throws IOException {
        var input = process.getOutputStream();
        input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Everything it said so far. */
    public String text() {
        return String.join("\n", output);
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    /** Kill it with SIGKILL, without its descendants, and wait until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Wait for its end and return its exit code. */
    public int awaitEnd() throws InterruptedException {
        var allowance = Allowance.ofRealTime(PATIENCE);
        long start = System.nanoTime();
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            if (allowance.isOver(System.nanoTime() - start)) {
                throw new AssertionError("the child did not end in " + allowance + "; it said:\n" + text());
            }
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
