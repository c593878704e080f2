package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.realnode.RealYaml;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.topology.ConsensusParameters;

/** Compares with configurations that real nodes accepted, key by key. */
class RealNodeConfigTests {
    private static final Instant START =
            LocalDateTime.of(2026, 11, 29, 19, 14, 21, 775_652_881).toInstant(ZoneOffset.UTC);
    private static final ConsensusParameters CONSENSUS =
            new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 5);
    private static final JsonNode VALIDATOR = RealYaml.read(RealYaml.accepted("validator-0.yaml"));
    private static final JsonNode EXECUTOR = RealYaml.read(RealYaml.accepted("executor-0.yaml"));

    @Test
    void writesWhatAValidatorAccepted() throws IOException {
        assertThat(RealYaml.read(text(validator(LogLevel.INFO)))).isEqualTo(VALIDATOR);
    }

    @Test
    void writesWhatAnExecutorAccepted() throws IOException {
        var leader = secret("6c64ce9929618f3ae8daaca5aa176c9b00000000000000000000000000000000");
        var executor = new RealNodeValues(
                true,
                key("ce9929618f3ae8daaca5aa176c9bfc400090a81c734475f0c2be9aefa589cce1"),
                leader,
                List.of(leader.toPublicKey()),
                genesis(EXECUTOR),
                3,
                CONSENSUS,
                START,
                new RealNodeValues.Ports("127.0.0.1", "127.0.0.1", 27_796, 31_241, 21_590, 21_590, 20_160, 20_260),
                List.of("/ip4/127.0.0.1/udp/31100/quic-v1"),
                Path.of("<kzg parameters>"),
                LogLevel.INFO,
                "executor-0",
                null);

        assertThat(RealYaml.read(text(executor))).isEqualTo(EXECUTOR);
    }

    @Test
    void quotesTextsThatLookLikeNumbers() throws IOException {
        String text = text(validator(LogLevel.INFO));

        assertThat(text)
                .contains("\"5.0\"", "!Zk \"", "!Ed25519 \"", "\"starting_state\": !Genesis")
                .doesNotContain("!!");
    }

    @Test
    void logsAsMuchAsTheSettingSays() throws IOException {
        var config = RealYaml.read(text(validator(LogLevel.DEBUG)));

        assertThat(config.at("/tracing/level").asText()).isEqualTo("DEBUG");
    }

    @Test
    void pushesMetricsToWhereTheyAreTaken() throws IOException {
        var endpoint = URI.create("http://127.0.0.1:4399/secret/validator-0/v1/metrics");
        String text = text(with(3, LogLevel.INFO, endpoint));

        assertThat(text).contains("\"metrics\": !Otlp");
        assertThat(RealYaml.read(text).at("/tracing/metrics").toString())
                .isEqualTo("{\"Otlp\":{\"endpoint\":\"" + endpoint + "\",\"host_identifier\":\"validator-0\"}}");
    }

    @Test
    void oneNodeAloneHasOneSubnetAndNeedsNoPeers() throws IOException {
        var config = RealYaml.read(text(with(1)));

        assertThat(config.at("/da_network/membership/subnetwork_size").asInt()).isEqualTo(1);
        assertThat(config.at("/da_sampling/sampling_settings/num_subnets").asInt())
                .isEqualTo(1);
        assertThat(config.at("/da_network/backend/policy_settings/min_dispersal_peers")
                        .asInt())
                .isZero();
    }

    @Test
    void blendStaysInBroadcastModeInLargeClusters() throws IOException {
        var config = RealYaml.read(text(with(150)));

        assertThat(config.at("/deployment/blend/common/minimum_network_size").asInt())
                .isEqualTo(151);
    }

    private static String text(RealNodeValues node) throws IOException {
        return RealNodeConfig.text(node, configuration -> {});
    }

    private static RealNodeValues validator(LogLevel level) {
        return with(3, level);
    }

    private static RealNodeValues with(int nodes) {
        return with(nodes, LogLevel.INFO);
    }

    private static RealNodeValues with(int nodes, LogLevel level) {
        return with(nodes, level, null);
    }

    private static RealNodeValues with(int nodes, LogLevel level, @Nullable URI metricsEndpoint) {
        var leader = secret("6c645fa793d7febb089b91bbaf9e2adf00000000000000000000000000000000");
        return new RealNodeValues(
                false,
                key("5fa793d7febb089b91bbaf9e2adf5159dbe33b13ac9576e2282510606809806b"),
                leader,
                List.of(leader.toPublicKey()),
                genesis(VALIDATOR),
                nodes,
                CONSENSUS,
                START,
                new RealNodeValues.Ports("127.0.0.1", "127.0.0.1", 31_861, 27_045, 31_100, 31_100, 20_158, 20_258),
                List.of(),
                Path.of("<kzg parameters>"),
                level,
                "validator-0",
                metricsEndpoint);
    }

    private static SignedMantleTx genesis(JsonNode config) {
        JsonNode genesis = config.at("/cryptarchia/service/starting_state/Genesis/genesis_tx");
        assertThat(genesis).isInstanceOf(ObjectNode.class);
        return MantleJson.decodeGenesisTx(genesis.toString().getBytes(StandardCharsets.UTF_8))
                .signed();
    }

    private static Ed25519PrivateKey key(String hex) {
        return Ed25519PrivateKey.fromSeed(HexFormat.of().parseHex(hex));
    }

    private static ZkSecretKey secret(String hex) {
        return new ZkSecretKey(Fr.fromHex(hex));
    }
}
