package org.junitnomos.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.engine.EngineUnreachableException.Reason;
import org.junitnomos.testkit.FakeEngine;

class EngineHttpTests {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private EngineAnswer ask(@Nullable String answer, Duration limit) throws IOException {
        try (var engine = new FakeEngine(directory.resolve("d.sock"), request -> answer)) {
            return new EngineHttp(new EngineAddress(engine.address())).send("GET", "/containers/json", limit);
        }
    }

    @Nested
    class Answers {
        @Test
        void withALengthAreReadToTheirLastByte() throws IOException {
            var answer = ask("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 6\r\n\r\n[\"ä\"]AND MORE", LONG);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.isSuccess()).isTrue();
            assertThat(answer.headers()).isEqualTo(Map.of("api-version", "1.41", "content-length", "6"));
            assertThat(answer.body()).isEqualTo("[\"ä\"]");
        }

        @Test
        void inChunksArePutTogether() throws IOException {
            var answer = ask(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\n[1,\r\nA;name=value\r\n2,        \r\n2\r\n3]\r\n0\r\n\r\n",
                    LONG);
            assertThat(answer.body()).isEqualTo("[1,2,        3]");
        }

        @Test
        void withoutALengthEndWithTheConnection() throws IOException {
            assertThat(ask("HTTP/1.0 200 OK\r\n\r\nOK", LONG).body()).isEqualTo("OK");
        }

        @Test
        void withoutContentHaveNoBody() throws IOException {
            var answer = ask("HTTP/1.1 204 No Content\r\n\r\nwhatever", LONG);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.isSuccess()).isTrue();
        }

        @Test
        void thatRefuseSayWhy() throws IOException {
            var answer = ask(FakeEngine.answer(500, "{\"message\":\"no space left on device\"}\n"), LONG);
            assertThat(answer.isSuccess()).isFalse();
            assertThat(answer.problem()).isEqualTo("status 500: no space left on device");
        }

        @Test
        void thatRefuseInAnotherLanguageAreQuoted() throws IOException {
            assertThat(ask(FakeEngine.answer(502, "<html>proxy</html>"), LONG).problem())
                    .isEqualTo("status 502: <html>proxy</html>");
        }

        @Test
        void comeOverTcpToo() throws Exception {
            try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                var thread = new Thread(() -> {
                    try (var connection = server.accept()) {
                        connection.getInputStream().read(new byte[1000]);
                        connection
                                .getOutputStream()
                                .write(FakeEngine.answer(200, "OK").getBytes());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                thread.start();
                var address = EngineAddress.parse("tcp://127.0.0.1:" + server.getLocalPort(), false);
                assertThat(new EngineHttp(address).send("GET", "/_ping", LONG).body())
                        .isEqualTo("OK");
                thread.join();
            }
        }
    }

    @Nested
    class WrongAnswers {
        private void assertNotUnderstood(String answer, String why) {
            assertThatThrownBy(() -> ask(answer, LONG))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(EngineUnreachableException.class)
                    .hasMessage(
                            "the engine at unix://" + directory.resolve("d.sock") + " cannot be understood: " + why);
        }

        @Test
        void ofAnotherProtocolAreRefused() {
            assertNotUnderstood(
                    "SSH-2.0-OpenSSH_9.2\r\n", "it speaks no HTTP/1.1, its first line is 'SSH-2.0-OpenSSH_9.2'");
        }

        @Test
        void thatEndInALineAreRefused() {
            assertNotUnderstood("HTTP/1.1 200 OK\r\nContent-Le", "its answer ends in the middle of a line");
            assertNotUnderstood("", "its answer ends in the middle of a line");
        }

        @Test
        void thatEndInTheBodyAreRefused() {
            assertNotUnderstood("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1", "its answer ends 8 bytes early");
        }

        @Test
        void thatEndInAChunkAreRefused() {
            assertNotUnderstood(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n[1,2", "its answer ends 4 bytes early");
        }

        @Test
        void withoutANumberForALengthAreRefused() {
            assertNotUnderstood("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "its content length is '-1'");
            assertNotUnderstood(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "its length of a chunk is 'xyz'");
        }

        @Test
        void thatWouldFillTheHeapAreRefused() {
            String tooLarge = "its answer has more than 4000000 bytes";
            assertNotUnderstood("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n[", tooLarge);
            assertNotUnderstood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n[", tooLarge);
            assertNotUnderstood("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(4_100_000), tooLarge);
            assertNotUnderstood("HTTP/1.1 200 " + "x".repeat(100_000), tooLarge);
            assertNotUnderstood("HTTP/1.1 200 OK\r\n" + "X-Filler: x\r\n".repeat(400_000), tooLarge);
        }
    }

    @Nested
    class NobodyAnswers {
        private EngineUnreachableException failure(EngineAddress address) {
            return failure(address, LONG);
        }

        private EngineUnreachableException failure(EngineAddress address, Duration limit) {
            return catchThrowableOfType(
                    EngineUnreachableException.class, () -> new EngineHttp(address).send("GET", "/_ping", limit));
        }

        @Test
        void becauseThereIsNoSocket() {
            var failure = failure(new EngineAddress("unix://" + directory.resolve("none")));
            assertThat(failure).hasMessage("there is no socket " + directory.resolve("none"));
            assertThat(failure.reason()).isEqualTo(Reason.ABSENT);
        }

        @Test
        void becauseNobodyListensAtTheSocket() throws IOException {
            Path path = directory.resolve("left");
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path));
            }
            var failure = failure(new EngineAddress("unix://" + path));
            assertThat(failure).hasMessage("nobody listens at unix://" + path);
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        }

        @Test
        void becauseNobodyListensAtThePort() throws IOException {
            int port;
            try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = server.getLocalPort();
            }
            var failure = failure(new EngineAddress("tcp://127.0.0.1:" + port));
            assertThat(failure).hasMessage("nobody listens at tcp://127.0.0.1:" + port);
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        }

        @Test
        void becauseTheUserMustNot() {
            var denied = new SocketException("Permission denied");
            var failure = EngineWire.unreachable(EngineAddress.DEFAULT, denied);
            assertThat(failure)
                    .hasMessage("user '" + System.getProperty("user.name")
                            + "' must not use the socket unix:///var/run/docker.sock");
            assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
        }

        @Test
        void becauseItIsMute() {
            var failure = catchThrowableOfType(EngineUnreachableException.class, () -> ask(null, SHORT));
            assertThat(failure)
                    .hasMessage(
                            "the engine at unix://" + directory.resolve("d.sock") + " does not answer within 300 ms");
            assertThat(failure.reason()).isEqualTo(Reason.SILENT);
        }

        @Test
        void becauseItStopsInTheMiddle() throws Exception {
            Path path = directory.resolve("slow");
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(path)); // nobody accepts; the system does
                assertThat(failure(new EngineAddress("unix://" + path), SHORT).reason())
                        .isEqualTo(Reason.SILENT);
            }
        }

        @Test
        void becauseALibraryWouldHaveToAsk() {
            assertThatThrownBy(() -> new EngineHttp(new EngineAddress("tls://127.0.0.1:2376")).send("GET", "/", SHORT))
                    .hasMessage("the engine at tls://127.0.0.1:2376 cannot be asked without a library");
        }
    }
}
