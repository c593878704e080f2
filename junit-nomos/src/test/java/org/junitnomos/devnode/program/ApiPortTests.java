package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApiPortTests {
    private static ApiPort bind(int number) throws Exception {
        return ApiPort.bind("validator-0", "127.0.0.1", number, (level, text) -> {});
    }

    private static void assertFree(URI url) throws Exception {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // only who listens is in the way
            socket.bind(new InetSocketAddress(url.getHost(), url.getPort()));
        }
    }

    @Test
    void givesBackAPortAtWhichNobodyEverAnswered() throws Exception {
        var port = bind(0);
        port.close();
        port.close();
        assertFree(port.url());
    }

    @Test
    void endsAStreamThatTheCoreNeverEnds() throws Exception {
        var port = bind(0);
        var left = new CompletableFuture<ApiResponse.LineSource>();
        var lines = new ApiResponse.LineSource() {
            @Override
            public void begin(Consumer<byte[]> sink, Runnable end) {
                sink.accept("first".getBytes(StandardCharsets.US_ASCII));
            }

            @Override
            public void close() {}
        };
        port.start(new ApiPort.Core() {
            @Override
            public void ask(ApiRequest request, Consumer<ApiResponse> answer) {
                answer.accept(new ApiResponse(200, "application/x-ndjson", new byte[0], lines));
            }

            @Override
            public void leave(ApiResponse.LineSource gone) {
                left.complete(gone);
            }
        });
        try (var socket = new Socket("127.0.0.1", port.url().getPort());
                var reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(reader.lines().anyMatch("first"::equals)).isTrue();

            port.close();

            assertThat(left.get()).isSameAs(lines);
        }
        assertFree(port.url());
    }

    @Test
    void leavesPropertiesOfTheJvmAlone() throws Exception {
        var before = System.getProperties().clone();
        bind(0).close();
        assertThat(System.getProperties()).isEqualTo(before);
    }
}
