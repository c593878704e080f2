package org.junitnomos.deploy.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.apiguardian.api.API;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.PollTimeoutException;
import org.junitnomos.time.RealTimeline;

/** Lets one of several JVMs, and of several threads, work in a directory; ends with the JVM at the latest. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class DirectoryLock implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(20);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until nobody else works in a directory.
     *
     * @param directory exists
     * @param limit how long to wait
     * @return the lock, to be closed
     * @throws IOException if the file {@code lock} in it cannot be locked
     * @throws PollTimeoutException if somebody else works there for longer than that
     */
    public static DirectoryLock acquire(Path directory, Duration limit) throws IOException, InterruptedException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try (var timeline = new RealTimeline()) {
            new PollLoop(timeline, "no other JVM works in " + directory, PERIOD, limit)
                    .givingUpOn(IOException.class::isInstance)
                    .untilTrue(() -> tryLock(channel));
            locked = true;
            return new DirectoryLock(channel);
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this JVM
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
