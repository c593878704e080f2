package org.junitnomos.deploy.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junitnomos.deploy.external.TroubleFinder;
import org.junitnomos.time.Threads;
import org.slf4j.LoggerFactory;

/** Reads the log of one life of a node as it grows, and finds what only the log tells. Thread-safe. */
final class LogWatch {
    private static final long PERIOD_MILLIS = 100;
    private static final int BUFFER = 1 << 16;

    private final Path log;
    private final TroubleFinder troubles;
    private long position;

    /**
     * Begins at the end of a log that an earlier life may have written.
     *
     * @param finder says what a line without colors tells of; one line, or empty
     */
    LogWatch(Path log, Function<String, Optional<String>> finder) throws IOException {
        this.log = log;
        this.troubles = new TroubleFinder(finder);
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
    synchronized void read() {
        try (var file = FileChannel.open(log)) {
            var buffer = ByteBuffer.allocate(BUFFER);
            for (int count = file.read(buffer, position); count > 0; count = file.read(buffer, position)) {
                position += count;
                troubles.take(buffer.array(), count);
                buffer.clear();
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(LogWatch.class).debug("Cannot read {} now", log, e);
        }
    }

    /** {@return the first trouble} */
    Optional<String> trouble() {
        return troubles.trouble();
    }

    /** Lets somebody hear of every trouble, those that are known first. */
    void onTrouble(Consumer<String> listener) {
        troubles.onTrouble(listener);
    }
}
