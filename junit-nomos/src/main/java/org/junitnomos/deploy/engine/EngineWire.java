package org.junitnomos.deploy.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junitnomos.deploy.engine.EngineUnreachableException.Reason;
import org.junitnomos.time.Stopwatch;

/** One connection to an engine that never waits beyond its limit, which Unix sockets cannot do by themselves. */
final class EngineWire implements Closeable {
    private final EngineAddress address;
    private final Duration limit;
    private final Stopwatch watch = new Stopwatch();
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private EngineWire(EngineAddress address, Duration limit, SocketChannel channel, Selector selector)
            throws IOException {
        this.address = address;
        this.limit = limit;
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    /** Connects; everything up to the last byte read must happen within the limit. */
    static EngineWire open(EngineAddress address, Duration limit) throws IOException {
        var target = target(address);
        SocketChannel channel = null;
        Selector selector = null;
        try {
            channel = address.isUnix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            selector = Selector.open();
            var wire = new EngineWire(address, limit, channel, selector);
            if (!channel.connect(target)) {
                wire.await(SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            return wire;
        } catch (IOException e) {
            if (selector != null) {
                selector.close();
            }
            if (channel != null) {
                channel.close();
            }
            throw e instanceof EngineUnreachableException ? e : unreachable(address, e);
        }
    }

    private static SocketAddress target(EngineAddress address) throws IOException {
        if (!address.isUnix()) {
            var target = new InetSocketAddress(address.host(), address.port());
            if (target.isUnresolved()) {
                throw new EngineUnreachableException(
                        Reason.ABSENT, "the host of the engine at " + address + " is not known", null);
            }
            return target;
        }
        var path = Path.of(address.path());
        if (Files.notExists(path)) {
            throw new EngineUnreachableException(Reason.ABSENT, "there is no socket " + path, null);
        }
        return UnixDomainSocketAddress.of(path);
    }

    static EngineUnreachableException unreachable(EngineAddress address, IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("permission denied") || text.contains("not permitted")) {
            return new EngineUnreachableException(
                    Reason.FORBIDDEN,
                    "user '" + System.getProperty("user.name") + "' must not use the socket " + address,
                    cause);
        }
        if (text.contains("no such file")) {
            return new EngineUnreachableException(Reason.ABSENT, "there is no socket " + address, cause);
        }
        if (cause instanceof ConnectException || text.contains("refused")) {
            return new EngineUnreachableException(Reason.REFUSED, "nobody listens at " + address, cause);
        }
        return new EngineUnreachableException(
                Reason.ABSENT, "no connection to " + address + " (" + cause.getMessage() + ")", cause);
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** Reads what is there, at least one byte; -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        int count = channel.read(into);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(into);
        }
        return count;
    }

    private void await(int operation) throws IOException {
        long left = limit.toMillis() - Duration.ofNanos(watch.nanos()).toMillis();
        key.interestOps(operation);
        if (left <= 0 || selector.select(left) == 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the engine at " + address);
            }
            throw new EngineUnreachableException(
                    Reason.SILENT,
                    "the engine at " + address + " does not answer within " + limit.toMillis() + " ms",
                    null);
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
