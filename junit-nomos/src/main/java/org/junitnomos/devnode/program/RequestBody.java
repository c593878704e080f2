package org.junitnomos.devnode.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads the body of a request. One that is large needs a permit for each of its bytes, kept until this is closed. */
final class RequestBody implements AutoCloseable {
    /** The core refuses a larger body; no more of it is read (node contract 1.1). */
    private static final int MAX = 2 * 1024 * 1024 + 1;

    /** So much is taken off the line, so that whoever sends it gets to read the answer. */
    private static final int MOST = 10 * 1024 * 1024;

    /** A body of that many bytes or more is large. */
    private static final int LARGE = 256 * 1024;

    private static final long PATIENCE_SECONDS = 30;

    private final InputStream in;
    private final Semaphore permits;
    private int permitted;

    RequestBody(InputStream in, Semaphore permits) {
        this.in = in;
        this.permits = permits;
    }

    /** Reads the body, or as much of it as tells that it is too long; nothing if what its sender says is enough. */
    byte[] read(long length) throws IOException {
        if (length > MOST) {
            return new byte[0];
        }
        byte[] begin = in.readNBytes(LARGE);
        if (begin.length < LARGE) {
            return begin;
        }
        try {
            int needed = length > 0 && length < MAX ? (int) length : MAX; // it may not say its length
            if (!permits.tryAcquire(needed, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("too many large bodies at the same time");
            }
            permitted = needed;
        } catch (InterruptedException stopping) {
            throw new InterruptedIOException("the node stops");
        }
        byte[] body = new SequenceInputStream(new ByteArrayInputStream(begin), in).readNBytes(MAX);
        byte[] unread = new byte[LARGE];
        for (int taken = body.length, more = 1; taken >= MAX && taken < MOST && more > 0; taken += more) {
            more = in.readNBytes(unread, 0, LARGE);
        }
        return body;
    }

    @Override
    public void close() {
        permits.release(permitted);
    }
}
