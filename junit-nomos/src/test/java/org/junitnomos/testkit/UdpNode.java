package org.junitnomos.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that speaks UDP as real nodes do: it dials from the port on which it listens, tells its peers that port,
 * and dials the port of whom it heard of, too; a connection that is silent for too long is lost, and nobody dials
 * again. Datagrams are words: a verb, the port on which the sender listens, and a number or a text.
 */
public final class UdpNode implements AutoCloseable {
    private static final long PING_MILLIS = 100;

    /** Real nodes try for 155 s (node contract 5.2). */
    private static final int DIALS = 1_550;

    private final DatagramSocket socket;
    private final long idlePings;
    private final String id;
    private final Map<Integer, Integer> dialing = new TreeMap<>();
    private final Map<Integer, Connection> connections = new TreeMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /** A connection by the port at which the other end is seen: where that one listens, and when it was heard last. */
    private static final class Connection {
        private final int listens;
        private final String id;
        private long heard = System.nanoTime();
        private long silentPings;

        Connection(int listens, String id) {
            this.listens = listens;
            this.id = id;
        }
    }

    /** Listens on the loopback, and says nothing of itself but its port. */
    public UdpNode(int port, long idleMillis) throws IOException {
        this(port, idleMillis, "-");
    }

    /**
     * Listens on the loopback.
     *
     * @param port 0 for any that is free
     * @param idleMillis after which silence a connection is lost: the pings of that time, since a machine too busy to
     *     send them is too busy for answers, too
     * @param id what it tells its peers beside its port; without spaces
     */
    public UdpNode(int port, long idleMillis, String id) throws IOException {
        this.id = id;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout((int) PING_MILLIS);
        idlePings = idleMillis / PING_MILLIS;
        thread = new Thread(this::run, "udp-node-" + port());
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Dials an address until somebody answers there, but not for ever. */
    public synchronized void dial(int port) {
        dialing.put(port, DIALS);
    }

    /** Where peers listen to whom a connection is alive, in order. */
    public synchronized List<Integer> peers() {
        return connections.values().stream()
                .map(connection -> connection.listens)
                .distinct()
                .sorted()
                .toList();
    }

    /** At which ports peers are seen to whom a connection is alive, in order. */
    public synchronized List<Integer> addresses() {
        return List.copyOf(connections.keySet());
    }

    /** The ids of peers that were heard within the last so many milliseconds, with the ports on which they listen. */
    public synchronized Map<String, Integer> heard(long millis) {
        long since = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millis);
        Map<String, Integer> ids = new TreeMap<>();
        connections.values().stream()
                .filter(connection -> connection.heard - since > 0)
                .forEach(connection -> ids.put(connection.id, connection.listens));
        return ids;
    }

    /** Sends a text to an address. */
    public void sayTo(int address, String text) {
        send("text", text, address);
    }

    /** The texts that arrived, in order. */
    public synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    private void run() {
        var packet = new DatagramPacket(new byte[2_000], 2_000);
        long pinged = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PING_MILLIS);
        while (!closed) {
            try {
                if (System.nanoTime() - pinged >= TimeUnit.MILLISECONDS.toNanos(PING_MILLIS)) {
                    pinged = System.nanoTime();
                    tick();
                }
                socket.receive(packet);
                String[] words = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8).split(" ");
                take(words, packet.getPort());
            } catch (IOException e) {
                closed |= socket.isClosed(); // else nothing came in time, or a filter refused what was sent
            }
        }
    }

    private void tick() {
        List<Integer> pings;
        List<Integer> dials;
        synchronized (this) {
            connections.values().removeIf(connection -> ++connection.silentPings > idlePings);
            dialing.replaceAll((port, left) -> left - 1);
            dialing.values().removeIf(left -> left < 0);
            pings = List.copyOf(connections.keySet());
            dials = List.copyOf(dialing.keySet());
        }
        dials.forEach(port -> send("dial", id, port));
        pings.forEach(port -> send("ping", "-", port));
    }

    private void take(String[] words, int from) {
        String verb = words[0];
        int listens = Integer.parseInt(words[1]);
        boolean known;
        synchronized (this) {
            known = connections.containsKey(from);
            if (verb.equals("dial") || verb.equals("hello")) {
                dialing.remove(from);
                if (!known) {
                    connections.put(from, new Connection(listens, words[2]));
                    if (from != listens && !connections.containsKey(listens)) {
                        dialing.put(listens, DIALS); // who hears of an address tries it
                    }
                }
            }
            var connection = connections.get(from);
            if (connection != null) {
                connection.heard = System.nanoTime();
                connection.silentPings = 0;
                if (verb.equals("text")) {
                    texts.add(words[2]);
                }
            }
        }
        if (verb.equals("dial")) {
            send("hello", id, from);
        } else if (verb.equals("ping") && known) {
            send("pong", "-", from);
        }
    }

    private void send(String verb, String text, int port) {
        byte[] bytes = (verb + " " + port() + " " + text).getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            closed |= socket.isClosed(); // else a filter refused it, as nodes meet it
        }
    }

    /** Lets go of the port: that is free only once the thread has left the call in which it waits for datagrams. */
    @Override
    public void close() {
        closed = true;
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
