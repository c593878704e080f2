package org.junitnomos.deploy.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junitnomos.deploy.diagnosis.Colors;
import org.junitnomos.time.Threads;
import org.slf4j.LoggerFactory;

/**
 * Reads the log of one life of a node as it grows, and finds what only the log tells. Of lines that differ in numbers
 * alone the first counts. Thread-safe.
 */
final class LogWatch {
    private static final long PERIOD_MILLIS = 100;
    private static final int BUFFER = 1 << 16;

    /** A line without an end would fill the memory. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int MOST_TROUBLES = 20;

    private final Path log;
    private final Function<String, Optional<String>> finder;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Set<String> kinds = new TreeSet<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private long position;

    /**
     * Begins at the end of a log that an earlier life may have written.
     *
     * @param finder says what a line without colors tells of; one line, or empty
     */
    LogWatch(Path log, Function<String, Optional<String>> finder) throws IOException {
        this.log = log;
        this.finder = finder;
        this.position = Files.exists(log) ? Files.size(log) : 0;
    }

    /** Reads on until a process has ended, on a thread of its own. */
    void follow(Process process, String node) {
        Threads.daemon("log-" + node, () -> {
                    try {
                        boolean ended = false;
                        while (!ended) {
                            ended = process.waitFor(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
                            read();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // nobody interrupts this thread
                    } catch (RuntimeException e) {
                        LoggerFactory.getLogger(LogWatch.class)
                                .warn("The log of node '{}' is not read any more", node, e);
                    }
                })
                .start();
    }

    /** Takes what was written since the last time. */
    void read() {
        var found = new ArrayList<String>();
        List<Consumer<String>> hearers;
        synchronized (this) {
            try (var file = FileChannel.open(log)) {
                var buffer = ByteBuffer.allocate(BUFFER);
                for (int count = file.read(buffer, position); count > 0; count = file.read(buffer, position)) {
                    position += count;
                    take(buffer.array(), count, found);
                    buffer.clear();
                }
            } catch (IOException e) {
                LoggerFactory.getLogger(LogWatch.class).debug("Cannot read {} now", log, e);
            }
            hearers = List.copyOf(listeners);
        }
        found.forEach(trouble -> hearers.forEach(hearer -> hearer.accept(trouble)));
    }

    private void take(byte[] bytes, int count, List<String> found) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != '\n') {
                if (line.size() < LONGEST_LINE) {
                    line.write(bytes[i]);
                }
                continue;
            }
            String text = Colors.strip(line.toString(StandardCharsets.UTF_8)).stripTrailing();
            line.reset();
            finder.apply(text)
                    .filter(trouble -> troubles.size() < MOST_TROUBLES && kinds.add(trouble.replaceAll("[0-9]+", "0")))
                    .ifPresent(trouble -> {
                        troubles.add(trouble);
                        found.add(trouble);
                    });
        }
    }

    /** {@return the first trouble} */
    synchronized Optional<String> trouble() {
        return troubles.isEmpty() ? Optional.empty() : Optional.of(troubles.get(0));
    }

    /** Lets somebody hear of every trouble, those that are known first. */
    void onTrouble(Consumer<String> listener) {
        List<String> known;
        synchronized (this) {
            known = List.copyOf(troubles);
            listeners.add(listener);
        }
        known.forEach(listener);
    }
}
