package benchmarks.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM with the classes of one tree that does what it is told, one thing after the other. */
final class WorkerJvm implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofHours(1);

    private final String name;
    private final Path directory;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    /** What was measured, by name. */
    record Answer(Map<String, String> figures) {
        double get(String name) {
            return Double.parseDouble(figures.getOrDefault(name, "NaN"));
        }

        String text(String name) {
            return figures.getOrDefault(name, "");
        }
    }

    /**
     * Starts it.
     *
     * @param settings whether it has what the environment says of nodes and runs
     */
    WorkerJvm(String name, List<String> command, boolean settings, Path directory, Path log) throws IOException {
        this.name = name;
        this.directory = directory;
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(
                        variable -> variable.equals("JAVA_TOOL_OPTIONS") || !settings && variable.startsWith("NOMOS_"));
        this.process = builder.start();
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Has something done, and waits for it. */
    Answer ask(String order) throws IOException, InterruptedException {
        return begin(order).join();
    }

    /** Has something done. */
    Pending begin(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        var line = CompletableFuture.supplyAsync(() -> {
            try {
                return "" + answers.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return () -> {
            try {
                return answer(order, line.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
                process.destroyForcibly();
                throw new IOException(name + ": " + order + ": no answer: " + e);
            }
        };
    }

    /** Something that is being done. */
    @FunctionalInterface
    interface Pending {
        /** Waits for its end. */
        Answer join() throws IOException, InterruptedException;
    }

    private Answer answer(String order, String line) throws IOException {
        if (!line.startsWith("@ ")) {
            throw new IOException(name + ": " + order + ": "
                    + URLDecoder.decode(line, StandardCharsets.UTF_8).replaceFirst("^! ", ""));
        }
        var figures = new HashMap<String, String>();
        for (String figure : line.substring(2).split(" ")) {
            int at = figure.indexOf('=');
            if (at > 0) {
                figures.put(
                        figure.substring(0, at), URLDecoder.decode(figure.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return new Answer(figures);
    }

    /** Ends it, and removes what it wrote. */
    @Override
    public void close() throws IOException {
        try {
            orders.close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            process.destroyForcibly(); // it has ended already
        }
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
