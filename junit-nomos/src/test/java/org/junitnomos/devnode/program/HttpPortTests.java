package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams over real sockets: readers that are slow, and readers that vanish. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpPortTests {
    private static final byte[] LINE = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private final LineQueue lines = new LineQueue();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private ProgramLog log;
    private HttpPort port;

    @BeforeEach
    void start() throws Exception {
        log = new ProgramLog(directory.resolve("log"), Map.of(), new SystemTime(Instant.now()));
        port = new HttpPort("api", "127.0.0.1", 0, log::program);
        port.start(request -> {
            if (!request.path().equals("/stream")) {
                return CompletableFuture.completedFuture(Reply.text(200, "here"));
            }
            opened.countDown();
            return CompletableFuture.completedFuture(
                    new Reply(200, new TreeMap<>(), new byte[0], lines, released::countDown));
        });
    }

    @AfterEach
    void stop() {
        port.stop();
        log.close();
    }

    private Socket connect(String path) throws IOException, InterruptedException {
        Socket socket = new Socket("127.0.0.1", port.port());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        if (path.equals("/stream")) {
            assertThat(opened.await(20, TimeUnit.SECONDS)).isTrue();
        }
        return socket;
    }

    @Test
    void aSlowSenderOfALargeBodyHoldsUpNobodyElse() throws Exception {
        byte[] large = new byte[2 * 1024 * 1024];
        byte[] head = ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + large.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket slow = new Socket("127.0.0.1", port.port());
                Socket other = new Socket("127.0.0.1", port.port())) {
            slow.getOutputStream().write(head);
            slow.getOutputStream().write(large, 0, large.length - 1);

            other.getOutputStream().write(head);
            other.getOutputStream().write(large);

            var answer = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private void assertHealthy() throws Exception {
        try (Socket other = connect("/");
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void cutsOffAReaderThatDoesNotRead() throws Exception {
        try (Socket reader = connect("/stream")) {
            int added = addUntilRefused();

            assertThat(added).isBetween(40, 200);
            assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.take()).isNull();
            assertHealthy();
            assertThat(reader.isClosed()).isFalse();
        }
    }

    /** Add lines, never waiting for the reader. */
    private int addUntilRefused() {
        for (int added = 0; ; added++) {
            try {
                lines.add(LINE);
            } catch (IllegalStateException refused) {
                assertThat(refused).hasMessage("The reader of a stream is 4194304 bytes behind.");
                return added;
            }
        }
    }

    @Test
    void noticesAReaderThatVanished() throws Exception {
        connect("/stream").close();

        await().until(() -> {
            lines.add(new byte[] {'x'});
            return released.getCount() == 0;
        });
        assertHealthy();
    }

    @Test
    void givesAReaderEveryLineAndTheEnd() throws Exception {
        try (Socket reader = connect("/stream")) {
            for (String line : List.of("one", "two")) {
                lines.add(line.getBytes(StandardCharsets.US_ASCII));
            }
            lines.end();
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.US_ASCII));

            assertThat(answer.lines().takeWhile(line -> !line.equals("0")).filter(line -> line.length() == 3))
                    .containsExactly("one", "two");
            assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void answersOthersWhileManyRequestsAreSlow() throws Exception {
        Socket[] slow = new Socket[60];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = new Socket("127.0.0.1", port.port());
            slow[i].getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n123"
                            .getBytes(StandardCharsets.US_ASCII));
        }

        assertHealthy();
        for (Socket socket : slow) {
            socket.close();
        }
        assertHealthy();
    }
}
