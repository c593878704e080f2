package org.junitnomos.devnode.program;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.time.VisibleText;

/** Takes the connections of peers and hands on what they say. A peer that talks nonsense is cut off, and counted. */
final class PeerListener {
    private static final int GREETING_MILLIS = 10_000;
    private static final int MAX_CONNECTIONS = 256;

    /** How many connections may be open whose other end has not said who it is. */
    static final int MAX_STRANGERS = 128;

    private static final long PAUSE_NANOS = 100_000_000L;

    /** How many messages of a connection may wait for the core; then the peer has to wait. */
    private static final int MAX_WAITING = 64;

    private final PeerCodec.Greeting self;
    private final Set<String> peers;
    private final ProgramLog log;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Socket> byPeer = new LinkedHashMap<>();
    private final Set<Socket> strangers = ConcurrentHashMap.newKeySet();
    private final long greetingMillis;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Takes a message; runs the last argument when it is dealt with. */
    interface Receiver {
        void receive(String peer, PeerMessage message, Runnable done);
    }

    PeerListener(PeerCodec.Greeting self, Set<String> peers, String host, int port, ProgramLog log) throws IOException {
        this(self, peers, host, port, log, GREETING_MILLIS);
    }

    PeerListener(PeerCodec.Greeting self, Set<String> peers, String host, int port, ProgramLog log, long greetingMillis)
            throws IOException {
        this.greetingMillis = greetingMillis;
        this.self = self;
        this.peers = peers;
        this.log = log;
        try {
            this.server = new ServerSocket(port, 50, InetAddress.getByName(host));
        } catch (BindException taken) {
            throw new IOException("The peer port " + host + ":" + port + " cannot be bound.", taken);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    long received() {
        return received.get();
    }

    /** Returns how many connections were closed because of what came over them. */
    long refused() {
        return refused.get();
    }

    void start(Receiver receiver) {
        daemon("accept", () -> accept(receiver));
    }

    void stop() throws IOException {
        server.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Receiver receiver) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                if (open.size() >= MAX_CONNECTIONS || strangers.size() >= MAX_STRANGERS) {
                    refused.incrementAndGet();
                    connection.close();
                } else {
                    open.add(connection);
                    strangers.add(connection);
                    daemon("from " + connection.getRemoteSocketAddress(), () -> serve(connection, receiver));
                }
            } catch (IOException failure) {
                if (!server.isClosed()) {
                    log.warn("Cannot take a connection: " + failure);
                    // Out of file handles, most likely: no use in trying at once.
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void serve(Socket connection, Receiver receiver) {
        String from = String.valueOf(connection.getRemoteSocketAddress());
        try (connection) {
            connection.setTcpNoDelay(true);
            LimitedInput limited = new LimitedInput(connection, greetingMillis);
            InputStream in = new BufferedInputStream(limited);
            PeerCodec.Greeting other = PeerCodec.readGreeting(in);
            connection.getOutputStream().write(PeerCodec.encode(self));
            if (!other.network().equals(self.network()) || !peers.contains(other.name())) {
                throw new PeerProtocolException("'" + VisibleText.ofLine(other.name()) + "' of chain " + other.network()
                        + " is none of the peers " + peers + " of chain " + self.network());
            }
            from = other.name();
            limited.release();
            strangers.remove(connection);
            replace(from, connection);
            read(in, from, receiver);
        } catch (PeerProtocolException nonsense) {
            refused.incrementAndGet();
            log.warn("Closed the connection from " + from + ": " + nonsense.getMessage());
        } catch (IOException gone) {
            log.debug("The connection from " + from + " broke: " + gone.getMessage());
        } finally {
            strangers.remove(connection);
            open.remove(connection);
        }
    }

    /** A peer has one connection; a new one means that the old one is dead. */
    private void replace(String peer, Socket connection) throws IOException {
        Socket old;
        synchronized (byPeer) {
            old = byPeer.put(peer, connection);
        }
        if (old != null) {
            old.close();
        }
    }

    /** Ends the connection of a node that is no longer a peer. */
    void disconnect(String peer) {
        Socket connection;
        synchronized (byPeer) {
            connection = byPeer.remove(peer);
        }
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException closedAnyway) {
                log.debug("The connection from " + peer + " broke: " + closedAnyway.getMessage());
            }
        }
    }

    private void read(InputStream in, String peer, Receiver receiver) throws IOException {
        Semaphore room = new Semaphore(MAX_WAITING);
        for (PeerMessage message = PeerCodec.read(in); message != null; message = PeerCodec.read(in)) {
            room.acquireUninterruptibly();
            received.incrementAndGet();
            receiver.receive(peer, message, room::release);
        }
    }
}
