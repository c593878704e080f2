package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.time.Signal;
import org.junitnomos.time.Timeline;

/**
 * Body of a streaming response: a node puts lines in, a reader takes bytes out and waits on the timeline.
 *
 * <p>As on a real node, a reader that lags skips the oldest lines (node contract 1.4).
 */
final class LineStream extends HttpTransport.StreamBody {
    private static final int MOST_LINES = 1024;

    private final String name;
    private final Timeline timeline;
    private final Signal changed;
    private final Consumer<LineStream> onClose;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private byte[] current = {};
    private int position;
    private boolean ended;
    private boolean closed;

    LineStream(String name, Timeline timeline, Consumer<LineStream> onClose) {
        this.name = name;
        this.timeline = timeline;
        this.changed = timeline.signal(name);
        this.onClose = onClose;
    }

    String name() {
        return name;
    }

    /** Takes a line of the node, without its line feed. */
    void line(byte[] text) {
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        synchronized (this) {
            if (ended || closed) {
                return;
            }
            if (lines.size() == MOST_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
        raise();
    }

    /** The node ends the stream; what is in it can still be read. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        raise();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return changed.await(this::isReadable, timeout);
    }

    private synchronized boolean isReadable() {
        return closed || ended || position < current.length || !lines.isEmpty();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            await(Timeline.FOREVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while reading " + name).initCause(e);
        }
        synchronized (this) {
            if (closed) {
                throw new IOException("stream closed");
            }
            if (position == current.length) {
                var next = lines.pollFirst();
                if (next == null) {
                    return -1;
                }
                current = next;
                position = 0;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, target, offset, count);
            position += count;
            return count;
        }
    }

    @Override
    public synchronized int available() {
        return current.length
                - position
                + lines.stream().mapToInt(line -> line.length).sum();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            lines.clear();
        }
        onClose.accept(this);
        raise();
    }

    private void raise() {
        // A foreign thread may close a stream of a virtual timeline; its reader sees that when it looks next.
        if (timeline.isManaged()) {
            changed.raise();
        }
    }
}
