package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerSenderTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ProgramLog log;
    private ServerSocket server;
    private PeerSender sender;

    @BeforeEach
    void start() throws Exception {
        log = new ProgramLog(directory.resolve("node.log"), Map.of(), new SystemTime(Instant.EPOCH));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        String address = server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
        sender = new PeerSender(TestBlocks.ROOT, "validator-0", "validator-1", PeerAddress.parse(address), log);
        sender.start();
    }

    @AfterEach
    void stop() throws Exception {
        sender.stop();
        server.close();
        log.close();
    }

    /** Wait for a connection of the sender and greet it as its peer. */
    private Socket accept() throws IOException {
        Socket connection = server.accept();
        assertThat(PeerCodec.readGreeting(connection.getInputStream()).name()).isEqualTo("validator-0");
        connection.getOutputStream().write(PeerCodec.encode(new PeerCodec.Greeting(TestBlocks.ROOT, "validator-1")));
        return connection;
    }

    private void awaitConnected() {
        await().atMost(PATIENCE).until(() -> sender.status().connected());
    }

    @Test
    void opensItsConnectionAnewWhenItIsTold() throws Exception {
        try (var first = accept()) {
            awaitConnected();

            sender.reconnect();

            assertThat(first.getInputStream().read()).isEqualTo(-1);
            accept().close();
        }
    }

    @Test
    void countsAttemptsThatFindNobody() throws Exception {
        try (var connection = accept()) {
            awaitConnected();
            assertThat(sender.status().unreachable()).isZero();
            server.close();
        }

        await().atMost(PATIENCE).until(() -> sender.status().unreachable() > 1);
        assertThat(sender.status().connected()).isFalse();
    }

    @Test
    void countsNobodyWhoIsThereAndDoesNotGreet() throws Exception {
        try (var first = server.accept()) {
            first.close();
            try (var second = server.accept()) {
                assertThat(second.isConnected()).isTrue();
                assertThat(sender.status().unreachable()).isZero();
            }
        }
    }
}
