package org.junitnomos.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/**
 * Somebody who never calls, for threads that hang while they wait for it: to the JVM such a thread runs, and no
 * interrupt ends that, but unlike one that spins it leaves its processor to others.
 */
public final class SilentPeer implements AutoCloseable {
    private static final int MILLIS = 20;

    private final ServerSocket socket;

    public SilentPeer() {
        try {
            socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a call, in one of the system; for a short while, and not at all once this is closed. */
    public void await() {
        try {
            socket.accept().close();
        } catch (SocketTimeoutException e) {
            return; // as nobody calls
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
