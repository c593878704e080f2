package org.junitnomos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.HttpTransport.Request;
import org.junitnomos.client.HttpTransport.Response;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.realnode.RecordedAnswers;

/**
 * Our client asks what was asked in a session with real nodes, gets what they answered, and reads all of it. The one
 * route it has no method for is {@code GET /mantle/sdp/declarations}.
 */
class RecordedSessionTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonNode session;
    private JsonNode call;
    private final List<String> asked = new ArrayList<>();
    private final NodeClients clients = NodeClients.over(this::answer);
    private final NodeClient client =
            clients.client(new NodeEndpoint("validator-0", URI.create("http://api"), URI.create("http://testing")));

    @BeforeEach
    void readSession() throws IOException {
        session = RecordedAnswers.read("session.json");
    }

    /** Check that a request is the recorded one, but for blanks in its body, and answer it as recorded. */
    private Response answer(Request request) throws IOException {
        assertThat(request.method()).isEqualTo(call.path("method").textValue());
        assertThat(request.path()).isEqualTo(call.path("path").textValue());
        assertThat(request.host()).isEqualTo(call.path("port").textValue());
        JsonNode sent = request.body().length == 0 ? null : JSON.readTree(request.body());
        assertThat(sent).isEqualTo(call.path("body").isNull() ? null : body());
        asked.add(call.path("case").textValue());
        byte[] bytes = call.path("answer").textValue().getBytes(StandardCharsets.UTF_8);
        return new Response(call.path("status").intValue(), Map.of(), new ByteArrayInputStream(bytes));
    }

    private JsonNode body() throws IOException {
        return JSON.readTree(call.path("body").textValue());
    }

    private byte[] bodyBytes() {
        return call.path("body").textValue().getBytes(StandardCharsets.UTF_8);
    }

    private JsonNode answer() throws IOException {
        return JSON.readTree(call.path("answer").textValue());
    }

    @Test
    void readsEveryAnswer() throws Exception {
        for (JsonNode each : session.path("calls")) {
            call = each;
            String kind = call.path("case").textValue();
            if (!kind.equals("declarations")) {
                check(kind.startsWith("tx ") ? "tx" : kind.startsWith("disperse ") ? "disperse" : kind);
            }
        }
        assertThat(asked).hasSize(session.path("calls").size() - 1);
    }

    private void check(String kind) throws Exception {
        switch (kind) {
            case "info" -> checkInfo();
            case "headers" ->
                assertThat(client.headers(null, null))
                        .extracting(HeaderId::toHex)
                        .containsExactlyElementsOf(texts(answer()));
            case "network" -> checkNetwork();
            case "metrics" -> checkMetrics();
            case "status" -> checkStatus();
            case "balancer" -> checkBalancer();
            case "monitor" -> checkMonitor();
            case "membership" -> checkMembership();
            case "tx" -> client.submit(MantleJson.decodeSignedTx(bodyBytes()));
            case "disperse" -> checkDispersal();
            case "share" -> checkShare();
            case "sampling shares" -> checkShares();
            case "storage commitments" ->
                checkCommitments(client.blobs()
                        .storedCommitments(BlobRequestJson.decodeStoredCommitments(bodyBytes())
                                .blob()));
            case "commitments" -> {
                BlobRequest.Commitments wanted = BlobRequestJson.decodeCommitments(bodyBytes());
                checkCommitments(client.blobs().commitments(wanted.blob(), wanted.session()));
            }
            default -> throw new AssertionError(kind);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.textValue()));
        return texts;
    }

    private void checkInfo() throws IOException {
        assertThat(client.cryptarchiaInfo())
                .isEqualTo(new CryptarchiaInfo(
                        HeaderId.fromHex(answer().path("lib").textValue()),
                        HeaderId.fromHex(answer().path("tip").textValue()),
                        answer().path("slot").longValue(),
                        answer().path("height").longValue(),
                        "Online"));
    }

    private void checkNetwork() throws IOException {
        assertThat(client.networkInfo())
                .isEqualTo(new NetworkInfo(
                        texts(answer().path("listen_addresses")),
                        answer().path("n_peers").intValue(),
                        answer().path("n_connections").intValue(),
                        answer().path("n_pending_connections").intValue()));
    }

    private void checkMetrics() throws IOException {
        assertThat(client.mempoolMetrics())
                .isEqualTo(new MempoolMetrics(
                        answer().path("pending_items").longValue(),
                        answer().path("last_item_timestamp").longValue()));
    }

    private void checkStatus() throws IOException {
        List<TxHash> hashes = MantleJsonValues.decodeTxHashes(bodyBytes());
        List<TransactionStatus> statuses = client.transactionStatus(hashes);
        assertThat(statuses).hasSameSizeAs(hashes);
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode block = answer().path(i).at("/InBlock/block");
            assertThat(statuses.get(i))
                    .isEqualTo(
                            block.isTextual()
                                    ? new TransactionStatus(
                                            TransactionStatus.Kind.IN_BLOCK, HeaderId.fromHex(block.textValue()))
                                    : new TransactionStatus(TransactionStatus.Kind.UNKNOWN, null));
        }
    }

    private void checkBalancer() throws IOException {
        Map<String, SubnetConnections> read = new LinkedHashMap<>();
        client.blobs().balancerStats().forEach((subnet, counts) -> read.put(subnet.toString(), counts));
        Map<String, SubnetConnections> expected = new LinkedHashMap<>();
        answer().properties()
                .forEach(entry -> expected.put(
                        entry.getKey(),
                        new SubnetConnections(
                                entry.getValue().path("inbound").longValue(),
                                entry.getValue().path("outbound").longValue())));
        assertThat(read).isEqualTo(expected).isNotEmpty();
    }

    private void checkMonitor() throws IOException {
        Map<String, PeerFailures> read = client.blobs().monitorStats();
        assertThat(read).hasSize(answer().size());
        JsonNode rates = answer();
        read.forEach((peer, failures) -> {
            assertThat(failures.dispersal())
                    .isEqualByComparingTo(
                            rates.path(peer).path("dispersal_failure_rate").textValue());
            assertThat(failures.sampling())
                    .isEqualByComparingTo(
                            rates.path(peer).path("sampling_failure_rate").textValue());
            assertThat(failures.replication())
                    .isEqualByComparingTo(
                            rates.path(peer).path("replication_failure_rate").textValue());
        });
    }

    private void checkMembership() throws IOException {
        BlobMembership membership = client.blobs().membership(0);
        assertThat(membership.subnets()).containsOnlyKeys(0, 1);
        for (int subnet : List.of(0, 1)) {
            assertThat(membership.subnets().get(subnet))
                    .isEqualTo(texts(answer().path("assignations").path(Integer.toString(subnet))));
        }
        JsonNode addresses = answer().path("addressbook");
        assertThat(membership.addresses())
                .hasSize(3)
                .allSatisfy((peer, address) ->
                        assertThat(address).isEqualTo(addresses.path(peer).textValue()));
    }

    private void checkDispersal() throws IOException {
        BlobRequest.Disperse wanted = BlobRequestJson.decodeDisperse(bodyBytes());
        if (call.path("status").intValue() == 200) {
            assertThat(client.blobs().disperse(wanted)).isEqualTo(MantleJsonValues.decodeBlobId(answerBytes()));
        } else {
            assertThatThrownBy(() -> client.blobs().disperse(wanted))
                    .isInstanceOfSatisfying(
                            NodeApiException.class,
                            refusal -> assertThat(refusal.body())
                                    .isEqualTo(call.path("answer").textValue()));
        }
    }

    private byte[] answerBytes() {
        return call.path("answer").textValue().getBytes(StandardCharsets.UTF_8);
    }

    private void checkShare() throws IOException {
        BlobRequest.Share wanted = BlobRequestJson.decodeShare(bodyBytes());
        Optional<BlobShare> share = client.blobs().share(wanted.blob(), wanted.column());
        assertThat(share.isEmpty()).isEqualTo(answer().isNull());
        if (share.isPresent()) {
            checkShare(share.get(), answer());
        }
    }

    private static void checkShare(BlobShare share, JsonNode expected) {
        assertThat(share.index()).isEqualTo(expected.path("share_idx").intValue());
        assertThat(share.rows()).isEqualTo(expected.path("column").size());
        assertThat(share.proof()).hasSize(BlobShare.PROOF_LENGTH);
        byte[] column = share.column();
        int at = 0;
        for (JsonNode chunk : expected.path("column")) {
            for (JsonNode number : chunk) {
                assertThat(column[at++] & 0xff).isEqualTo(number.intValue());
            }
        }
        assertThat(at).isEqualTo(column.length);
    }

    private void checkShares() throws IOException {
        List<BlobShare> shares = client.blobs().shares(BlobRequestJson.decodeShares(bodyBytes()));
        List<String> lines = call.path("status").intValue() == 200
                ? call.path("answer").textValue().lines().toList()
                : List.of();
        assertThat(shares).hasSameSizeAs(lines);
        for (int i = 0; i < shares.size(); i++) {
            checkShare(shares.get(i), JSON.readTree(lines.get(i)));
        }
    }

    private void checkCommitments(Optional<BlobCommitments> commitments) throws IOException {
        boolean told = call.path("answer").textValue().startsWith("{");
        assertThat(commitments.isPresent()).isEqualTo(told);
        if (told) {
            assertThat(commitments.orElseThrow().rows())
                    .isEqualTo(answer().path("rows_commitments").size());
        }
    }

    @Test
    void sharesGiveTheDataBack() throws IOException {
        int found = 0;
        for (JsonNode each : session.path("calls")) {
            if (each.path("case").textValue().equals("sampling shares")
                    && each.path("answer").textValue().startsWith("{\"share_idx\":0")) {
                call = each;
                BlobRequest.Shares wanted = BlobRequestJson.decodeShares(bodyBytes());
                BlobShare first = client.blobs().shares(wanted).get(0);
                assertThat(dataOf(first)).isEqualTo(blob(wanted.blob()).path("data"));
                found++;
            }
        }
        assertThat(found).isGreaterThan(3);
    }

    private JsonNode blob(BlobId id) {
        for (JsonNode blob : session.path("blobs")) {
            if (MantleJsonValues.decodeBlobId(blob.path("id").toString().getBytes(StandardCharsets.UTF_8))
                    .equals(id)) {
                return blob;
            }
        }
        throw new AssertionError(id);
    }

    /** Column 0 of 2 is the data, 31 bytes and a zero a chunk. */
    private static JsonNode dataOf(BlobShare share) {
        var data = JSON.createArrayNode();
        byte[] column = share.column();
        for (int i = 0; i < column.length; i++) {
            if (i % BlobShare.CHUNK_LENGTH < BlobShare.CHUNK_LENGTH - 1) {
                data.add(column[i] & 0xff);
            } else {
                assertThat(column[i]).isZero();
            }
        }
        return data;
    }

    @Test
    void readsEveryBlock() throws IOException {
        for (JsonNode block : session.path("blocks")) {
            HeaderId id = HeaderId.fromHex(block.path("id").textValue());
            call = JSON.createObjectNode()
                    .put("case", "block")
                    .put("method", "POST")
                    .put("path", "/storage/block")
                    .put("port", "api")
                    .put("body", "\"" + id + "\"")
                    .put("status", 200)
                    .put("answer", block.path("answer").toString());

            Block read = client.block(id).orElseThrow();

            assertThat(read.id()).isEqualTo(id);
            assertThat(JSON.readTree(MantleJson.encode(read))).isEqualTo(block.path("answer"));
            for (SignedMantleTx transaction : read.transactions()) {
                assertThat(transaction.findShapeError()).isEmpty();
            }
        }
        assertThat(asked).hasSize(70);
    }

    @Test
    void readsTheStreamOfFinalBlocks() throws Exception {
        StringBuilder lines = new StringBuilder();
        session.path("libStream").forEach(line -> lines.append(line.path("line").asText("")));
        call = JSON.createObjectNode()
                .put("case", "lib-stream")
                .put("method", "GET")
                .put("path", "/cryptarchia/lib-stream")
                .put("port", "api")
                .putNull("body")
                .put("status", 200)
                .put("answer", lines.toString());
        List<HeaderId> ids = new ArrayList<>();
        try (NodeStream<FinalizedBlock> stream = client.libStream()) {
            for (Optional<FinalizedBlock> line = stream.next(Duration.ZERO);
                    line.isPresent();
                    line = stream.next(Duration.ZERO)) {
                assertThat(line.get().height()).isEqualTo(9 + ids.size());
                ids.add(line.get().headerId());
            }
        }
        List<HeaderId> blocks = new ArrayList<>();
        session.path("blocks")
                .forEach(block -> blocks.add(HeaderId.fromHex(block.path("id").textValue())));
        assertThat(ids).hasSize(57).isEqualTo(blocks.subList(8, 65));
    }
}
