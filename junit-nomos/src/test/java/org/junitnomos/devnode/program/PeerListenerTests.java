package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.mantle.HeaderId;

/** Connections of whoever finds the port. */
class PeerListenerTests {
    private static final HeaderId CHAIN = TestBlocks.ROOT;
    private static final byte[] GREETING = PeerCodec.encode(new PeerCodec.Greeting(CHAIN, "validator-1"));

    @TempDir
    Path directory;

    private final List<Socket> open = new ArrayList<>();
    private ProgramLog log;
    private PeerListener listener;

    @BeforeEach
    void log() throws Exception {
        log = new ProgramLog(directory.resolve("log"), Map.of(), new SystemTime(Instant.now()));
    }

    @AfterEach
    void stop() throws IOException {
        listener.stop();
        log.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void listen(long greetingMillis) throws IOException {
        var self = new PeerCodec.Greeting(CHAIN, "validator-0");
        listener = new PeerListener(self, Set.of("validator-1"), "127.0.0.1", 0, log, greetingMillis);
        listener.start((peer, message, done) -> done.run());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        open.add(socket);
        return socket;
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void whoNeverSaysAllOfItsGreetingIsCutOff() throws Exception {
        listen(1_000);
        Socket slow = connect();
        slow.setTcpNoDelay(true);

        // A byte comes before each read could run into its own time-out.
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    try {
                        slow.getOutputStream().write(GREETING[0]);
                        return false;
                    } catch (SocketException cutOff) {
                        return true;
                    }
                });
    }

    @Test
    void whoHasGreetedIsNotCutOff() throws Exception {
        listen(200);
        Socket peer = connect();
        peer.getOutputStream().write(GREETING);
        assertThat(PeerCodec.readGreeting(peer.getInputStream()).name()).isEqualTo("validator-0");
        Socket silent = connect();
        assertThat(isClosed(silent)).isTrue(); // its deadline is later than that of the peer

        byte[] message = PeerCodec.encode(new org.junitnomos.devnode.PeerMessage.BlockRequest(CHAIN, List.of()));
        peer.getOutputStream().write(message);

        await().atMost(Duration.ofSeconds(60)).until(() -> listener.received() == 1);
    }

    @Test
    void strangersAreFew() throws Exception {
        listen(600_000);
        for (int i = 0; i < PeerListener.MAX_STRANGERS; i++) {
            connect();
        }
        assertThat(isClosed(connect())).isTrue();
        assertThat(listener.refused()).isEqualTo(1);

        open.get(0).close();

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            Socket peer = connect();
            peer.getOutputStream().write(GREETING);
            return !isClosed(peer);
        });
    }

    @Test
    void aNameIsLoggedOnOneLine() throws Exception {
        listen(600_000);
        Socket stranger = connect();
        stranger.getOutputStream().write(PeerCodec.encode(new PeerCodec.Greeting(CHAIN, "x\n2026 ERROR \u001b[2J")));
        while (stranger.getInputStream().read() >= 0) {
            continue; // until it is cut off
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> listener.refused() == 1);
        listener.stop();
        log.close();
        assertThat(Files.readString(directory.resolve("log"))).contains("'x\\u000a2026 ERROR \\u001b[2J' of chain");
    }
}
