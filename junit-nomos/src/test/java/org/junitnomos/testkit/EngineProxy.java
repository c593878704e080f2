package org.junitnomos.testkit;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.engine.EngineAddress;

/** Stands at a Unix socket before a real engine, which others need, so that a test can take it away and give it back. */
public final class EngineProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Path socket;
    private final EngineAddress engine;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final Object gate = new Object();
    private boolean muted;
    private volatile @Nullable ServerSocketChannel server;

    /**
     * Begin to forward.
     *
     * @param socket short enough for a socket, 100 characters
     * @param engine which listens at a Unix socket, too
     */
    public EngineProxy(Path socket, EngineAddress engine) throws IOException {
        this.socket = socket;
        this.engine = engine;
        giveBack();
    }

    /** Where it listens, as {@code DOCKER_HOST} would say it. */
    public String address() {
        return "unix://" + socket;
    }

    /** Go on as before, if it was cut or muted. */
    public void giveBack() throws IOException {
        synchronized (gate) {
            muted = false;
            gate.notifyAll();
        }
        if (server != null) {
            return;
        }
        var opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        opened.bind(UnixDomainSocketAddress.of(socket));
        server = opened;
        start(() -> accept(opened));
    }

    /** End all connections and refuse new ones, as an engine that was stopped. */
    public void cut() throws IOException {
        var open = server;
        server = null;
        if (open != null) {
            open.close();
        }
        Files.deleteIfExists(socket);
        for (var connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    /** Accept everything and answer nothing, as an engine that hangs. */
    public void mute() {
        synchronized (gate) {
            muted = true;
        }
    }

    private static void start(Runnable body) {
        var thread = new Thread(body, "engine-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel from) {
        while (from.isOpen()) {
            try {
                var near = from.accept();
                var far = SocketChannel.open(UnixDomainSocketAddress.of(engine.path()));
                connections.add(near);
                connections.add(far);
                var halves = new Phaser(2) {
                    @Override
                    protected boolean onAdvance(int phase, int parties) {
                        close(near);
                        close(far);
                        return true;
                    }
                };
                start(() -> pump(near, far, halves));
                start(() -> pump(far, near, halves));
            } catch (IOException e) {
                continue; // it was cut
            }
        }
    }

    private void pump(ByteChannel from, SocketChannel to, Phaser halves) {
        var buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                awaitOpenGate();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            close(to);
        } finally {
            halves.arrive();
        }
    }

    private void awaitOpenGate() throws InterruptedException {
        synchronized (gate) {
            while (muted) {
                gate.wait();
            }
        }
    }

    private void close(SocketChannel channel) {
        connections.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            connections.remove(channel);
        }
    }

    @Override
    public void close() throws IOException {
        giveBack();
        cut();
    }
}
