package org.junitnomos.deploy.embedded;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.Timeline;

/**
 * Writes the log of one node, with protocol time in front of each line. Thread-safe.
 *
 * <p>Every line is handed to the operating system at once, so that a JVM that is killed leaves whole logs. A disk that
 * fails does not disturb the node; {@link #close()} tells.
 */
final class EmbeddedNodeLog implements AutoCloseable {
    private static final int MOST_CAUSES = 3;
    private static final int MOST_FRAMES = 8;

    private final Path file;
    private final Timeline timeline;
    private final LogLevel least;
    private final BufferedWriter writer;
    private @Nullable IOException failure;
    private boolean closed;

    EmbeddedNodeLog(Path file, Timeline timeline, LogLevel least) throws IOException {
        this.file = file;
        this.timeline = timeline;
        this.least = least;
        this.writer = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Returns the file, with everything logged so far in it. */
    synchronized Path file() {
        flush();
        return file;
    }

    synchronized void write(LogLevel level, String text) {
        if (level.compareTo(least) < 0 || closed) {
            return;
        }
        try {
            writer.append(timeline.instant().toString()).append(' ');
            writer.append(level.name()).append(level.name().length() == 4 ? "  " : " ");
            writer.append(text).append('\n');
        } catch (IOException e) {
            remember(e);
        }
        flush(); // the JVM may be killed at any instant
    }

    /**
     * Writes what happened with the causes and where they come from; short, so that the end of the log tells it all.
     */
    void write(String text, Throwable thrown) {
        var trace = new StringBuilder(text);
        int causes = 0;
        for (Throwable each = thrown; each != null && causes < MOST_CAUSES; each = each.getCause()) {
            trace.append(causes == 0 ? "\n" : "\ncaused by ").append(each);
            causes++;
            for (var frame :
                    List.of(each.getStackTrace()).subList(0, Math.min(MOST_FRAMES, each.getStackTrace().length))) {
                trace.append("\n    at ").append(frame);
            }
        }
        write(LogLevel.ERROR, trace.toString());
    }

    synchronized void flush() {
        try {
            if (!closed) {
                writer.flush();
            }
        } catch (IOException e) {
            remember(e);
        }
    }

    private void remember(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            writer.close();
        } catch (IOException e) {
            remember(e);
        }
        if (failure != null) {
            throw new IOException("log " + file + " is not complete: " + failure.getMessage(), failure);
        }
    }
}
