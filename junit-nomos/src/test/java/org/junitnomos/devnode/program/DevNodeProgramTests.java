package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DevNodeProgramTests {
    private static final TestGenesis GENESIS = new TestGenesis(3, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @TempDir
    Path directory;

    private final List<ChildNode> nodes = new ArrayList<>();
    private final Instant chainStart = Instant.now().minusSeconds(1);
    private int securityParameter = 10;

    @AfterEach
    void killAll() throws Exception {
        for (ChildNode node : nodes) {
            node.close();
        }
    }

    private ChildNode add(int index, String... peers) throws IOException {
        String name = "validator-" + index;
        String config = ChildNode.config(name, index, List.of(peers), GENESIS, chainStart)
                .replace("security_parameter: 10", "security_parameter: " + securityParameter);
        ChildNode node = new ChildNode(name, directory, config);
        nodes.add(node);
        return node;
    }

    @Nested
    class ThreeNodes {
        private ChildNode first;
        private ChildNode second;
        private ChildNode third;

        @BeforeEach
        void start() throws IOException {
            securityParameter = 30; // nodes that lead alone for so many blocks never find together
            first = add(0, "validator-1", "validator-2");
            second = add(1, "validator-0", "validator-2");
            third = add(2, "validator-0", "validator-1");
            var starts = nodes.stream()
                    .map(node -> CompletableFuture.runAsync(() -> startAtOnce(node)))
                    .toList();
            starts.forEach(CompletableFuture::join);
            tellAddresses();
        }

        private static void startAtOnce(ChildNode node) {
            try {
                node.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void tellAddresses() {
            for (ChildNode node : nodes) {
                List<String> peers = new ArrayList<>();
                for (ChildNode peer : nodes) {
                    if (peer != node) {
                        peers.add("{\"peer\":\"" + peer.name + "\",\"address\":\"" + peer.address() + "\"}");
                    }
                }
                assertThat(node.post("testing", "/test/dev/peers", peers.toString())
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        /**
         * Waits until the first node is above a height and all nodes made one block final since then; they are asked
         * one after the other, so on a busy machine they may never be seen to stand on it at once.
         */
        private void awaitAgreementAbove(long height) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(first.height()).isGreaterThan(height));
            var finals = new LinkedHashMap<ChildNode, Set<String>>();
            await().atMost(PATIENCE).untilAsserted(() -> {
                for (ChildNode node : nodes) {
                    var lib = node.info().path("lib").asText();
                    finals.computeIfAbsent(node, key -> new LinkedHashSet<>()).add(lib);
                }
                var common = new LinkedHashSet<>(finals.get(first));
                finals.values().forEach(common::retainAll);
                common.remove(new GenesisTx(GENESIS.transaction()).header().id().toHex());
                assertThat(common).as("blocks that all nodes made final").isNotEmpty();
            });
            assertThat(first.info().path("lib").asText())
                    .isNotEqualTo(first.info().path("tip").asText());
        }

        @Test
        void makeOneChainAndTakeBackANodeThatWasKilled() throws Exception {
            awaitAgreementAbove(12);
            long before = third.height();
            third.close();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(first.height()).isGreaterThan(before + 5));

            third.start();
            tellAddresses();

            assertThat(third.log()).contains(" blocks of earlier lives can be read.");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(third.info().path("mode").asText()).isEqualTo("Online"));
            awaitAgreementAbove(before + 10);
            assertThat(third.height()).isGreaterThan(before + 5);
        }

        @Test
        void loseAPeerAndTakeItInAgain() {
            awaitAgreementAbove(2);
            first.delete("testing", "/test/dev/peers/validator-2");
            assertThat(first.get("testing", "/test/dev/peers").body()).doesNotContain("validator-2");
            assertThat(first.get("testing", "/test/dev/links").body()).doesNotContain("validator-2");
            assertThat(first.delete("testing", "/test/dev/peers/validator-2").statusCode())
                    .isEqualTo(404);

            var added = first.post(
                    "testing",
                    "/test/dev/peers",
                    "[{\"peer\":\"validator-2\",\"address\":\"" + third.address() + "\"}]");

            assertThat(added.statusCode()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    first.get("testing", "/test/dev/links").body())
                            .contains("\"peer\":\"validator-2\",\"up\":true,\"connected\":true"));
            awaitAgreementAbove(first.height() + 3);
        }

        @Test
        void includeATransactionThatAnotherNodeGot() throws IOException {
            await().atMost(PATIENCE).untilAsserted(() -> {
                String peers = first.get("api", "/network/info").body();
                assertThat(peers).contains("\"n_peers\":2");
            });
            var transaction = GENESIS.renew(0, GENESIS.walletNote(0));
            String json = new String(MantleJson.encode(transaction), StandardCharsets.UTF_8);

            assertThat(second.post("api", "/mempool/add/tx", json).statusCode()).isEqualTo(200);

            // Not by /mantle/status: leaders of one slot make the same block, and whoever proposed it says Pending.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(blocksOf(third))
                            .anySatisfy(block ->
                                    assertThat(block.transactionHashes()).contains(transaction.hash())));
        }

        /** The blocks of a node from its tip down to its last final one. */
        private static List<Block> blocksOf(ChildNode node) throws IOException {
            var blocks = new ArrayList<Block>();
            for (var id : ChildNode.JSON.readTree(
                    node.get("api", "/cryptarchia/headers").body())) {
                String answer = node.post("api", "/storage/block", "\"" + id.asText() + "\"")
                        .body();
                MantleJson.decodeOptionalBlock(answer.getBytes(StandardCharsets.UTF_8))
                        .ifPresent(blocks::add);
            }
            return blocks;
        }

        @Test
        void streamFinalBlocksAndShowMetrics() throws IOException {
            try (InputStream stream =
                            first.uri("api", "/cryptarchia/lib-stream").toURL().openStream();
                    BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (int i = 0; i < 3; i++) {
                    var line = ChildNode.JSON.readTree(lines.readLine());
                    assertThat(line.path("header_id").asText()).hasSize(64);
                    assertThat(line.path("height").asLong()).isPositive();
                }
            }
            var metrics = first.get("testing", "/metrics");
            assertThat(metrics.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            assertThat(metrics.body())
                    .contains("# TYPE consensus_processed_blocks counter\nconsensus_processed_blocks ")
                    .containsPattern("nomos_dev_node_height [1-9]")
                    .containsPattern("process_resident_memory_bytes [1-9][0-9]{6,}\n")
                    .containsPattern("process_cpu_seconds_total [0-9]")
                    .contains("nomos_dev_node_connections_refused 0\n");
        }

        @Test
        void cutOffAndCountWhoTalksNonsense() throws IOException {
            try (Socket socket =
                    new Socket("127.0.0.1", first.ports.path("peer").asInt())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(1)).isEmpty();
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(first.get("testing", "/metrics").body())
                                    .contains("nomos_dev_node_connections_refused 1\n"));
            assertThat(first.log()).contains("expected a frame of a dev node but was 0x47455420 at its start");
        }
    }

    @Nested
    class OneNode {
        private ChildNode node;

        @BeforeEach
        void start() throws IOException {
            node = add(0, "validator-1").start();
        }

        @Test
        void tellsItsPorts() {
            assertThat(node.line)
                    .isEqualTo("Node validator-0 (pid " + node.process.pid() + ") listens on 127.0.0.1: api "
                            + node.ports.path("api") + ", testing " + node.ports.path("testing") + ", peer "
                            + node.ports.path("peer") + ".");
            assertThat(node.ports.path("pid").asLong()).isEqualTo(node.process.pid());
        }

        /** The test is the peer: it has two connections, one in each direction. */
        @Test
        void opensAConnectionAnewToAPeerThatSaysItHearsNothing() throws IOException {
            HeaderId network = new GenesisTx(GENESIS.transaction()).header().id();
            var greeting = PeerCodec.encode(new PeerCodec.Greeting(network, "validator-1"));
            var deaf = PeerCodec.encode(new PeerMessage.Hello(network, 0, network, true));
            try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    var toNode = new Socket("127.0.0.1", node.ports.path("peer").asInt())) {
                toNode.getOutputStream().write(greeting);
                String address = "127.0.0.1:" + server.getLocalPort();
                node.post("testing", "/test/dev/peers", "[{\"peer\":\"validator-1\",\"address\":\"" + address + "\"}]");
                try (var silent = server.accept()) {
                    silent.getOutputStream().write(greeting);
                    server.setSoTimeout(100);

                    await().atMost(PATIENCE)
                            .ignoreExceptionsInstanceOf(SocketTimeoutException.class)
                            .until(
                                    () -> {
                                        toNode.getOutputStream().write(deaf);
                                        try (var anew = server.accept()) {
                                            return PeerCodec.readGreeting(anew.getInputStream())
                                                    .name();
                                        }
                                    },
                                    name -> name.equals("validator-0"));

                    silent.setSoTimeout((int) PATIENCE.toMillis());
                    assertThat(silent.getInputStream().readAllBytes()).isNotEmpty(); // to its end
                }
            }
        }

        @Test
        void refusesAddressesThatMakeNoSense() {
            var own = node.post("testing", "/test/dev/peers", "[{\"peer\":\"validator-0\",\"address\":\"a:1\"}]");
            assertThat(own.statusCode()).isEqualTo(422);
            assertThat(own.body()).endsWith("peer: expected the name of another node but was \"validator-0\"");
            var wrong = node.post("testing", "/test/dev/peers", "[{\"peer\":\"validator-1\",\"address\":\"a\"}]");
            assertThat(wrong.statusCode()).isEqualTo(422);
            assertThat(wrong.body()).endsWith("address of 'validator-1': expected host:port but was \"a\"");
            assertThat(node.post("testing", "/test/dev/peers", "[").statusCode())
                    .isEqualTo(400);
            assertThat(node.get("testing", "/test/dev/peers").body())
                    .isEqualTo("[{\"peer\":\"validator-1\",\"address\":null,\"connected\":false,\"unreachable\":0}]");
        }

        @Test
        void endsWhenItsParentClosesThePipe() throws Exception {
            node.process.getOutputStream().close();

            assertThat(node.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(node.process.exitValue()).isZero();
            assertThat(node.log()).contains("Stopped, the tip is");
        }

        @Test
        void stopsCleanlyWhenTerminated() throws Exception {
            node.process.destroy();

            assertThat(node.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(node.process.exitValue()).isEqualTo(143);
            assertThat(node.log()).contains("Stopped, the tip is");
        }

        @Test
        void namesThePortThatIsTaken() throws Exception {
            String taken = "api_port: " + node.ports.path("api");
            String config =
                    ChildNode.config("validator-1", 1, List.of(), GENESIS, chainStart) + "listen: {" + taken + "}\n";
            Path file = Files.writeString(directory.resolve("taken.yaml"), config);
            Process second = ChildNode.spawn(file.toString());

            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(3);
            assertThat(ChildNode.errors(second))
                    .contains("The api port 127.0.0.1:" + node.ports.path("api") + " cannot be bound.");
        }

        @Test
        void keepsASecondOneOutOfItsStore() throws Exception {
            Process second = ChildNode.spawn(node.directory.resolve("node.yaml").toString());

            assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(3);
            assertThat(ChildNode.errors(second)).contains("Cannot start the node: ", " is in use; expected that no");
        }
    }

    @Test
    void endsWithCodeTwoIfTheConfigurationIsWrong() throws Exception {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "name: validator-0\n");
        Process process = ChildNode.spawn(file.toString());

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(ChildNode.errors(process))
                .isEqualToIgnoringNewLines(
                        "The key 'genesis' is missing, expected the genesis transaction as in the" + " API of a node.");
    }
}
