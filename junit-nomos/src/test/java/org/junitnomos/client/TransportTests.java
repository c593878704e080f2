package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.MantleJson;

class TransportTests {

    private final List<HttpTransport.Request> requests = new ArrayList<>();
    private HttpTransport answering = request -> {
        throw new ConnectException("nobody");
    };
    private final NodeClients clients = NodeClients.over(request -> {
        requests.add(request);
        return answering.exchange(request);
    });
    private final NodeClient client = clients.client(new NodeEndpoint(
            "validator-0", URI.create("http://validator-0:3000"), URI.create("http://validator-0:3001")));

    private static HttpTransport.Response response(int status, String body) {
        return new HttpTransport.Response(
                status, Map.of(), new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void handsOverTheWholeRequest() {
        answering = request -> response(200, "null");
        var transaction = WireFixtures.transfer(4);

        client.submit(transaction);

        byte[] body = MantleJson.encode(transaction);
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.host()).isEqualTo("validator-0:3000");
            assertThat(request.path()).isEqualTo("/mempool/add/tx");
            assertThat(request.contentType()).isEqualTo("application/json");
            assertThat(request.body()).isEqualTo(body);
        });
    }

    @Test
    void handsOverTheQueryAndTellsThePortsApart() {
        answering = request -> response(200, request.path().contains("clock") ? "{\"skew_us\":0}" : "[]");

        client.headers(WireFixtures.id(1), null);
        client.devControl().clockSkew();

        assertThat(requests)
                .extracting(request -> request.method() + " " + request.host() + request.path())
                .containsExactly(
                        "GET validator-0:3000/cryptarchia/headers?from="
                                + WireFixtures.id(1).toHex(),
                        "GET validator-0:3001/test/dev/clock");
    }

    @Test
    void saysNothingOfTimeThatIsNotReal() {
        answering = request -> response(500, "Item already in mempool");

        assertThatThrownBy(() -> client.submit(WireFixtures.transfer(4)))
                .isInstanceOf(NodeApiException.class)
                .hasMessage("POST http://validator-0:3000/mempool/add/tx on node 'validator-0' failed: expected status"
                        + " 200 but was 500; body (23 bytes): Item already in mempool");
    }

    @Test
    void failsAsASocketWould() {
        assertThatThrownBy(client::cryptarchiaInfo)
                .hasMessage("GET http://validator-0:3000/cryptarchia/info on node 'validator-0' failed:"
                        + " connection refused (nobody)");
        answering = request -> {
            throw new SocketTimeoutException("late");
        };
        assertThatThrownBy(client::cryptarchiaInfo)
                .hasMessage("GET http://validator-0:3000/cryptarchia/info on node 'validator-0' failed:"
                        + " no complete answer within 10 s (late)");
        answering = request -> new HttpTransport.Response(200, Map.of(), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        });
        assertThatThrownBy(client::cryptarchiaInfo)
                .hasMessage("GET http://validator-0:3000/cryptarchia/info on node 'validator-0' failed:"
                        + " the connection broke before the answer was complete (reset)");
    }

    @Nested
    class Streams {

        private final Deque<String> pieces = new ArrayDeque<>();
        private boolean closed;
        private final ByteArrayOutputStream waits = new ByteArrayOutputStream();

        private final HttpTransport.StreamBody body = new HttpTransport.StreamBody() {
            private InputStream piece = InputStream.nullInputStream();

            @Override
            public boolean await(Duration timeout) {
                waits.write((int) timeout.toSeconds());
                return !pieces.isEmpty();
            }

            @Override
            public int read() throws IOException {
                throw new IOException("read in bulk");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                String next = pieces.remove();
                if (next.equals("END")) {
                    return -1;
                }
                piece = new ByteArrayInputStream(next.getBytes(StandardCharsets.UTF_8));
                return piece.read(bytes, offset, length);
            }

            @Override
            public void close() {
                closed = true;
            }
        };

        private NodeStream<FinalizedBlock> open() {
            answering = request -> new HttpTransport.Response(200, Map.of(), body);
            return client.libStream();
        }

        private static String line(int height) {
            return "{\"height\":" + height + ",\"header_id\":\""
                    + WireFixtures.id(height).toHex() + "\"}\n";
        }

        @Test
        void waitOnTheTransport() throws Exception {
            NodeStream<FinalizedBlock> stream = open();
            assertThat(stream.next(Duration.ofSeconds(7))).isEmpty();
            pieces.add(line(1).substring(0, 9));
            pieces.add(line(1).substring(9) + line(2));

            assertThat(stream.next(Duration.ofSeconds(8))).contains(new FinalizedBlock(1, WireFixtures.id(1)));
            assertThat(stream.next(Duration.ofSeconds(9))).contains(new FinalizedBlock(2, WireFixtures.id(2)));
            assertThat(waits.toByteArray()).containsExactly(7, 8, 8);
        }

        @Test
        void endWithTheBody() throws Exception {
            NodeStream<FinalizedBlock> stream = open();
            pieces.add(line(1));
            pieces.add("END");

            assertThat(stream.next(Duration.ZERO)).isPresent();
            assertThat(stream.next(Duration.ZERO)).isEmpty();
            assertThat(stream.hasEnded()).isTrue();
            assertThat(closed).isTrue();
        }

        @Test
        void sayThatALineWasCutOff() {
            NodeStream<FinalizedBlock> stream = open();
            pieces.add(line(1).substring(0, 9));
            pieces.add("END");

            assertThatThrownBy(() -> stream.next(Duration.ZERO))
                    .isInstanceOf(NodeApiException.class)
                    .hasMessageContaining("the stream ended within a line, after 9 bytes of it");
        }

        @Test
        void closeWithTheirClient() throws Exception {
            NodeStream<FinalizedBlock> stream = open();

            client.close();

            assertThat(closed).isTrue();
            assertThat(stream.next(Duration.ZERO)).isEmpty();
        }
    }
}
