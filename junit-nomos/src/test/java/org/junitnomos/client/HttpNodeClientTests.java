package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Connection;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.topology.LinkSpec;

/** Golden JSON is that of node contract 1.4, 1.5 and 2.1. */
class HttpNodeClientTests {

    private static final String LIB = "02962bd04c3b48dcb0775ffc3c341b2d507d86f53cc3e571cea9cf7eef08dc10";
    private static final String TIP = "7b84f924e4708409a5f53fa72dd965aa8786eb043b31978e33fedd13e3dc5c03";
    private static final String KEY = "29b67531bb6456772e2d0aaef94bbe48df0c6fdcfe03c56e9ce86b3c104e861a";

    private final MockWebServer server = new MockWebServer();
    private final NodeClients clients = NodeClients.overHttp();
    private NodeClient client;

    @BeforeEach
    void start() throws Exception {
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getPort());
        client = clients.client(new NodeEndpoint("node-1", address, address));
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private void answer(String json) {
        server.enqueue(new MockResponse().setBody(json).addHeader("content-type", "application/json"));
    }

    private RecordedRequest request() throws InterruptedException {
        return server.takeRequest();
    }

    private void assertRequest(String line, String body) throws InterruptedException {
        RecordedRequest request = request();
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        assertThat(request.getBody().readUtf8()).isEqualTo(body);
        if (!body.isEmpty()) {
            assertThat(request.getHeaders().get("content-type")).isEqualTo("application/json");
        }
    }

    @Nested
    class Consensus {

        @Test
        void readsTheConsensusState() throws Exception {
            answer("{\"lib\":\"" + LIB + "\",\n \"tip\":\"" + TIP + "\",\"slot\":7,\"height\":1,\"mode\":\"Online\"}");

            assertThat(client.cryptarchiaInfo())
                    .isEqualTo(new CryptarchiaInfo(HeaderId.fromHex(LIB), HeaderId.fromHex(TIP), 7, 1, "Online"));
            assertRequest("GET /cryptarchia/info", "");
        }

        @Test
        void ignoresFieldsItDoesNotKnowAndReadsNumbersUpTo64Bits() {
            answer("{\"lib\":\"" + LIB + "\",\"tip\":\"" + TIP
                    + "\",\"slot\":18446744073709551615,\"height\":1,\"mode\":\"Online\",\"epoch\":{\"nonce\":[1]}}");

            assertThat(client.cryptarchiaInfo().slot()).isEqualTo(-1L);
        }

        @Test
        void asksForHeadersBetweenTwoBlocks() throws Exception {
            answer("[\"" + TIP + "\",\"" + LIB + "\"]");
            answer("[]");
            answer("[]");

            assertThat(client.headers(null, null)).extracting(HeaderId::toHex).containsExactly(TIP, LIB);
            assertThat(client.headers(HeaderId.fromHex(TIP), HeaderId.fromHex(LIB)))
                    .isEmpty();
            assertThat(client.headers(null, HeaderId.fromHex(LIB))).isEmpty();

            assertRequest("GET /cryptarchia/headers", "");
            assertRequest("GET /cryptarchia/headers?from=" + TIP + "&to=" + LIB, "");
            assertRequest("GET /cryptarchia/headers?to=" + LIB, "");
        }

        @Test
        void readsABlock() throws Exception {
            Block block = WireFixtures.block(WireFixtures.GENESIS, 7, WireFixtures.transfer(3));
            server.enqueue(new MockResponse().setBody(new okio.Buffer().write(MantleJson.encode(block))));

            assertThat(client.block(HeaderId.fromHex(TIP))).contains(block);
            assertRequest("POST /storage/block", "\"" + TIP + "\"");
        }

        @Test
        void findsNoBlockWhereTheNodeAnswersNull() {
            answer("null");

            assertThat(client.block(HeaderId.fromHex(LIB))).isEmpty();
        }

        @Test
        void readsBlocksOfARangeOfSlots() throws Exception {
            Block block = WireFixtures.block(WireFixtures.GENESIS, 7);
            server.enqueue(new MockResponse().setBody(new okio.Buffer().write(MantleJson.encodeApi(List.of(block)))));

            assertThat(client.blocks(0, -1)).singleElement().satisfies(found -> {
                assertThat(found.id()).isEqualTo(block.id());
                assertThat(found.header().slot()).isEqualTo(7);
            });
            assertRequest("GET /cryptarchia/blocks?slot_from=0&slot_to=18446744073709551615", "");
        }

        @Test
        void refusesARangeOfSlotsThatANodeWouldPanicOn() {
            assertThatThrownBy(() -> client.blocks(8, 7))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("slotTo 7 is before slotFrom 8; a node panics on such a range");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class Mempool {

        @Test
        void handsInATransaction() throws Exception {
            SignedMantleTx transaction = WireFixtures.transfer(5);
            answer("null");

            client.submit(transaction);

            assertRequest("POST /mempool/add/tx", new String(MantleJson.encode(transaction), "UTF-8"));
        }

        @Test
        void readsTheMetrics() throws Exception {
            answer("{\"pending_items\":3,\"last_item_timestamp\":1766200000123}");

            assertThat(client.mempoolMetrics()).isEqualTo(new MempoolMetrics(3, 1766200000123L));
            assertRequest("GET /mantle/metrics", "");
        }

        @Test
        void readsTheFateOfTransactions() throws Exception {
            var hash = WireFixtures.transfer(1).hash();
            answer("[\"Pending\",\"Unknown\",\"Rejected\",{\"InBlock\":{\"block\":\"" + TIP + "\"}}]");

            assertThat(client.transactionStatus(List.of(hash, hash, hash, hash)))
                    .containsExactly(
                            new TransactionStatus(TransactionStatus.Kind.PENDING, null),
                            new TransactionStatus(TransactionStatus.Kind.UNKNOWN, null),
                            new TransactionStatus(TransactionStatus.Kind.REJECTED, null),
                            new TransactionStatus(TransactionStatus.Kind.IN_BLOCK, HeaderId.fromHex(TIP)));
            String text = "\"" + hash.toHex() + "\"";
            assertRequest("POST /mantle/status", "[" + String.join(",", text, text, text, text) + "]");
        }

        @Test
        void wantsOneStatusATransaction() {
            answer("[]");

            assertThatThrownBy(() -> client.transactionStatus(
                            List.of(WireFixtures.transfer(1).hash())))
                    .hasMessageContaining("malformed: expected 1 statuses, one a transaction, but was 0");
        }
    }

    @Nested
    class NetworkAndWallet {

        @Test
        void readsTheStateOfTheNetwork() throws Exception {
            answer("{\"listen_addresses\":[\"/ip4/127.0.0.1/udp/3000/quic-v1\"],\"n_peers\":2,"
                    + "\"n_connections\":3,\"n_pending_connections\":0}");

            assertThat(client.networkInfo())
                    .isEqualTo(new NetworkInfo(List.of("/ip4/127.0.0.1/udp/3000/quic-v1"), 2, 3, 0));
            assertRequest("GET /network/info", "");
        }

        @Test
        void readsABalanceWhateverItsContentType() throws Exception {
            server.enqueue(new MockResponse()
                    .setBody("{\"tip\":\"" + TIP + "\",\"balance\":100,\"address\":\"" + KEY + "\"}")
                    .addHeader("content-type", "text/plain"));
            ZkPublicKey owner = ZkPublicKey.fromHex(KEY);

            assertThat(client.walletBalance(owner, HeaderId.fromHex(TIP)))
                    .contains(new WalletBalance(HeaderId.fromHex(TIP), 100, owner));
            assertRequest("GET /wallet/" + KEY + "/balance?tip=" + TIP, "");
        }

        @Test
        void findsNoBalanceOfAKeyThatTheWalletDoesNotKnow() {
            server.enqueue(new MockResponse()
                    .setResponseCode(404)
                    .setBody("The requested address could not be found in the wallet."));

            assertThat(client.walletBalance(new ZkPublicKey(Fr.ONE), null)).isEmpty();
        }

        @Test
        void failsWhereTheNodeHasNoWallet() {
            server.enqueue(new MockResponse().setResponseCode(404));

            assertThatThrownBy(() -> client.walletBalance(new ZkPublicKey(Fr.ONE), null))
                    .isInstanceOf(NodeApiException.class)
                    .hasMessageContaining("expected status 200 but was 404");
        }
    }

    @Nested
    class DevNodes {

        private static final String LINKS = "[{\"peer\":\"validator-1\",\"up\":true,\"connected\":false,"
                + "\"latency_us\":20000,\"jitter_us\":10000,\"loss_per_mille\":5,\"bytes_per_second\":4000}]";

        @Test
        void readsLinks() throws Exception {
            answer(LINKS);

            assertThat(client.devControl().links())
                    .containsExactly(new TestingClient.PeerLink(
                            "validator-1",
                            true,
                            false,
                            new LinkSpec(Duration.ofMillis(20), Duration.ofMillis(10), 5, 4000)));
            assertRequest("GET /test/dev/links", "");
        }

        @Test
        void changesLinksWithoutSayingWhetherTheyAreConnected() throws Exception {
            answer(LINKS);

            var change = new TestingClient.PeerLink("validator-1", false, null, LinkSpec.DEFAULT);
            assertThat(client.devControl().setLinks(List.of(change))).hasSize(1);
            assertRequest(
                    "POST /test/dev/links",
                    "[{\"peer\":\"validator-1\",\"up\":false,\"latency_us\":20000,\"jitter_us\":10000,"
                            + "\"loss_per_mille\":0,\"bytes_per_second\":0}]");
        }

        @Test
        void addsAndRemovesPeers() throws Exception {
            answer("[]");
            answer("[]");
            answer("[]");
            answer("[{\"peer\":\"validator-4\",\"address\":null,\"connected\":false,\"unreachable\":2}]");

            client.devControl()
                    .addPeers(List.of(
                            new TestingClient.Peer("validator-3", "127.0.0.1:4711"),
                            new TestingClient.Peer("validator-4", null)));
            client.devControl().removePeer("validator-3");
            client.devControl().reconnect(List.of("validator-4"));
            assertThat(client.devControl().connections()).containsExactly(new Connection("validator-4", false, 2));

            assertRequest(
                    "POST /test/dev/peers",
                    "[{\"peer\":\"validator-3\",\"address\":\"127.0.0.1:4711\"},{\"peer\":\"validator-4\"}]");
            assertRequest("DELETE /test/dev/peers/validator-3", "");
            assertRequest("POST /test/dev/peers", "[{\"peer\":\"validator-4\",\"reconnect\":true}]");
        }

        @Test
        void readsAndSetsTheClock() throws Exception {
            answer("{\"skew_us\":-1500}");
            answer("{\"skew_us\":2000000}");

            assertThat(client.devControl().clockSkew()).isEqualTo(Duration.ofNanos(-1_500_000));
            assertThat(client.devControl().setClockSkew(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
            assertRequest("GET /test/dev/clock", "");
            assertRequest("POST /test/dev/clock", "{\"skew_us\":2000000}");
        }

        @Test
        void failsOnANodeWithoutTestingPort() {
            var endpoint = new NodeEndpoint("node-2", URI.create("http://127.0.0.1:" + server.getPort()), null);

            assertThatThrownBy(() -> clients.client(endpoint).devControl().links())
                    .isInstanceOf(NodeApiException.class)
                    .hasMessage("/test/dev/links on node 'node-2' failed: the node has no testing port;"
                            + " only dev nodes, and nodes built with feature 'testing', have one");
        }
    }

    @Nested
    class Closing {

        @Test
        void saysThatItIsClosed() {
            client.close();
            client.close();

            assertThatThrownBy(client::cryptarchiaInfo)
                    .isInstanceOf(NodeApiException.class)
                    .hasMessage("node client of 'node-1' is closed");
            assertThatThrownBy(client::libStream).hasMessage("node client of 'node-1' is closed");
            assertThatThrownBy(() -> client.devControl().links()).hasMessage("node client of 'node-1' is closed");
        }

        @Test
        void closesClientsWithTheirFactory() {
            clients.close();

            assertThatThrownBy(client::networkInfo).hasMessage("node client of 'node-1' is closed");
            assertThatThrownBy(() -> clients.client(client.endpoint()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("cannot make a client of node 'node-1': the NodeClients were closed");
        }

        @Test
        void closesAClientThroughItsOtherLimit() {
            client.withTimeout(Duration.ofSeconds(1)).close();

            assertThatThrownBy(client::networkInfo).hasMessage("node client of 'node-1' is closed");
        }
    }

    @Test
    void refusesAnAddressThatIsNotOneOfHttp() {
        var endpoint = new NodeEndpoint("node-1", URI.create("ftp://127.0.0.1"), null);

        assertThatThrownBy(() -> clients.client(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address 'api' of node 'node-1' is not the base of an HTTP API: expected http://host:port"
                        + " but was \"ftp://127.0.0.1\"");
    }

    @Test
    void reusesItsConnection() throws Exception {
        answer("{\"skew_us\":0}");
        answer("{\"skew_us\":0}");

        client.devControl().clockSkew();
        client.devControl().clockSkew();

        request();
        assertThat(request().getSequenceNumber()).isEqualTo(1);
    }

    @Test
    void keepsThePathOfABaseAddress() throws Exception {
        var address = URI.create("http://127.0.0.1:" + server.getPort() + "/nodes/1/");
        answer("{\"pending_items\":0,\"last_item_timestamp\":0}");

        clients.client(new NodeEndpoint("node-1", address, null)).mempoolMetrics();

        assertRequest("GET /nodes/1/mantle/metrics", "");
    }

    @Test
    void namesTheArgumentThatIsNull() {
        assertNamed("id", () -> client.block(null));
        assertNamed("transaction", () -> client.submit(null));
        assertNamed("transactions", () -> client.transactionStatus(null));
        assertNamed("an element of transactions", () -> client.transactionStatus(Collections.singletonList(null)));
        assertNamed("owner", () -> client.walletBalance(null, null));
        assertNamed("timeout", () -> client.withTimeout(null));
        assertNamed("changes", () -> client.devControl().setLinks(null));
        assertNamed("peers", () -> client.devControl().addPeers(null));
        assertNamed("peer", () -> client.devControl().removePeer(null));
        assertNamed("ahead", () -> client.devControl().setClockSkew(null));
    }

    private static void assertNamed(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
    }
}
