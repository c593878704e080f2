package org.junitnomos.devnode.program;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.time.VisibleText;

/**
 * Sends to one peer over a connection of its own: connects when the address is known, again and again, and keeps what
 * could not be sent yet. If too much waits, the oldest is dropped.
 */
final class PeerSender {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int GREETING_MILLIS = 10_000;
    private static final long MIN_PAUSE_MILLIS = 50;
    private static final long MAX_PAUSE_MILLIS = 1_000;
    private static final long MAX_WAITING_BYTES = 16L * 1024 * 1024;

    private final PeerCodec.Greeting self;
    private final String peer;
    private final ProgramLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable PeerAddress address;
    private @Nullable Socket socket;
    private boolean connected;
    private boolean stopped;
    private long addressChanges;
    private long unreachable;
    private long sent;
    private long dropped;

    PeerSender(HeaderId network, String self, String peer, @Nullable PeerAddress address, ProgramLog log) {
        this.self = new PeerCodec.Greeting(network, self);
        this.peer = peer;
        this.address = address;
        this.log = log;
    }

    /**
     * The state of a sender.
     *
     * @param unreachable how many attempts found nobody, since the last connection or the last wish for a new one
     */
    record Status(@Nullable PeerAddress address, boolean connected, long unreachable, long sent, long dropped) {}

    Status status() {
        lock.lock();
        try {
            return new Status(address, connected, unreachable, sent, dropped);
        } finally {
            lock.unlock();
        }
    }

    void start() {
        Thread thread = new Thread(this::run, "to " + peer);
        thread.setDaemon(true);
        thread.start();
    }

    void send(byte[] frame) {
        lock.lock();
        try {
            waiting.add(frame);
            waitingBytes += frame.length;
            while (waitingBytes > MAX_WAITING_BYTES && waiting.size() > 1) {
                waitingBytes -= waiting.remove().length;
                dropped++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Connects to another address from now on; does nothing if it is the same. */
    void moveTo(PeerAddress newAddress) {
        lock.lock();
        try {
            if (!newAddress.equals(address)) {
                address = newAddress;
                addressChanges++;
                close(socket);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the connection, if there is one, and opens another one at once. */
    void reconnect() {
        lock.lock();
        try {
            addressChanges++;
            connected = false;
            unreachable = 0;
            close(socket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            close(socket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long pause = MIN_PAUSE_MILLIS;
        for (PeerAddress target = awaitAddress(); target != null; target = awaitAddress()) {
            try (Socket connection = new Socket()) {
                open(connection, target);
                pause = MIN_PAUSE_MILLIS;
                sendAll(connection);
            } catch (IOException failure) {
                log.debug("No connection to " + peer + " at " + target + ": " + failure.getMessage());
            } finally {
                disconnected();
            }
            pause(pause);
            pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
        }
    }

    private @Nullable PeerAddress awaitAddress() {
        lock.lock();
        try {
            while (address == null && !stopped) {
                changed.awaitUninterruptibly();
            }
            return stopped ? null : address;
        } finally {
            lock.unlock();
        }
    }

    private void open(Socket connection, PeerAddress target) throws IOException {
        long changes;
        lock.lock();
        try {
            socket = connection;
            changes = addressChanges;
        } finally {
            lock.unlock();
        }
        connection.setTcpNoDelay(true);
        connect(connection, target, changes);
        LimitedInput limited = new LimitedInput(connection, GREETING_MILLIS);
        connection.getOutputStream().write(PeerCodec.encode(self));
        PeerCodec.Greeting other = PeerCodec.readGreeting(limited);
        if (!other.name().equals(peer) || !other.network().equals(self.network())) {
            throw new PeerProtocolException("expected " + peer + " of chain " + self.network() + " but was "
                    + VisibleText.ofLine(other.name()) + " of chain " + other.network());
        }
        limited.release();
        lock.lock();
        try {
            connected = !connection.isClosed();
            unreachable = 0;
        } finally {
            lock.unlock();
        }
        log.info("Connected to " + peer + " at " + target + ".");
        Thread watcher = new Thread(() -> watch(connection), "watch " + peer);
        watcher.setDaemon(true);
        watcher.start();
    }

    private void connect(Socket connection, PeerAddress target, long changes) throws IOException {
        InetSocketAddress found = new InetSocketAddress(target.host(), target.port());
        try {
            connection.connect(found, CONNECT_MILLIS);
        } catch (IOException failure) {
            lock.lock();
            try {
                // Not if somebody wants another one, or if there was nothing to be tried. That the socket is closed
                // would not tell: on newer JDKs one that cannot connect closes itself.
                if (!stopped && changes == addressChanges && !found.isUnresolved()) {
                    unreachable++;
                }
            } finally {
                lock.unlock();
            }
            throw failure;
        }
    }

    /** Notices at once that the other end is gone: it never says anything after the greeting. */
    private void watch(Socket connection) {
        try {
            if (connection.getInputStream().read() >= 0) {
                log.warn("Closed the connection to " + peer + ": it talks out of turn.");
            }
        } catch (IOException gone) {
            log.debug("The connection to " + peer + " broke: " + gone.getMessage());
        }
        lock.lock();
        try {
            close(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void sendAll(Socket connection) throws IOException {
        OutputStream out = connection.getOutputStream();
        for (byte[] frame = next(connection); frame != null; frame = next(connection)) {
            out.write(frame);
            lock.lock();
            try {
                // Only now, so that a frame which did not get out is sent again; what was dropped meanwhile is gone.
                if (waiting.peek() == frame) {
                    waitingBytes -= waiting.remove().length;
                }
                sent++;
            } finally {
                lock.unlock();
            }
        }
    }

    private byte @Nullable [] next(Socket connection) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !stopped && !connection.isClosed()) {
                changed.awaitUninterruptibly();
            }
            return stopped || connection.isClosed() ? null : waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    private void disconnected() {
        lock.lock();
        try {
            if (connected) {
                log.info("Disconnected from " + peer + ".");
            }
            connected = false;
            socket = null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next attempt; a new address ends the wait. */
    private void pause(long millis) {
        lock.lock();
        try {
            long changes = addressChanges;
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !stopped && changes == addressChanges) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            stop();
        } finally {
            lock.unlock();
        }
    }

    private static void close(@Nullable Socket connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException closedAnyway) {
                return;
            }
        }
    }
}
