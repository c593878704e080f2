package org.junitnomos.deploy.real;

import static org.junitnomos.deploy.real.TaggedYaml.map;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.real.TaggedYaml.Tagged;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;

/**
 * Writes the configuration of a real node (node contract 5.4), with the values of the Rust testing framework wherever a
 * topology says nothing. Blend is in Broadcast mode: its least network is larger than the cluster (5.5).
 */
final class RealNodeConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGER_THAN_ANY_CLUSTER = 100;
    private static final int COLUMNS = 2;
    private static final int MOST_REQUESTS = 10_000;

    private final RealNodeValues node;
    private final RealNodeValues.Ports ports;
    private final String identity;
    private final int subnets;

    private RealNodeConfig(RealNodeValues node) {
        this.node = node;
        this.ports = node.ports();
        this.identity = hex(node.identity().seed());
        this.subnets = Math.min(node.nodes(), COLUMNS);
    }

    /**
     * Writes the file.
     *
     * @param overlay changes what it says
     * @throws IOException if the genesis cannot be written as JSON
     */
    static String text(RealNodeValues node, Consumer<Map<String, @Nullable Object>> overlay) throws IOException {
        var configuration = new RealNodeConfig(node).root();
        overlay.accept(configuration);
        return TaggedYaml.write(configuration);
    }

    private Map<String, @Nullable Object> root() throws IOException {
        var known = node.knownKeys().stream().map(ZkPublicKey::toHex).toList();
        var root = map(
                "network", network(),
                "blend", blend(),
                "deployment", deployment(),
                "cryptarchia", cryptarchia(),
                "time", time(),
                "mempool", map("recovery_path", ""),
                "tracing", tracing(),
                "da_network", availabilityNetwork(),
                "da_verifier", verifier(),
                "da_sampling", sampling(),
                "sdp", map("declaration", null),
                "http", http(ports.api()),
                "testing_http", http(ports.testing()),
                "storage", map("db_path", "./db", "read_only", false, "column_family", "blocks"),
                "wallet", map("known_keys", known),
                "key_management", map("keys", keys()));
        if (node.executor()) {
            root.put("da_dispersal", dispersal());
        }
        return root;
    }

    private Map<String, @Nullable Object> network() {
        var swarm = map(
                "host", ports.listen(),
                "port", ports.gossip(),
                "node_key", identity,
                "chain_sync_config", map("peer_response_timeout", 60_000),
                "nat_config", map("type", "static", "external_address", udp(ports.published())));
        return map("backend", map("initial_peers", node.initialPeers(), "swarm", swarm));
    }

    private Map<String, @Nullable Object> blend() {
        var core = map(
                "backend",
                        map(
                                "listening_address", udp(ports.listen(), ports.blend()),
                                "core_peering_degree", map("start", 1, "end", 3),
                                "edge_node_connection_timeout", seconds(1),
                                "max_edge_node_incoming_connections", 300,
                                "max_dial_attempts_per_peer", 3),
                "zk", map("secret_key_kms_id", zk().toPublicKey().toHex()));
        var edge = map("backend", map("max_dial_attempts_per_peer_per_message", 1, "replication_factor", 1));
        return map(
                "non_ephemeral_signing_key",
                identity,
                "recovery_path_prefix",
                "./recovery/blend",
                "core",
                core,
                "edge",
                edge);
    }

    private Map<String, @Nullable Object> deployment() {
        return map(
                "blend", map("common", blendOfAll(), "core", blendCore()),
                "network",
                        map(
                                "kademlia_protocol_name", "/integration/nomos/kad/1.0.0",
                                "identify_protocol_name", "/integration/nomos/identify/1.0.0"),
                "cryptarchia", consensus(),
                "time", map("slot_duration", standard(node.consensus().slotDuration())),
                "mempool", map("pubsub_topic", "mantle"));
    }

    private Map<String, @Nullable Object> blendOfAll() {
        var timing = map(
                "round_duration", bounded(1),
                "rounds_per_interval", 30,
                "rounds_per_session", 648_000,
                "rounds_per_observation_window", 30,
                "rounds_per_session_transition_period", 30,
                "epoch_transition_period_in_slots", 2_600);
        return map(
                "num_blend_layers",
                1,
                "minimum_network_size",
                Math.max(LARGER_THAN_ANY_CLUSTER, node.nodes() + 1),
                "protocol_name",
                "/blend/integration-tests",
                "timing",
                timing);
    }

    private static Map<String, @Nullable Object> blendCore() {
        return map(
                "scheduler",
                map(
                        "cover", map("intervals_for_safety_buffer", 100, "message_frequency_per_round", 1.0),
                        "delayer", map("maximum_release_delay_in_rounds", 3)),
                "minimum_messages_coefficient",
                1,
                "normalization_constant",
                1.03);
    }

    private Map<String, @Nullable Object> consensus() {
        var service = map(
                "lock_period", 10,
                "inactivity_period", 20,
                "retention_period", 100,
                "timestamp", 0,
                "session_duration", 1_000);
        return map(
                "epoch_config",
                        map(
                                "epoch_stake_distribution_stabilization", 3,
                                "epoch_period_nonce_buffer", 3,
                                "epoch_period_nonce_stabilization", 4),
                "consensus_config",
                        map(
                                "security_param", node.consensus().securityParameter(),
                                "active_slot_coeff",
                                        node.consensus().activeSlotCoefficient().doubleValue()),
                "sdp_config",
                        map(
                                "service_params", map("BN", service, "DA", new LinkedHashMap<>(service)),
                                "min_stake", map("threshold", 1, "timestamp", 0)),
                "gossipsub_protocol", "/cryptarchia/proto");
    }

    private Map<String, @Nullable Object> cryptarchia() throws IOException {
        var bootstrap = map(
                "prolonged_bootstrap_period", bounded(1),
                "force_bootstrap", false,
                "offline_grace_period", map("grace_period", bounded(1_200), "state_recording_interval", bounded(60)));
        var service = map(
                "starting_state",
                new Tagged("Genesis", map("genesis_tx", genesis())),
                "recovery_file",
                "",
                "bootstrap",
                bootstrap);
        var network = map(
                "bootstrap", map("ibd", map("peers", List.of(), "delay_before_new_download", seconds(10))),
                "sync", map("orphan", map("max_orphan_cache_size", 5)));
        return map(
                "service", service,
                "network", network,
                "leader",
                        map(
                                "pk",
                                node.leader().toPublicKey().toHex(),
                                "sk",
                                node.leader().value().toHex()));
    }

    /** The transaction as in JSON, but for its proofs, whose kinds are tags. */
    private Object genesis() throws IOException {
        Map<?, ?> json = JSON.readValue(MantleJson.encode(node.genesis()), Map.class);
        var genesis = new LinkedHashMap<String, @Nullable Object>();
        json.forEach((key, value) -> genesis.put(String.valueOf(key), value));
        var proofs = new ArrayList<Object>();
        for (Object proof : (List<?>) Objects.requireNonNull(json.get("ops_proofs"))) {
            if (proof instanceof Map<?, ?> kind) {
                kind.forEach((name, content) -> proofs.add(new Tagged(String.valueOf(name), content)));
            } else {
                proofs.add(proof);
            }
        }
        genesis.put("ops_proofs", proofs);
        return genesis;
    }

    private Map<String, @Nullable Object> time() {
        var start = node.chainStart().atOffset(ZoneOffset.UTC);
        var parts = List.of(
                start.getYear(),
                start.getDayOfYear(),
                start.getHour(),
                start.getMinute(),
                start.getSecond(),
                start.getNano(),
                0,
                0,
                0);
        return map(
                "chain_start_time",
                parts,
                "backend",
                map(
                        "ntp_server", "pool.ntp.org",
                        "ntp_client_settings", map("timeout", bounded(5), "listening_interface", "0.0.0.0"),
                        "update_interval", bounded(16)));
    }

    private Map<String, @Nullable Object> tracing() {
        return map(
                "logger", "Stdout",
                "tracing", "None",
                "filter", "None",
                "metrics", node.metrics(),
                "console", "None",
                "level", node.level().name());
    }

    private Map<String, @Nullable Object> availabilityNetwork() {
        int leastPeers = node.nodes() > 1 ? 1 : 0;
        var policy = map(
                "min_dispersal_peers", leastPeers,
                "min_replication_peers", leastPeers,
                "max_dispersal_failures", 0,
                "max_sampling_failures", 0,
                "max_replication_failures", 0,
                "malicious_threshold", 0);
        var validator = map(
                "node_key", identity,
                "listening_address", udp(ports.listen(), ports.availability()),
                "policy_settings", policy,
                "monitor_settings", map("failure_time_window", "5.0", "time_decay_factor", "0"),
                "balancer_interval", seconds(1),
                "redial_cooldown", seconds(0),
                "replication_settings", map("seen_message_cache_size", 1_000, "seen_message_ttl", "3600.0"),
                "subnets_settings", map("num_of_subnets", 1, "shares_retry_limit", 1, "commitments_retry_limit", 1));
        return map(
                "backend",
                node.executor() ? map("validator_settings", validator, "num_subnets", subnets) : validator,
                "membership",
                map("subnetwork_size", subnets, "replication_factor", subnets, "session_id", 0),
                "api_adapter_settings",
                map("api_port", ports.api(), "is_secure", false),
                "subnet_refresh_interval",
                seconds(30),
                "subnet_threshold",
                1,
                "min_session_members",
                1);
    }

    private Map<String, @Nullable Object> verifier() {
        return map(
                "share_verifier_settings", shares(),
                "tx_verifier_settings", null,
                "network_adapter_settings", null,
                "storage_adapter_settings", map("blob_storage_directory", "./blobs"),
                "mempool_trigger_settings",
                        map(
                                "publish_threshold", 0.8,
                                "share_duration", bounded(5),
                                "prune_duration", bounded(30),
                                "prune_interval", bounded(5)));
    }

    private Map<String, @Nullable Object> sampling() {
        return map(
                "share_verifier_settings", shares(),
                "sampling_settings",
                        map(
                                "num_samples",
                                1,
                                "num_subnets",
                                subnets,
                                "old_blobs_check_interval",
                                seconds(5),
                                "blobs_validity_duration",
                                seconds(60)),
                "commitments_wait_duration", seconds(1),
                "sdp_blob_trigger_sampling_delay", seconds(5));
    }

    private Map<String, @Nullable Object> dispersal() {
        var encoder = map(
                "num_columns",
                COLUMNS,
                "with_cache",
                false,
                "global_params_path",
                node.parameters().toString());
        return map(
                "backend",
                map(
                        "encoder_settings",
                        encoder,
                        "dispersal_timeout",
                        bounded(20),
                        "retry_cooldown",
                        bounded(3),
                        "retry_limit",
                        2));
    }

    private Map<String, @Nullable Object> shares() {
        return map("global_params_path", node.parameters().toString(), "domain_size", COLUMNS);
    }

    private Map<String, @Nullable Object> http(int port) {
        return map(
                "backend_settings",
                map(
                        "address",
                        ports.listen() + ":" + port,
                        "cors_origins",
                        List.of(),
                        "rate_limit_per_second",
                        MOST_REQUESTS,
                        "rate_limit_burst",
                        MOST_REQUESTS,
                        "max_concurrent_requests",
                        1_000));
    }

    private Map<String, @Nullable Object> keys() {
        return map(
                hex(node.identity().publicKey().toBytes()), new Tagged("Ed25519", identity),
                zk().toPublicKey().toHex(), new Tagged("Zk", zk().value().toHex()));
    }

    /** The key that manages its declarations. */
    private ZkSecretKey zk() {
        return CircuitProver.secretOf(node.identity());
    }

    private String udp(int port) {
        return udp(ports.host(), port);
    }

    /** The address of a port of UDP, where QUIC is spoken. */
    static String udp(String host, int port) {
        return "/ip4/" + host + "/udp/" + port + "/quic-v1";
    }

    /** A duration of the standard library of Rust. */
    private static Map<String, @Nullable Object> standard(Duration duration) {
        return map("secs", duration.getSeconds(), "nanos", duration.getNano());
    }

    private static Map<String, @Nullable Object> seconds(long seconds) {
        return standard(Duration.ofSeconds(seconds));
    }

    /** A duration with a lower bound, which is a pair. */
    private static List<Long> bounded(long seconds) {
        return List.of(seconds, 0L);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
