package org.junitnomos.devnode.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads the body of a request. One that is large needs a permit, which is kept until this is closed. */
final class RequestBody implements AutoCloseable {
    /** The core refuses a larger body; no more of it is read (node contract 1.1). */
    private static final int MAX = 10 * 1024 * 1024 + 1;

    /** A body of that many bytes or more is large. */
    private static final int LARGE = 256 * 1024;

    private static final long PATIENCE_SECONDS = 30;

    private final InputStream in;
    private final Semaphore permits;
    private boolean permitted;

    RequestBody(InputStream in, Semaphore permits) {
        this.in = in;
        this.permits = permits;
    }

    byte[] read() throws IOException {
        byte[] begin = in.readNBytes(LARGE);
        if (begin.length < LARGE) {
            return begin;
        }
        try {
            permitted = permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            throw new InterruptedIOException("the node stops");
        }
        if (!permitted) {
            throw new IOException("too many large bodies at the same time");
        }
        return new SequenceInputStream(new ByteArrayInputStream(begin), in).readNBytes(MAX);
    }

    @Override
    public void close() {
        if (permitted) {
            permits.release();
        }
    }
}
