package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.time.Threads;

/** Over a socket whose other end the test holds, so that lines can come in any pieces. */
class NodeStreamTests {
    /** A thread for each task: the common pool may have one for all of them, and these tasks wait for each other. */
    private static final Executor THREADS =
            task -> Threads.factory("test").newThread(task).start();

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n";

    private final NodeClients clients = NodeClients.overHttp();
    private final CompletableFuture<Socket> accepted = new CompletableFuture<>();
    private ServerSocket server;
    private NodeClient client;
    private String answer = HEAD;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        client = clients.client(
                new NodeEndpoint("node-1", URI.create("http://127.0.0.1:" + server.getLocalPort()), null));
        Thread thread = new Thread(this::accept);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            Socket socket = server.accept();
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (!reader.readLine().isEmpty()) {
                // the head of the request
            }
            write(socket, answer);
            accepted.complete(socket);
        } catch (IOException e) {
            accepted.completeExceptionally(e);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void send(String text) throws Exception {
        write(
                accepted.get(),
                Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n");
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private static String line(int height) {
        return "{\"height\":" + height + ",\"header_id\":\""
                + WireFixtures.id(height).toHex() + "\"}\n";
    }

    @Test
    void readsLinesThatComeInPieces() throws Exception {
        try (NodeStream<FinalizedBlock> stream = client.libStream()) {
            send(line(1) + "\n" + line(2) + line(3).substring(0, 20));
            send(line(3).substring(20));

            for (int height = 1; height <= 3; height++) {
                assertThat(stream.next(LONG)).contains(new FinalizedBlock(height, WireFixtures.id(height)));
            }
            assertThat(stream.next(Duration.ofMillis(20))).isEmpty();
            assertThat(stream.hasEnded()).isFalse();
        }
    }

    @Test
    void endsWithTheAnswer() throws Exception {
        try (NodeStream<FinalizedBlock> stream = client.libStream()) {
            send(line(1));
            write(accepted.get(), "0\r\n\r\n");

            assertThat(stream.next(LONG)).isPresent();
            assertThat(stream.next(LONG)).isEmpty();
            assertThat(stream.hasEnded()).isTrue();
            assertThat(stream.next(LONG)).isEmpty();
        }
    }

    @Test
    void saysThatTheConnectionBroke() throws Exception {
        try (NodeStream<FinalizedBlock> stream = client.libStream()) {
            send(line(1));
            accepted.get().close();

            assertThat(stream.next(LONG)).isPresent();
            assertThatThrownBy(() -> stream.next(LONG))
                    .isInstanceOf(NodeApiException.class)
                    .hasMessageContaining("/cryptarchia/lib-stream on node 'node-1' failed: the connection broke");
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void goesOnAfterALineOfTheWrongShape() throws Exception {
        try (NodeStream<FinalizedBlock> stream = client.libStream()) {
            send("{\"height\":true}\n" + line(2));

            assertThatThrownBy(() -> stream.next(LONG))
                    .hasMessageContaining("malformed: field 'height': expected a whole number but was true");
            assertThat(stream.next(LONG)).contains(new FinalizedBlock(2, WireFixtures.id(2)));
        }
    }

    @Test
    void readsNewlyAppliedBlocks() throws Exception {
        Block block = WireFixtures.block(WireFixtures.GENESIS, 4, WireFixtures.transfer(9));
        try (NodeStream<ApiBlock> stream = client.blockStream()) {
            send(new String(MantleJson.encodeApi(block), StandardCharsets.UTF_8) + "\n");

            assertThat(stream.next(LONG)).get().satisfies(found -> {
                assertThat(found.id()).isEqualTo(block.id());
                assertThat(found.transactions()).isEqualTo(block.transactions());
            });
        }
    }

    @Test
    void failsToOpenWhereTheNodeHasNoSuchRoute() {
        answer = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

        assertThatThrownBy(client::libStream)
                .isInstanceOf(NodeApiException.class)
                .hasMessageContaining("expected status 200 but was 404");
    }

    @Test
    void doesNotWaitForeverForTheStreamToOpen() {
        answer = "HTTP/1.1 200 OK\r\n";

        assertThatThrownBy(() -> client.withTimeout(Duration.ofMillis(100)).libStream())
                .isInstanceOf(NodeApiException.class)
                .hasMessageContaining("no complete answer within 100 ms");
    }

    @Test
    void wakesItsReaderWhenClosed() throws Exception {
        NodeStream<FinalizedBlock> stream = client.libStream();
        CompletableFuture<List<FinalizedBlock>> reader = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return stream.next(LONG).stream().toList();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                THREADS);
        accepted.get();
        client.close();

        assertThat(reader.get()).isEmpty();
        assertThat(stream.hasEnded()).isTrue();
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        NodeStream<FinalizedBlock> stream = client.libStream();
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(candidate -> candidate.getName().equals("nomos-stream-node-1"))
                .findFirst()
                .orElseThrow();
        clients.close();

        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(stream.hasEnded()).isTrue();
    }
}
