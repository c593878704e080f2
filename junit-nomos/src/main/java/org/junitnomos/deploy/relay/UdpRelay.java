package org.junitnomos.deploy.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.control.LinkRelay.Traffic;
import org.junitnomos.deploy.control.Plane;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;
import org.junitnomos.topology.LinkSpec;
import org.slf4j.LoggerFactory;

/**
 * Carries datagrams between nodes on the loopback. Each node has a socket here on each plane, at which others reach it
 * and from which it hears of others: what arrives there from the port of another node goes on to the node, from the
 * socket of that other one. So both ends see one address of their peer, and each direction between two nodes is known
 * by the port of its sender. Thread-safe; one thread carries everything.
 *
 * <p>What comes from a port that is no node's is dropped and counted.
 */
final class UdpRelay implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 1 << 16;
    private static final int BUFFER_OF_SOCKET = 1 << 20;
    private static final int MOST_WAITING = 100_000;
    private static final long MILLI = 1_000_000L;

    private final long seed;
    private final Selector selector;
    private final Stopwatch clock = new Stopwatch();
    private final Map<String, Direction> directions = new ConcurrentSkipListMap<>();
    private final Map<Plane, Map<String, Member>> members = new LinkedHashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
    private final AtomicLong ofNobody = new AtomicLong();
    private final Thread thread;
    private volatile @Nullable String failure;
    private volatile boolean closed;
    private long order;

    /** A node on a plane: where it listens, and its socket here. */
    private record Member(String node, Plane plane, InetSocketAddress address, DatagramChannel socket) {}

    /** A datagram on its way. */
    private record Waiting(long due, long order, Direction direction, Member from, Member to, byte[] bytes)
            implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(due, other.due);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    /**
     * Opens a relay without nodes.
     *
     * @param seed seed of the chances of its links
     * @throws IOException if there is no selector to be had
     */
    UdpRelay(long seed) throws IOException {
        this.seed = seed;
        this.selector = Selector.open();
        for (Plane plane : Plane.values()) {
            members.put(plane, new LinkedHashMap<>());
        }
        this.thread = Threads.daemon("relay", this::carry);
        thread.start();
    }

    /**
     * Opens the socket of a node on a plane.
     *
     * @param node its name
     * @param port where it listens on the loopback
     * @param published where others reach it, on the loopback; 0 for any port that is free
     * @return where others reach it
     * @throws IOException if that port cannot be had
     */
    int admit(String node, Plane plane, int port, int published) throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var socket = DatagramChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_OF_SOCKET);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_OF_SOCKET);
            socket.bind(new InetSocketAddress(loopback, published));
            socket.configureBlocking(false);
            var member = new Member(node, plane, new InetSocketAddress(loopback, port), socket);
            synchronized (members) {
                plane(plane).put(node, member);
            }
            socket.register(selector, SelectionKey.OP_READ, member);
            selector.wakeup();
            return socket.socket().getLocalPort();
        } catch (IOException | RuntimeException e) {
            dismiss(node, plane);
            socket.close();
            String reason = e instanceof ClosedSelectorException ? "the relay was closed" : e.getMessage();
            throw new IOException("port " + published + " of 127.0.0.1 cannot be had: " + reason, e);
        }
    }

    /** Closes the sockets of a node; nothing reaches it any more, nor comes from it. */
    void dismiss(String node) {
        for (Plane plane : Plane.values()) {
            dismiss(node, plane);
        }
    }

    private void dismiss(String node, Plane plane) {
        Member gone;
        synchronized (members) {
            gone = plane(plane).remove(node);
        }
        if (gone != null) {
            try {
                gone.socket().close();
            } catch (IOException e) {
                LoggerFactory.getLogger(UdpRelay.class).debug("A socket of '{}' does not close", node, e);
            }
            selector.wakeup(); // lets go of the port
        }
    }

    private Map<String, Member> plane(Plane plane) {
        return members.getOrDefault(plane, Map.of());
    }

    /** Sets what is carried from one node to another from now on; nothing where that was never set. */
    void set(String from, String to, Set<Plane> carried, LinkSpec quality) {
        direction(from, to).set(carried, quality);
    }

    /** {@return what was carried from one node to another on a plane, in datagrams} */
    Traffic traffic(Plane plane, String from, String to) {
        return direction(from, to).traffic(plane);
    }

    /** {@return how many datagrams came from ports that are no node's} */
    long ofNobody() {
        return ofNobody.get();
    }

    /** {@return why it carries nothing any more; empty while it does} */
    Optional<String> failure() {
        String known = failure;
        return Optional.ofNullable(known == null && closed ? "it was closed" : known);
    }

    private Direction direction(String from, String to) {
        return directions.computeIfAbsent(
                from + " -> " + to, name -> new Direction(new SeededRandoms(seed).random("relay " + name)));
    }

    private void carry() {
        try {
            while (!closed) {
                long wait = deliver();
                selector.select(key -> receive((Member) key.attachment()), wait);
            }
        } catch (ClosedSelectorException e) {
            failure = "its selector was closed";
        } catch (IOException | RuntimeException | Error e) {
            failure = String.valueOf(e);
            LoggerFactory.getLogger(UdpRelay.class).error("The relay of nodes ended: nothing is carried any more", e);
        }
    }

    private void receive(Member to) {
        try {
            while (true) {
                buffer.clear();
                var source = (InetSocketAddress) to.socket().receive(buffer);
                if (source == null) {
                    return;
                }
                buffer.flip();
                take(to, source);
            }
        } catch (IOException | CancelledKeyException e) {
            if (to.socket().isOpen()) {
                LoggerFactory.getLogger(UdpRelay.class).debug("Nothing can be read for '{}' now", to.node(), e);
            }
        }
    }

    private void take(Member to, InetSocketAddress source) {
        Member from = sender(to.plane(), source.getPort());
        if (from == null) {
            ofNobody.incrementAndGet();
            return;
        }
        if (from.node().equals(to.node())) {
            return; // a node that tries its own address
        }
        var direction = direction(from.node(), to.node());
        long due = direction.take(to.plane(), clock.nanos(), buffer.remaining());
        if (due == Direction.NEVER) {
            return;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        if (waiting.size() >= MOST_WAITING) {
            direction.drop(to.plane());
            return;
        }
        waiting.add(new Waiting(due, order++, direction, from, to, bytes));
    }

    private @Nullable Member sender(Plane plane, int port) {
        synchronized (members) {
            for (Member member : plane(plane).values()) {
                if (member.address().getPort() == port) {
                    return member;
                }
            }
        }
        return null;
    }

    /** Sends what is due, and returns for how many milliseconds nothing else will be; 0 for as long as one likes. */
    private long deliver() {
        long now = clock.nanos();
        for (Waiting next = waiting.peek(); next != null; next = waiting.peek()) {
            if (next.due() > now) {
                return Math.max(1, (next.due() - now + MILLI - 1) / MILLI);
            }
            waiting.remove();
            send(next);
        }
        return 0;
    }

    private static void send(Waiting due) {
        Plane plane = due.to().plane();
        if (!due.direction().arrive(plane)) {
            return;
        }
        try {
            if (due.from().socket().send(ByteBuffer.wrap(due.bytes()), due.to().address()) == 0
                    && due.bytes().length > 0) {
                due.direction().overflow(plane);
            }
        } catch (IOException e) {
            due.direction().overflow(plane); // one of the two is gone
        }
    }

    /** Carries nothing any more, and lets go of all ports. Idempotent. */
    @Override
    public void close() {
        closed = true;
        List<String> nodes = new ArrayList<>();
        synchronized (members) {
            members.values().forEach(each -> nodes.addAll(each.keySet()));
        }
        nodes.forEach(this::dismiss);
        boolean interrupted = false;
        selector.wakeup();
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(UdpRelay.class).debug("A selector does not close", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
