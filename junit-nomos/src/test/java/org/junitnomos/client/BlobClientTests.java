package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;

/** Golden JSON is that of node contract 1.4 and 1.5. */
class BlobClientTests {
    private static final String ZERO = "00".repeat(32);
    private static final String NUMBERS = "[" + "0,".repeat(31) + "0]";
    private static final String PEER = "12D3KooWK99VoVxNE7XzyBwXEzW7xhK7Gpv85r9F3V3fyKSUKPH5";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> hosts = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Map.Entry<Integer, String>> answers = new ArrayDeque<>();
    private final CountDownLatch silence = new CountDownLatch(1);
    private final BlobCoding.Coded coded = BlobCoding.encode(new byte[62], 2);
    private final BlobId blob = coded.commitments().blobId();
    private final NodeClients clients = NodeClients.overHttp();
    private HttpServer server;
    private BlobClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        client = clients.client(new NodeEndpoint("node-1", address, address)).blobs();
    }

    @AfterEach
    void stop() {
        silence.countDown();
        clients.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body
                    + (body.isEmpty() ? "" : " " + type));
            Map.Entry<Integer, String> next = answers.poll();
            if (next == null) {
                silence.await();
                return;
            }
            byte[] text = next.getValue().getBytes(StandardCharsets.UTF_8);
            if (next.getKey() == 405) {
                exchange.getResponseHeaders().set("Allow", "POST");
            }
            exchange.sendResponseHeaders(next.getKey(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(String json) {
        next(200, json);
    }

    private void next(int status, String text) {
        answers.add(Map.entry(status, text));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private String id() {
        String json = text(BlobJson.encode(coded.commitments()));
        assertThat(json).startsWith("{\"rows_commitments\":");
        StringBuilder numbers = new StringBuilder();
        for (byte b : blob.toBytes()) {
            numbers.append(numbers.length() == 0 ? "[" : ",").append(b & 255);
        }
        return numbers.append(']').toString();
    }

    @Test
    void dispersesData() {
        next(NUMBERS);

        BlobId answered = client.disperse(
                new BlobRequest.Disperse(ChannelId.ZERO, MsgId.ZERO, Ed25519PublicKey.ZERO, new byte[] {1, -1}));

        assertThat(answered).isEqualTo(BlobId.ZERO);
        assertThat(asked)
                .containsExactly("POST /disperse-data {\"channel_id\":\"" + ZERO + "\",\"parent_msg_id\":\"" + ZERO
                        + "\",\"signer\":\"" + ZERO + "\",\"data\":[1,255]} application/json");
    }

    @Test
    void asksForCommitmentsWithAPostAndWithABodyOnAGet() {
        next(text(BlobJson.encode(coded.commitments())));
        next("null");
        next(text(BlobJson.encode(coded.commitments())));
        next("null");

        assertThat(client.commitments(blob, -1)).contains(coded.commitments());
        assertThat(client.commitments(blob, 0)).isEmpty();
        assertThat(client.storedCommitments(blob)).contains(coded.commitments());
        assertThat(client.storedCommitments(blob)).isEmpty();
        assertThat(asked)
                .containsExactly(
                        "POST /da/get-commitments {\"blob_id\":" + id()
                                + ",\"session\":18446744073709551615} application/json",
                        "POST /da/get-commitments {\"blob_id\":" + id() + ",\"session\":0} application/json",
                        "GET /da/get-storage-commitments {\"blob_id\":" + id() + "} application/json",
                        "GET /da/get-storage-commitments {\"blob_id\":" + id() + "} application/json");
    }

    @Test
    void asksForShares() {
        String first = text(BlobJson.encode(coded.shares().get(0)));
        String second = text(BlobJson.encode(coded.shares().get(1)));
        next(second);
        next(first + "\n" + second + "\n");
        next("");
        next(500, "Blob index not found");

        assertThat(client.share(blob, 257)).contains(coded.shares().get(1));
        assertThat(client.shares(blob)).isEqualTo(coded.shares());
        assertThat(client.shares(new BlobRequest.Shares(blob, List.of(1), List.of(0, 2), false)))
                .isEmpty();
        assertThat(client.shares(blob)).isEmpty();
        assertThat(asked.subList(0, 3))
                .containsExactly(
                        "GET /da/get-share {\"blob_id\":" + id() + ",\"share_idx\":[1,1]} application/json",
                        "GET /da/sampling/shares {\"blob_id\":" + id()
                                + ",\"requested_shares\":[],\"filter_shares\":[],\"return_available\":true}"
                                + " application/json",
                        "GET /da/sampling/shares {\"blob_id\":" + id()
                                + ",\"requested_shares\":[[1,0]],\"filter_shares\":[[0,0],[2,0]],"
                                + "\"return_available\":false} application/json");
        assertThatThrownBy(() -> client.share(blob, 65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column must be 0 to 65535 but was 65536");
    }

    @Test
    void handsInAShare() {
        next("null");

        client.addShare(coded.commitments(), coded.shares().get(1));

        assertThat(asked)
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("POST /da/add-share {\"column\":[["));
    }

    @Test
    void blocksPeers() {
        next("true");
        next("false");
        next("[\"" + PEER + "\"]");

        assertThat(client.blockPeer(PEER)).isTrue();
        assertThat(client.unblockPeer(PEER)).isFalse();
        assertThat(client.blockedPeers()).containsExactly(PEER);
        assertThat(asked)
                .containsExactly(
                        "POST /da/block-peer \"" + PEER + "\" application/json",
                        "POST /da/unblock-peer \"" + PEER + "\" application/json",
                        "GET /da/blacklisted-peers ");
    }

    @Test
    void readsStatistics() {
        next("{\"1\":{\"inbound\":0,\"outbound\":1},\"0\":{\"inbound\":1,\"outbound\":0}}");
        next("{\"" + PEER + "\":{\"dispersal_failure_rate\":\"0.5\",\"sampling_failure_rate\":\"0\","
                + "\"replication_failure_rate\":\"2\"}}");
        next("{}");

        assertThat(client.balancerStats())
                .isEqualTo(Map.of(0, new SubnetConnections(1, 0), 1, new SubnetConnections(0, 1)));
        assertThat(client.monitorStats())
                .isEqualTo(
                        Map.of(PEER, new PeerFailures(new BigDecimal("0.5"), BigDecimal.ZERO, BigDecimal.valueOf(2))));
        assertThat(client.monitorStats()).isEmpty();
    }

    @Test
    void refusesStatisticsOfAnotherShape() {
        next("{\"one\":{\"inbound\":0,\"outbound\":1}}");

        assertThatThrownBy(client::balancerStats)
                .isInstanceOf(NodeApiException.class)
                .hasMessageContaining(
                        "the answer is malformed: field 'one': expected the number of a subnet as its name");
    }

    @Test
    void speaksToTheTestingPort() {
        next("{\"assignations\":{\"0\":[\"" + PEER + "\"],\"1\":[]}," + "\"addressbook\":{\"" + PEER
                + "\":\"/ip4/127.0.0.1/udp/3300/quic-v1\"}}");
        next("true");

        BlobMembership membership = client.membership(0);
        assertThat(membership.subnets()).isEqualTo(Map.of(0, List.of(PEER), 1, List.of()));
        assertThat(membership.addresses()).isEqualTo(Map.of(PEER, "/ip4/127.0.0.1/udp/3300/quic-v1"));
        assertThat(client.historicSampling(HeaderId.ZERO, List.of(new BlobRequest.Commitments(BlobId.ZERO, 3))))
                .isTrue();
        assertThat(asked)
                .containsExactly(
                        "POST /test/da/membership 0 application/json",
                        "POST /test/da/historic-sampling {\"block_id\":\"" + ZERO + "\",\"blob_ids\":[[" + NUMBERS
                                + ",3]]} application/json");
    }

    @Test
    void namesTheMethodsThatAPathTakes() {
        next(405, "");

        assertThatThrownBy(() -> client.share(blob, 1))
                .hasMessageContaining("expected status 200 but was 405 (the path takes POST only)");
    }

    @Test
    void findsNoCommitmentsThatNobodyGives() {
        next(500, "Failed to get range");

        assertThat(client.commitments(blob, 0)).isEmpty();
    }

    @Test
    void namesWhatWentWrongWithAGetThatHasABody() {
        next(500, "channel closed");

        assertThatThrownBy(() -> client.storedCommitments(blob))
                .isInstanceOf(NodeApiException.class)
                .hasMessageMatching(
                        "GET http://127\\.0\\.0\\.1:[0-9]+/da/get-storage-commitments on node 'node-1' failed:"
                                + " expected status 200 but was 500 after .*; body \\(14 bytes\\): channel closed");
    }

    @Test
    void sendsAGetThatHasABodyToThePlaceOfItsHost() {
        next("null");
        next("[]");
        int port = server.getAddress().getPort();
        try (NodeClients placed =
                NodeClients.overHttp(host -> host.equals("node-1.example.invalid") ? "127.0.0.1" : host, "")) {
            BlobClient ingress = placed.client(
                            new NodeEndpoint("node-1", URI.create("http://node-1.example.invalid:" + port), null))
                    .blobs();

            assertThat(ingress.storedCommitments(blob)).isEmpty();
            assertThat(ingress.blockedPeers()).isEmpty();
        }
        assertThat(hosts).containsExactly("node-1.example.invalid:" + port, "node-1.example.invalid:" + port);
    }

    @Test
    void limitsAGetThatHasABody() {
        BlobClient hasty = clients.client(new NodeEndpoint(
                        "node-1",
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        null))
                .withTimeout(Duration.ofMillis(200))
                .blobs();

        assertThatThrownBy(() -> hasty.share(blob, 0))
                .isInstanceOfSatisfying(
                        NodeApiException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(NodeApiException.Kind.TIMEOUT))
                .hasMessageContaining("no complete answer within 200 ms");
    }

    @Test
    void noticesThatNobodyListensToAGetThatHasABody() {
        server.stop(0);

        assertThatThrownBy(() -> client.share(blob, 0))
                .isInstanceOfSatisfying(
                        NodeApiException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(NodeApiException.Kind.UNREACHABLE));
    }

    @Test
    void sendsTheSameOverATransport() {
        List<String> sent = new ArrayList<>();
        try (NodeClients memory = NodeClients.over(request -> {
            sent.add(request.method() + " " + request.path() + " " + text(request.body()) + " " + request.contentType()
                    + " " + request.timeout());
            return new HttpTransport.Response(
                    200, Map.of(), new ByteArrayInputStream("null".getBytes(StandardCharsets.UTF_8)));
        })) {
            BlobClient quick = memory.client(new NodeEndpoint("node-1", URI.create("http://node-1.nomos.test"), null))
                    .blobs();

            assertThat(quick.share(blob, 1)).isEmpty();
        }
        assertThat(sent)
                .containsExactly(
                        "GET /da/get-share {\"blob_id\":" + id() + ",\"share_idx\":[1,0]} application/json PT10S");
    }
}
