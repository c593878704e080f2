package org.junitnomos.devnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.DevNet.Layout;
import org.junitnomos.devnode.DevNet.Member;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.SignedMantleTx;

class MainRoutesTests {
    private static final String ZERO = "0".repeat(64);
    private static final long SECOND = DevNet.SECOND;

    private final TestGenesis genesis = new TestGenesis(2, 3);
    private final DevNet net =
            DevNet.create(2, Layout.FULL, genesis, config -> config).start();
    private final Member node = net.node(0);

    private void assertAnswer(ApiResponse response, int status, String contentType, String body) {
        assertThat(DevNet.text(response)).isEqualTo(body);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo(contentType);
    }

    private void assertJson(ApiResponse response, String body) {
        assertAnswer(response, 200, "application/json", body);
    }

    private void assertText(ApiResponse response, int status, String body) {
        assertAnswer(response, status, "text/plain; charset=utf-8", body);
    }

    private HeaderId genesisId() {
        return new GenesisTx(genesis.transaction()).header().id();
    }

    @Nested
    class Cryptarchia {
        @Test
        void infoTellsOfGenesisFirst() {
            assertJson(
                    node.request("GET", "/cryptarchia/info", ""),
                    "{\"lib\":\"" + genesisId() + "\",\"tip\":\"" + genesisId()
                            + "\",\"slot\":0,\"height\":0,\"mode\":\"Bootstrapping\"}");
        }

        @Test
        void infoTellsTheSlotOfTheTip() {
            net.run(100 * DevNet.SECOND);
            List<Block> blocks = node.store.blocks();

            DevNet.Info info = node.info();

            assertThat(info.slot())
                    .isEqualTo(blocks.get(blocks.size() - 1).header().slot())
                    .isLessThanOrEqualTo(50);
            assertThat(info.mode()).isEqualTo("Online");
            assertThat(info.lib()).isNotEqualTo(genesisId());
        }

        @Test
        void libStaysAtGenesisUntilTheHeightIsAboveK() {
            while (node.info().height() <= 10) {
                assertThat(node.info().lib()).isEqualTo(genesisId());
                net.run(DevNet.SECOND);
            }

            assertThat(node.info().lib()).isNotEqualTo(genesisId());
        }

        @Test
        void headersWalkFromTipToLib() {
            net.run(100 * DevNet.SECOND);
            DevNet.Info info = node.info();

            String all = node.get("/cryptarchia/headers");

            assertThat(all).startsWith("[\"" + info.tip() + "\",\"").endsWith("\"" + info.lib() + "\"]");
            assertThat(all.split(",")).hasSize(11);
        }

        @Test
        void headersTakeTheirEndsFromTheQuery() {
            net.run(100 * DevNet.SECOND);
            String[] all = node.get("/cryptarchia/headers")
                    .replaceAll("[\\[\\]\"]", "")
                    .split(",");

            assertThat(node.get("/cryptarchia/headers?from=" + all[2] + "&to=" + all[4]))
                    .isEqualTo("[\"" + all[2] + "\",\"" + all[3] + "\",\"" + all[4] + "\"]");
            assertThat(node.get("/cryptarchia/headers?from=" + ZERO)).isEqualTo("[]");
            assertThat(node.get("/cryptarchia/headers?to=" + ZERO).split(",")).hasSize(11);
            assertThat(node.get("/cryptarchia/headers?from=" + genesisId())).isEqualTo("[]");
            assertThat(node.request("GET", "/cryptarchia/headers?from=xyz", "").status())
                    .isEqualTo(400);
        }

        @Test
        void blocksGivesBlocksBelowTheLibOfASlotRangeWithoutGenesis() {
            net.run(200 * DevNet.SECOND);
            List<Long> slots = new ArrayList<>();
            String json = node.get("/cryptarchia/blocks?slot_from=0&slot_to=1000");
            MantleJson.decodeApiBlocks(json.getBytes(StandardCharsets.UTF_8))
                    .forEach(block -> slots.add(block.header().slot()));

            assertThat(slots)
                    .isSorted()
                    .hasSizeGreaterThan(20)
                    .hasSize(node.info().height() - 10 - 1)
                    .doesNotContain(0L);
            String one = node.get("/cryptarchia/blocks?slot_from=" + slots.get(3) + "&slot_to=" + slots.get(3));
            assertThat(MantleJson.decodeApiBlocks(one.getBytes(StandardCharsets.UTF_8)))
                    .hasSize(1);
            assertText(
                    node.request("GET", "/cryptarchia/blocks?slot_from=1", ""),
                    400,
                    "Failed to deserialize query string: missing field `slot_to`");
            assertText(
                    node.request("GET", "/cryptarchia/blocks?slot_from=-1&slot_to=5", ""),
                    400,
                    "Failed to deserialize query string: invalid digit found in string");
            assertText(
                    node.request("GET", "/cryptarchia/blocks?slot_from=5&slot_to=4", ""),
                    500,
                    "to_slot must be greater or equal to from_slot");
            assertJson(node.request("GET", "/cryptarchia/blocks?slot_from=5&slot_to=3", ""), "[]");
            assertJson(node.request("GET", "/cryptarchia/blocks?slot_from=0&slot_to=18446744073709551615", ""), json);
        }
    }

    @Nested
    class Streams {
        private final List<String> lines = new ArrayList<>();
        private int ends;

        private ApiResponse.LineSource open(String path) {
            ApiResponse response = node.request("GET", path, "");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.contentType()).isEqualTo("application/x-ndjson");
            response.lines().begin(line -> lines.add(new String(line, StandardCharsets.UTF_8)), () -> ends++);
            return response.lines();
        }

        @Test
        void libStreamTellsEachNewFinalBlock() {
            net.run(100 * DevNet.SECOND);
            DevNet.Info before = node.info();
            open("/cryptarchia/lib-stream");

            net.run(100 * DevNet.SECOND);

            DevNet.Info after = node.info();
            assertThat(lines).hasSize(after.height() - before.height());
            assertThat(lines.get(0)).startsWith("{\"height\":" + (before.height() - 10 + 1) + ",\"header_id\":\"");
            assertThat(lines.get(lines.size() - 1))
                    .isEqualTo("{\"height\":" + (after.height() - 10) + ",\"header_id\":\"" + after.lib() + "\"}");
        }

        @Test
        void libStreamTellsNothingBeforeTheSwitchToOnlineAndNotTheJumpAtIt() {
            DevNet slow = DevNet.create(
                            1, Layout.FULL, genesis, config -> TestConfigs.withBootstrap(config, 90 * SECOND))
                    .start();
            slow.node(0)
                    .request("GET", "/cryptarchia/lib-stream", "")
                    .lines()
                    .begin(line -> lines.add(new String(line, StandardCharsets.UTF_8)), () -> ends++);

            slow.run(90 * SECOND - 1);
            assertThat(slow.node(0).info().height()).isGreaterThan(12);
            assertThat(slow.node(0).info().mode()).isEqualTo("Bootstrapping");
            slow.run(1);
            DevNet.Info online = slow.node(0).info();
            assertThat(online.mode()).isEqualTo("Online");
            assertThat(online.lib()).isNotEqualTo(genesisId());
            assertThat(lines).isEmpty();
            slow.run(20 * SECOND);

            assertThat(lines).hasSize(slow.node(0).info().height() - online.height());
            assertThat(lines.get(0)).startsWith("{\"height\":" + (online.height() - 10 + 1) + ",");
        }

        @Test
        void blocksStreamTellsEachNewBlock() {
            open("/cryptarchia/blocks/stream");

            net.run(60 * DevNet.SECOND);

            assertThat(lines).hasSize(node.store.blocks().size()).isNotEmpty();
            assertThat(lines.get(0))
                    .startsWith("{\"header\":{\"id\":\""
                            + node.store.blocks().get(0).id() + "\",");
        }

        @Test
        void endsWithTheNodeAndNoLaterThanItsReader() {
            open("/cryptarchia/blocks/stream");
            ApiResponse.LineSource left = open("/cryptarchia/blocks/stream");
            left.close();
            net.run(20 * DevNet.SECOND);
            int received = lines.size();
            assertThat(received).isEqualTo(node.store.blocks().size());

            node.stop();
            net.run(20 * DevNet.SECOND);

            assertThat(ends).isEqualTo(1);
            assertThat(lines).hasSize(received);
        }

        @Test
        void survivesAReaderThatFails() {
            ApiResponse response = node.request("GET", "/cryptarchia/blocks/stream", "");
            response.lines()
                    .begin(
                            line -> {
                                throw new IllegalStateException("gone");
                            },
                            () -> {});

            net.run(60 * DevNet.SECOND);

            assertThat(node.info().height()).isPositive();
            assertThat(node.log).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Nested
    class Storage {
        @Test
        void givesABlockByItsId() {
            net.run(60 * DevNet.SECOND);
            Block block = node.store.blocks().get(0);

            ApiResponse response = node.request("POST", "/storage/block", "\"" + block.id() + "\"");

            assertThat(MantleJson.decodeBlock(response.body())).isEqualTo(block);
            assertThat(DevNet.text(response)).startsWith("{\"header\":{\"version\":\"Bedrock\",\"parent_block\":\"");
        }

        @Test
        void knowsNeitherGenesisNorOtherBlocks() {
            assertJson(node.request("POST", "/storage/block", "\"" + genesisId() + "\""), "null");
            assertJson(node.request("POST", "/storage/block", "\"" + ZERO + "\""), "null");
        }

        @Test
        void refusesWhatIsNoId() {
            assertText(
                    node.request("POST", "/storage/block", "7"),
                    422,
                    "Failed to deserialize the JSON body into the target type: expected a string but was 7");
        }
    }

    @Nested
    class Mempools {
        private final SignedMantleTx transaction = genesis.renew(0, genesis.walletNote(0));

        @Test
        void takesATransactionOnce() {
            assertJson(node.submit(transaction), "null");
            assertText(node.submit(transaction), 500, "Item already in mempool");
            assertJson(
                    node.request("POST", "/mantle/status", "[\"" + transaction.hash() + "\",\"" + ZERO + "\"]"),
                    "[\"Pending\",\"Unknown\"]");
        }

        @Test
        void refusesAWrongSignatureOfAnInscription() {
            Ed25519PrivateKey key = Ed25519PrivateKey.ZERO;
            ChannelInscribe inscribe =
                    new ChannelInscribe(ChannelId.of(new byte[32]), new byte[] {1}, MsgId.ZERO, key.publicKey());
            SignedMantleTx wrong = genesis.operate(
                    Ed25519PrivateKey.fromSeed(transaction.hash().signingBytes()), inscribe);

            assertText(
                    node.submit(wrong),
                    422,
                    "Failed to deserialize the JSON body into the target type: "
                            + "Invalid signature for operation at index 0");
        }

        @Test
        void beginsWithoutMetrics() {
            assertJson(node.request("GET", "/mantle/metrics", ""), "{\"pending_items\":0,\"last_item_timestamp\":0}");
        }

        @Test
        void refusesATransactionWithoutContent() {
            assertText(
                    node.request("POST", "/mempool/add/tx", "{}"),
                    422,
                    "Failed to deserialize the JSON body into the target type: "
                            + "expected the field \"mantle_tx\" but was missing");
        }
    }

    @Nested
    class Network {
        @Test
        void countsPeersThatAnswer() {
            assertThat(node.get("/network/info")).contains("\"n_peers\":0,");

            net.run(DevNet.SECOND / 10);

            assertJson(
                    node.request("GET", "/network/info", ""),
                    "{\"listen_addresses\":[\"/ip4/127.0.0.1/udp/3000/quic-v1\"],"
                            + "\"n_peers\":1,\"n_connections\":1,\"n_pending_connections\":0}");
        }

        @Test
        void forgetsAPeerThatFellSilent() {
            net.run(20 * DevNet.SECOND);
            net.node(1).stop();

            net.run(30 * DevNet.SECOND);

            assertThat(node.get("/network/info")).contains("\"n_peers\":0,");
        }
    }
}
