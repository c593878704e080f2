package org.junitnomos.deploy.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

/** Writes the configuration of a dev node as JSON, which is YAML, and reads the ports it publishes. */
final class DevNodeFiles {
    private static final String PORTS = "ports.json";
    private static final String STATE = "state";

    /** How long a node stays in mode Bootstrapping after a start (node contract 3.6: prolonged bootstrap). */
    private static final Duration BOOTSTRAP = Duration.ofSeconds(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private DevNodeFiles() {}

    static Path portsFile(NodeSetup setup) {
        return setup.directory().resolve(PORTS);
    }

    /** Write the configuration; nodes bind whatever port is free, unless theirs are leased. */
    static String text(NodeSetup setup) throws IOException {
        var consensus = setup.topology().consensus();
        var config = JSON.createObjectNode();
        config.put("name", setup.node().name());
        config.put("role", setup.node().role() == NodeRole.EXECUTOR ? "executor" : "validator");
        var peers = config.putArray("peers");
        for (var peer : setup.peers()) {
            var ports = setup.leased().get(peer);
            peers.add(ports == null ? peer : peer + "=" + ports.host() + ":" + ports.peer());
        }
        config.put("chain_start", setup.chainStart().toString());
        config.put("slot_duration_ms", consensus.slotDuration().toMillis());
        config.put("active_slot_coefficient", consensus.activeSlotCoefficient().toPlainString());
        config.put("security_parameter", consensus.securityParameter());
        config.put("bootstrap_ms", BOOTSTRAP.toMillis());
        config.put(
                "clock_skew_us",
                micros(setup.topology().clockSkews().getOrDefault(setup.node().name(), Duration.ZERO)));
        config.put("seed", setup.seed());
        link(config.putObject("link"), setup.topology().links());
        var leased = setup.leased().get(setup.node().name());
        if (leased != null) {
            config.putObject("listen")
                    .put("host", leased.host())
                    .put("api_port", leased.api())
                    .put("testing_port", leased.testing())
                    .put("peer_port", leased.peer());
        }
        config.put("directory", STATE);
        config.put("log_file", setup.log().toString());
        config.put("ports_file", PORTS);
        config.put("exit_when_stdin_closes", true);
        config.put("leader_key", setup.leader().value().toHex());
        var keys =
                config.putArray("wallet_keys").add(setup.leader().toPublicKey().toHex());
        setup.genesis().wallets().forEach(wallet -> keys.add(wallet.owner().toHex()));
        config.set("genesis", JSON.readTree(MantleJson.encode(setup.genesis().transaction())));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IOException("the configuration cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void link(ObjectNode link, LinkSpec spec) {
        link.put("latency_us", micros(spec.latency()));
        link.put("jitter_us", micros(spec.jitter()));
        link.put("loss_per_mille", spec.lossPerMille());
        if (spec.bandwidth() > 0) {
            link.put("bytes_per_second", spec.bandwidth());
        }
    }

    private static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    }

    /** Read what a node published. */
    static NodePorts readPorts(byte[] json) throws IOException {
        var ports = JSON.readTree(json);
        return new NodePorts(
                ports.path("host").asText(),
                ports.path("api").asInt(),
                ports.path("testing").asInt(),
                ports.path("peer").asInt());
    }
}
