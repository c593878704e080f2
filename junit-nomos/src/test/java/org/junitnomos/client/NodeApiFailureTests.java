package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.client.NodeApiException.Kind;

class NodeApiFailureTests {

    private static final String ID = "7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03";

    private final MockWebServer server = new MockWebServer();
    private final NodeClients clients = NodeClients.overHttp();
    private NodeClient client;
    private String address;

    @BeforeEach
    void start() throws Exception {
        server.start();
        address = "http://127.0.0.1:" + server.getPort();
        client = clients.client(new NodeEndpoint("node-1", URI.create(address), null));
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse().setResponseCode(status).setBody(body));
    }

    private static NodeApiException failureOf(ThrowingCallable call) {
        return catchThrowableOfType(NodeApiException.class, call);
    }

    @Test
    void quotesTheBodyOfAnAnswerThatIsNot200() {
        answer(422, "Failed to deserialize the JSON body into the target type:\n\tops_proofs");

        NodeApiException failure = failureOf(() -> client.submit(WireFixtures.transfer(1)));

        assertThat(failure.getMessage().replaceAll("after [0-9.]+ m?s", "after T"))
                .isEqualTo("POST " + address + "/mempool/add/tx on node 'node-1' failed: expected status 200 but was"
                        + " 422 after T; body (69 bytes): Failed to deserialize the JSON body into the target type:"
                        + "  ops_proofs");
        assertThat(failure.kind()).isEqualTo(Kind.STATUS);
        assertThat(failure.status()).isEqualTo(422);
        assertThat(failure.node()).isEqualTo("node-1");
        assertThat(failure.reason())
                .isEqualTo("status 422: Failed to deserialize the JSON body into the target type:  ops_proofs");
        assertThat(failure.body()).startsWith("Failed to deserialize");
    }

    @Test
    void showsTheControlCharactersOfAnAnswerByTheirNumbers() {
        answer(500, "a\u001b[2J\u202eb\u0085");
        answer(200, "{\"a\u202e\":1}");

        NodeApiException refused = failureOf(client::cryptarchiaInfo);
        NodeApiException malformed = failureOf(client::networkInfo);

        assertThat(refused).hasMessageEndingWith(": a\\u001b[2J\\u202eb\\u0085");
        assertThat(refused.reason()).isEqualTo("status 500: a\\u001b[2J\\u202eb\\u0085");
        assertThat(refused.body()).isEqualTo("a\\u001b[2J\\u202eb\\u0085");
        assertThat(malformed).hasMessageContaining("\\u202e").message().doesNotContain("\u202e");
    }

    @ParameterizedTest
    @CsvSource({"201", "204", "301", "400", "404", "408", "413", "415", "429", "500", "503"})
    void takesNothingBut200ForSuccess(int status) {
        server.enqueue(new MockResponse().setResponseCode(status));

        NodeApiException failure = failureOf(client::cryptarchiaInfo);

        assertThat(failure)
                .hasMessageContaining("expected status 200 but was " + status)
                .hasMessageEndingWith("; empty body");
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.reason()).isEqualTo("status " + status);
    }

    @Test
    void namesTheMethodsThatAPathTakes() {
        List<ThrowingCallable> calls = List.of(client::cryptarchiaInfo, client::libStream);
        for (ThrowingCallable call : calls) {
            server.enqueue(new MockResponse().setResponseCode(405).addHeader("allow", "POST"));

            assertThat(failureOf(call))
                    .hasMessageContaining("expected status 200 but was 405 (the path takes POST only)");
        }
    }

    @Test
    void doesNotAskAgainOnItsOwnAccount() {
        server.enqueue(new MockResponse().setResponseCode(503).addHeader("retry-after", "0"));

        assertThat(failureOf(client::cryptarchiaInfo).status()).isEqualTo(503);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void cutsALongBodyBetweenCharacters() {
        answer(500, "x".repeat(511) + "é".repeat(2000));

        NodeApiException failure = failureOf(client::cryptarchiaInfo);

        assertThat(failure).hasMessageEndingWith("body (first 512 of 4511 bytes): " + "x".repeat(511));
        assertThat(failure.body()).hasSize(511 + 1792).endsWith("é");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        NodeEndpoint nobody = new NodeEndpoint("node-7", URI.create("http://127.0.0.1:" + port), null);

        NodeApiException failure = failureOf(() -> clients.client(nobody).cryptarchiaInfo());

        assertThat(failure)
                .hasMessageStartingWith("GET http://127.0.0.1:" + port
                        + "/cryptarchia/info on node 'node-7' failed: connection refused after ");
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.status()).isZero();
        assertThat(failure.reason()).isEqualTo("connection refused");
    }

    @Test
    void doesNotWaitLongerThanItsLimit() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));

        NodeApiException failure =
                failureOf(() -> client.withTimeout(Duration.ofMillis(150)).cryptarchiaInfo());

        assertThat(failure).hasMessageContaining("failed: no complete answer within 150 ms after ");
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.reason()).isEqualTo("no complete answer within 150 ms");
    }

    @Test
    void countsTheBodyIntoItsLimit() {
        server.enqueue(new MockResponse().setBody("x".repeat(100_000)).throttleBody(1_000, 100, TimeUnit.MILLISECONDS));

        NodeApiException failure =
                failureOf(() -> client.withTimeout(Duration.ofMillis(200)).cryptarchiaInfo());

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void saysThatTheConnectionBrokeInTheBody() {
        server.enqueue(new MockResponse()
                .setBody("x".repeat(1_000_000))
                .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));

        NodeApiException failure = failureOf(client::cryptarchiaInfo);

        assertThat(failure).hasMessageContaining("failed: the connection broke before the answer was complete after ");
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.reason()).isEqualTo("the connection broke before the answer was complete");
    }

    @Test
    void doesNotSendATransactionTwice() throws Exception {
        answer(200, "null");
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        answer(200, "null");
        client.submit(WireFixtures.transfer(1));

        NodeApiException failure = failureOf(() -> client.submit(WireFixtures.transfer(2)));

        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|field 'lib' is missing",
                "[]|the document: expected an object but was []",
                "null|the document: expected an object but was null",
                "{'lib':7}|field 'lib': expected a string but was 7",
                "{'lib':'zz'}|field 'lib': expected 64 hexadecimal digits",
                "{'lib':'ID','tip':'ID','slot':'7'}|field 'slot': expected a whole number but was \"7\"",
                "{'lib':'ID','tip':'ID','slot':-1}|field 'slot': expected a number from 0 to 2^64-1 but was -1",
                "{'lib':'ID','tip':'ID','slot':1.5}|field 'slot': expected a whole number but was 1.5",
            })
    void namesTheFieldThatHasTheWrongShape(String body, String problem) {
        answer(200, body.replace("ID", ID).replace('\'', '"'));

        NodeApiException failure = failureOf(client::cryptarchiaInfo);

        assertThat(failure)
                .hasMessageContaining("failed: status was 200 but the answer is malformed: " + problem)
                .hasMessageContaining("; body (");
        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure.reason()).startsWith("malformed answer: ");
    }

    @Test
    void quotesWhatIsNoJson() {
        answer(200, "<html>");

        assertThat(failureOf(client::cryptarchiaInfo))
                .hasMessageContaining("malformed: no JSON: ")
                .hasMessageContaining("at line 1, column ")
                .hasMessageEndingWith("body (6 bytes): <html>");
    }

    @Test
    void namesTheFieldInABlock() {
        answer(200, "{\"header\":{\"version\":\"Bedrock\",\"parent_block\":5}}");

        assertThat(failureOf(() -> client.block(WireFixtures.id(1)))).hasMessageContaining("header.parent_block");
    }

    @Test
    void namesAnElementOfAList() {
        answer(200, "[\"" + ID + "\",7]");

        assertThat(failureOf(() -> client.headers(null, null)))
                .hasMessageContaining("malformed: field '[1]': expected a string but was 7");
    }

    @Test
    void doesNotReadABodyWithoutBound() {
        okio.Buffer body = new okio.Buffer().write(new byte[NodeHttp.LARGEST_BODY + 1]);
        server.enqueue(new MockResponse().setBody(body));

        NodeApiException failure =
                failureOf(() -> client.withTimeout(Duration.ofSeconds(50)).cryptarchiaInfo());

        assertThat(failure).hasMessageContaining("failed: the body is larger than 67108864 bytes after ");
    }

    @Test
    void keepsTheInterruptOfItsThread() {
        Thread.currentThread().interrupt();
        NodeApiException failure = failureOf(client::cryptarchiaInfo);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
        assertThat(failure.reason()).isEqualTo("the calling thread was interrupted");
    }

    @Test
    void endsAnExchangeWhenItsFactoryIsClosed() throws Exception {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        Thread closer = new Thread(() -> {
            try {
                server.takeRequest();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            clients.close();
        });
        closer.start();

        NodeApiException failure = failureOf(client::cryptarchiaInfo);
        closer.join();

        assertThat(failure).hasMessage("node client of 'node-1' is closed");
    }
}
