package org.junitnomos.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Listens at a Unix socket as an engine does, and answers whatever a test wants. */
public final class FakeEngine implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final Function<String, @Nullable String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> mute = new CopyOnWriteArrayList<>();

    /**
     * Listen.
     *
     * @param socket short enough for a socket, 100 characters
     * @param answers the bytes for a request line such as {@code GET /_ping}; null to stay mute
     */
    public FakeEngine(Path socket, Function<String, @Nullable String> answers) throws IOException {
        this.socket = socket;
        this.answers = answers;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var thread = new Thread(this::serve, "fake-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** Write an answer with a length. */
    public static String answer(int status, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Length: " + length + "\r\n\r\n" + body;
    }

    /** Answer the two questions that every engine is asked first; nothing else. */
    public static @Nullable String introduction(
            String request, String version, String api, String system, String arch) {
        return switch (request) {
            case "GET /_ping" -> answer(200, "OK");
            case "GET /version" ->
                answer(
                        200,
                        "{\"Version\":\"%s\",\"ApiVersion\":\"%s\",\"Os\":\"%s\",\"Arch\":\"%s\"}"
                                .formatted(version, api, system, arch));
            default -> null;
        };
    }

    /** Where it listens, as {@code DOCKER_HOST} would say it. */
    public String address() {
        return "unix://" + socket;
    }

    /** Method and target of everything that was asked. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                String request = request(connection);
                requests.add(request);
                String answer = answers.apply(request);
                if (answer == null) {
                    mute.add(connection);
                } else {
                    try (connection) {
                        var bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
                        while (bytes.hasRemaining()) {
                            connection.write(bytes);
                        }
                    }
                }
            } catch (IOException e) {
                continue; // whoever asked went away, or the test is over
            }
        }
    }

    private static String request(SocketChannel connection) throws IOException {
        var request = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(4096);
        while (!request.toString(StandardCharsets.US_ASCII).contains("\r\n\r\n") && connection.read(buffer) >= 0) {
            buffer.flip();
            request.write(buffer.array(), 0, buffer.limit());
            buffer.clear();
        }
        String line = request.toString(StandardCharsets.US_ASCII).split("\r\n")[0];
        return line.replaceFirst(" HTTP/1\\.1$", "");
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        for (var connection : mute) {
            connection.close();
        }
    }
}
