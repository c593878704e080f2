package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.BlobCoding;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobRequest;
import org.junitnomos.mantle.BlobRequestJson;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJsonValues;
import org.junitnomos.mantle.MsgId;

class BlobRoutesTests {
    private static final String ZERO = "00".repeat(32);
    private static final byte[] DATA = new byte[93];

    private final DevNet net = DevNet.create(
            3,
            Layout.FULL,
            TestGenesis.withProviders(3, 0, 3),
            config -> TestConfigs.withColumns(
                    config.name().equals("node-2") ? TestConfigs.asExecutor(config) : config, 4));
    private final Member executor = net.start().node(2);
    private final Member validator = net.node(0);
    private final BlobCoding.Coded coded = BlobCoding.encode(DATA, 4);
    private final BlobId blob = coded.commitments().blobId();

    private static byte[] dispersal(byte[] data) {
        return BlobRequestJson.encode(
                new BlobRequest.Disperse(ChannelId.fromHex("01".repeat(32)), MsgId.ZERO, Ed25519PublicKey.ZERO, data));
    }

    private static String only(List<ApiResponse> answers, int status, String contentType) {
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).status()).isEqualTo(status);
        assertThat(answers.get(0).contentType()).isEqualTo(contentType);
        return DevNet.text(answers.get(0));
    }

    private static String refusal(List<ApiResponse> answers, int status) {
        return only(answers, status, "text/plain; charset=utf-8");
    }

    private static String json(List<ApiResponse> answers) {
        return only(answers, 200, "application/json");
    }

    private void disperse() {
        net.run(10 * DevNet.SECOND);
        List<ApiResponse> answers = executor.ask("POST", "/disperse-data", dispersal(DATA));
        net.run(DevNet.SECOND);
        assertThat(json(answers)).isEqualTo(new String(MantleJsonValues.encode(blob), StandardCharsets.UTF_8));
    }

    private String ask(Member node, String path, BlobRequest request) {
        String method = path.contains("storage") || path.contains("share") ? "GET" : "POST";
        List<ApiResponse> answers = node.ask(method, path, BlobRequestJson.encode(request));
        net.run(2 * DevNet.SECOND);
        return json(answers);
    }

    private TreeSet<Integer> held() {
        TreeSet<Integer> held = new TreeSet<>();
        for (int column = 0; column < 4; column++) {
            if (!ask(validator, "/da/get-share", new BlobRequest.Share(blob, column))
                    .equals("null")) {
                held.add(column);
            }
        }
        return held;
    }

    @Nested
    class DisperseData {
        @Test
        void isOnExecutorsOnly() {
            assertThat(validator.request("POST", "/disperse-data", "{}").status())
                    .isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 30, 32, 31 * 682 * 2 + 31})
        void refusesOtherLengths(int length) {
            net.run(10 * DevNet.SECOND);

            assertThat(refusal(executor.ask("POST", "/disperse-data", dispersal(new byte[length])), 500))
                    .isEqualTo("Failed to disperse data");
            net.run(20 * DevNet.SECOND);
            assertThat(validator.get("/mantle/metrics")).startsWith("{\"pending_items\":0,");
        }

        @Test
        void takesTheLargestBlob() {
            net.run(10 * DevNet.SECOND);

            List<ApiResponse> answers = executor.ask("POST", "/disperse-data", dispersal(new byte[31 * 682 * 2]));
            net.run(DevNet.SECOND);

            assertThat(answers.get(0).status()).isEqualTo(200);
        }

        @Test
        void refusesWithoutProviders() {
            Member lonely = DevNet.create(1, Layout.FULL, new TestGenesis(1, 0), TestConfigs::asExecutor)
                    .start()
                    .node(0);

            assertThat(refusal(lonely.ask("POST", "/disperse-data", dispersal(DATA)), 500))
                    .isEqualTo("Current session info is not available");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"data\":[1]}|expected the field \"channel_id\" but was missing",
                    "{\"data\":[256]}|data[0]: expected a number from 0 to 255 but was 256",
                    "{\"data\":\"00\"}|data: expected an array of numbers but was the string \"00\"",
                    "[]|expected an object but was an array"
                })
        void refusesOtherShapes(String body, String problem) {
            assertThat(refusal(executor.ask("POST", "/disperse-data", body.getBytes(StandardCharsets.UTF_8)), 422))
                    .isEqualTo("Failed to deserialize the JSON body into the target type: " + problem);
        }

        @Test
        void refusesWhatIsNoJson() {
            assertThat(refusal(executor.ask("POST", "/disperse-data", new byte[] {'{'}), 400))
                    .startsWith("Failed to parse the request body as JSON: ");
            assertThat(executor.request("POST", "/disperse-data", "text/plain", dispersal(DATA))
                            .status())
                    .isEqualTo(415);
        }
    }

    @Nested
    class Shares {
        @Test
        void areNullWhereTheyAreNotHeld() {
            disperse();
            TreeSet<Integer> held = held();

            assertThat(held).isNotEmpty().hasSizeLessThan(4);
            String share = ask(validator, "/da/get-share", new BlobRequest.Share(blob, held.first()));
            assertThat(share).startsWith("{\"share_idx\":" + held.first() + ",\"column\":[[");
            assertThat(BlobJson.decodeOptionalShare(share.getBytes(StandardCharsets.UTF_8)))
                    .contains(coded.shares().get(held.first()));
            assertThat(ask(validator, "/da/get-share", new BlobRequest.Share(BlobId.ZERO, 0)))
                    .isEqualTo("null");
        }

        @Test
        void comeOneALineAsFiltersTell() {
            disperse();
            TreeSet<Integer> held = held();
            List<Integer> first = List.of(held.first());

            assertThat(sampling(List.of(), List.of(), true)).containsExactlyElementsOf(held);
            assertThat(sampling(List.of(), first, true)).containsExactlyElementsOf(held.tailSet(held.first(), false));
            assertThat(sampling(first, List.of(), false)).containsExactlyElementsOf(first);
            assertThat(sampling(List.of(9), List.of(), false)).isEmpty();
            assertThat(sampling(List.of(), List.of(), false)).isEmpty();
        }

        private List<Integer> sampling(List<Integer> requested, List<Integer> filtered, boolean available) {
            String lines =
                    ask(validator, "/da/sampling/shares", new BlobRequest.Shares(blob, requested, filtered, available));
            assertThat(lines.isEmpty() || lines.endsWith("\n")).isTrue();
            return lines.lines()
                    .map(line -> BlobJson.decodeOptionalShare(line.getBytes(StandardCharsets.UTF_8))
                            .orElseThrow()
                            .index())
                    .toList();
        }

        @Test
        void ofAnUnknownBlobAreAnError() {
            byte[] body = BlobRequestJson.encode(new BlobRequest.Shares(blob, List.of(), List.of(), true));

            assertThat(refusal(validator.ask("GET", "/da/sampling/shares", body), 500))
                    .isEqualTo("Blob index not found");
        }

        @Test
        void canBeAdded() {
            byte[] body = BlobJson.encode(
                    new BlobJson.FullShare(coded.commitments(), coded.shares().get(2)));

            assertThat(json(validator.ask("POST", "/da/add-share", body))).isEqualTo("null");
            assertThat(held()).containsExactly(2);
        }

        @Test
        void ofAnotherBlobAreRefused() {
            byte[] body = BlobJson.encode(new BlobJson.FullShare(
                    BlobCoding.encode(new byte[62], 4).commitments(),
                    coded.shares().get(2)));

            assertThat(refusal(validator.ask("POST", "/da/add-share", body), 500))
                    .isEqualTo("Failed to verify share");
            assertThat(held()).isEmpty();
        }
    }

    @Nested
    class Commitments {
        private final String expected = new String(BlobJson.encode(coded.commitments()), StandardCharsets.UTF_8);

        @Test
        void comeFromTheStoreOrFromPeers() {
            disperse();
            DevNet.text(validator.request("GET", "/da/blacklisted-peers", ""));

            assertThat(ask(validator, "/da/get-storage-commitments", new BlobRequest.StoredCommitments(blob)))
                    .isEqualTo(expected)
                    .startsWith("{\"rows_commitments\":[[");
            assertThat(ask(executor, "/da/get-commitments", new BlobRequest.Commitments(blob, 0)))
                    .isEqualTo(expected);
        }

        @Test
        void ofAnUnknownBlobAreNullInTheStore() {
            assertThat(ask(validator, "/da/get-storage-commitments", new BlobRequest.StoredCommitments(blob)))
                    .isEqualTo("null");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 7})
        void ofAnUnknownBlobAreAnErrorAfterASecond(long session) {
            net.run(10 * DevNet.SECOND);

            assertErrorAfterASecond(session);
        }

        @Test
        void areAnErrorAfterASecondWhenPeersAreSilent() {
            net.run(10 * DevNet.SECOND);
            net.node(1).stop();
            executor.stop();

            assertErrorAfterASecond(0);
        }

        private void assertErrorAfterASecond(long session) {
            List<ApiResponse> answers = validator.ask(
                    "POST", "/da/get-commitments", BlobRequestJson.encode(new BlobRequest.Commitments(blob, session)));
            net.run(DevNet.SECOND - 1);
            assertThat(answers).isEmpty();
            net.run(1);

            assertThat(refusal(answers, 500)).isEqualTo("Failed to get range");
        }
    }

    @Nested
    class Peers {
        private final String peer = TestGenesis.provider(1).publicKey().toPeerId();

        @Test
        void areBlockedAndUnblocked() {
            String body = "\"" + peer + "\"";

            assertThat(validator.get("/da/blacklisted-peers")).isEqualTo("[]");
            assertThat(validator.post("/da/block-peer", body)).isEqualTo("true");
            assertThat(validator.post("/da/block-peer", body)).isEqualTo("false");
            assertThat(validator.get("/da/blacklisted-peers")).isEqualTo("[" + body + "]");
            assertThat(validator.post("/da/unblock-peer", body)).isEqualTo("true");
            assertThat(validator.post("/da/unblock-peer", body)).isEqualTo("false");
            assertThat(validator.get("/da/blacklisted-peers")).isEqualTo("[]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"17", "\"0OIl\"", "\"abc\""})
        void areNamedByPeerIds(String body) {
            ApiResponse response = validator.request("POST", "/da/block-peer", body);

            assertThat(response.status()).isEqualTo(422);
            assertThat(DevNet.text(response))
                    .startsWith("Failed to deserialize the JSON body into the target type: expected a ");
        }

        @Test
        void areCountedBySubnet() {
            net.run(10 * DevNet.SECOND);

            assertThat(validator.get("/da/balancer-stats"))
                    .matches("\\{\"0\":\\{\"inbound\":[012],\"outbound\":[012]},.*\"3\":\\{.*}}");
            assertThat(validator.get("/da/monitor-stats")).isEqualTo("{}");
            executor.stop();
            net.node(1).stop();
            net.run(40 * DevNet.SECOND);
            assertThat(validator.get("/da/balancer-stats"))
                    .isEqualTo("{\"0\":{\"inbound\":0,\"outbound\":0},\"1\":{\"inbound\":0,\"outbound\":0},"
                            + "\"2\":{\"inbound\":0,\"outbound\":0},\"3\":{\"inbound\":0,\"outbound\":0}}");
        }

        @Test
        void areAssignedToSubnetsTheSameOnEveryNode() {
            String membership = validator.post("/test/da/membership", "0");

            assertThat(membership)
                    .startsWith("{\"assignations\":{\"0\":[\"12D3Koo")
                    .contains("\"" + peer + "\":\"/dns4/node-1/udp/3300/quic-v1\"");
            assertThat(executor.post("/test/da/membership", "0")).isEqualTo(membership);
            for (String unknown : List.of("1", "2", "18446744073709551615")) {
                assertThat(validator.post("/test/da/membership", unknown))
                        .isEqualTo("{\"assignations\":{},\"addressbook\":{}}");
            }
        }
    }

    @Test
    void samplesBlobsOnRequest() {
        disperse();
        assertThat(historic(blob, 0)).isEqualTo("true");
        assertThat(historic(BlobId.ZERO, 0)).isEqualTo("false");
        assertThat(historic(blob, 9)).isEqualTo("false");
        assertThat(json(validator.ask(
                        "POST",
                        "/test/da/historic-sampling",
                        BlobRequestJson.encode(new BlobRequest.Historic(HeaderId.ZERO, List.of())))))
                .isEqualTo("true");
        assertThat(refusal(
                        validator.ask(
                                "POST",
                                "/test/da/historic-sampling",
                                ("{\"block_id\":\"" + ZERO + "\",\"blob_ids\":[[1]]}")
                                        .getBytes(StandardCharsets.UTF_8)),
                        422))
                .isEqualTo("Failed to deserialize the JSON body into the target type: blob_ids[0][0]: expected an array"
                        + " of 32 numbers but was 1");
    }

    private String historic(BlobId sampled, long session) {
        List<ApiResponse> answers = validator.ask(
                "POST",
                "/test/da/historic-sampling",
                BlobRequestJson.encode(new BlobRequest.Historic(
                        HeaderId.ZERO, List.of(new BlobRequest.Commitments(sampled, session)))));
        net.run(5 * DevNet.SECOND);
        return json(answers);
    }
}
