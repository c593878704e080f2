package org.junitnomos.feed;

import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.junitnomos.client.HttpTransport;

/** A stream whose lines the test writes. */
final class ScriptedStream extends HttpTransport.StreamBody {
    private static final byte[] END = {};

    private final BlockingDeque<byte[]> lines = new LinkedBlockingDeque<>();
    private int read;
    volatile boolean closed;

    void line(byte[] line) {
        byte[] whole = new byte[line.length + 1];
        System.arraycopy(line, 0, whole, 0, line.length);
        whole[line.length] = '\n';
        lines.add(whole);
    }

    void end() {
        lines.add(END);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        byte[] first = lines.pollFirst(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        if (first != null) {
            lines.addFirst(first);
        }
        return first != null;
    }

    @Override
    public int read() {
        byte[] line = lines.element();
        if (line == END) {
            return -1;
        }
        int next = line[read++] & 255;
        if (read == line.length) {
            read = 0;
            lines.remove();
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        byte[] line = lines.element();
        if (line == END) {
            return -1;
        }
        int count = Math.min(length, line.length - read);
        System.arraycopy(line, read, target, offset, count);
        read += count;
        if (read == line.length) {
            read = 0;
            lines.remove();
        }
        return count;
    }

    @Override
    public void close() {
        closed = true;
        end();
    }
}
