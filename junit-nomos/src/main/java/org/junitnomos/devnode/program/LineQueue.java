package org.junitnomos.devnode.program;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream that are not written yet. A reader that falls far behind is cut off, also while the thread
 * that writes waits for it.
 */
final class LineQueue {
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
    private @Nullable Thread writer;
    private long bytes;
    private boolean ended;

    /** Adds a line; refused if the reader is too far behind, which ends the stream. */
    void add(byte[] line) {
        lock.lock();
        try {
            bytes += line.length;
            if (bytes > MAX_BYTES) {
                ended = true;
                lines.clear();
                changed.signalAll();
                if (writer != null) {
                    // An interrupt closes the socket that the thread is writing to.
                    writer.interrupt();
                }
                throw new IllegalStateException("The reader of a stream is " + MAX_BYTES + " bytes behind.");
            }
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets this thread write the lines from now on; null if nobody does any more. */
    void writtenBy(@Nullable Thread thread) {
        lock.lock();
        try {
            writer = thread;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the reader have what is there, and then the end. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next line; null at the end. */
    byte @Nullable [] take() {
        lock.lock();
        try {
            while (lines.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            byte[] line = lines.poll();
            if (line != null) {
                bytes -= line.length;
            }
            return line;
        } finally {
            lock.unlock();
        }
    }
}
