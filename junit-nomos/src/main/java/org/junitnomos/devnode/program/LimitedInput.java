package org.junitnomos.devnode.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.junitnomos.time.Stopwatch;

/** Reads from a connection until a deadline for all of it: a limit for each read would let a peer drip for hours. */
final class LimitedInput extends InputStream {
    private final Socket connection;
    private final InputStream in;
    private final Stopwatch since = new Stopwatch();
    private final long millis;
    private boolean limited = true;

    /** Begins with the deadline, from now on; the time-out of the connection is taken for it. */
    LimitedInput(Socket connection, long millis) throws IOException {
        this.connection = connection;
        this.in = connection.getInputStream();
        this.millis = millis;
    }

    /** From now on a read takes as long as it takes. */
    void release() throws IOException {
        limited = false;
        connection.setSoTimeout(0);
    }

    @Override
    public int read() throws IOException {
        limit();
        return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        limit();
        return in.read(bytes, offset, length);
    }

    private void limit() throws IOException {
        if (limited) {
            long left = millis - TimeUnit.NANOSECONDS.toMillis(since.nanos());
            if (left <= 0) {
                throw new SocketTimeoutException("nothing whole came in time");
            }
            connection.setSoTimeout((int) left);
        }
    }
}
