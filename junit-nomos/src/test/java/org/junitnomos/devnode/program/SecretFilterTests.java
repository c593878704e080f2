package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A testing port answers those of its run alone. */
class SecretFilterTests {
    private static final String SECRET = "00112233445566778899aabbccddeeff";

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger handled = new AtomicInteger();
    private HttpPort port;

    @BeforeEach
    void start() throws Exception {
        port = new HttpPort("testing", "127.0.0.1", 0, (level, text) -> {});
        port.start(
                request -> {
                    handled.incrementAndGet();
                    return CompletableFuture.completedFuture(Reply.text(200, request.path()));
                },
                new SecretFilter(SECRET));
    }

    @AfterEach
    void stop() {
        port.stop();
    }

    private HttpResponse<String> ask(String method, String path, @Nullable String authorization, byte[] body)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
                .method(method, BodyPublishers.ofByteArray(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void letsThroughWhoKnowsTheSecret() throws Exception {
        var answer = ask("POST", "/test/dev/links", "Bearer " + SECRET, new byte[] {1});

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("/test/dev/links");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer 00112233445566778899aabbccddeefe",
                "Bearer 00112233445566778899aabbccddeeff0",
                "Basic 00112233445566778899aabbccddeeff",
                "00112233445566778899aabbccddeeff"
            })
    void refusesAllOthersBeforeAnythingIsDone(@Nullable String authorization) throws Exception {
        var answer = ask("POST", "/test/dev/links", authorization, new byte[1_000]);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).isEqualTo("This port wants the secret of its run, as Authorization: Bearer.");
        assertThat(handled).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics/../test/dev/links", "/metrics/", "/%6detrics2"})
    void takesNothingElseForMetrics(String path) throws Exception {
        assertThat(ask("GET", path, null, new byte[0]).statusCode()).isEqualTo(401);
        assertThat(handled).hasValue(0);
    }

    @Test
    void givesMetricsToAnybody() throws Exception {
        assertThat(ask("GET", "/metrics", null, new byte[0]).body()).isEqualTo("/metrics");
    }

    @Test
    void refusesAQuestionForHeadersAlone() throws Exception {
        assertThat(ask("HEAD", "/test/dev/links", null, new byte[0]).statusCode())
                .isEqualTo(401);
    }
}
