package org.junitnomos.deploy.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeRole;

/**
 * Writes the configuration of a dev node that is a program of its own, as JSON, which is YAML.
 *
 * @param state directory of its store, relative to that of its configuration or absolute
 * @param listenHost address at which it listens; null for that of its ports, or the loopback if it chooses them itself
 * @param log file to which it writes its log; null for standard output
 * @param portsFile file to which it publishes its ports; null for none
 * @param endsWithInput whether it ends when its standard input is closed
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DevNodeConfigFile(
        String state,
        @Nullable String listenHost,
        @Nullable String log,
        @Nullable String portsFile,
        boolean endsWithInput) {
    /** How long a node stays in mode Bootstrapping after a start (node contract 3.6: prolonged bootstrap). */
    private static final Duration BOOTSTRAP = Duration.ofSeconds(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes the configuration of a node.
     *
     * @param setup the node; it binds whatever port is free unless it has {@link NodeSetup#ports}
     * @return the text of the file
     * @throws IOException if it cannot be written as JSON
     */
    public String text(NodeSetup setup) throws IOException {
        var consensus = setup.topology().consensus();
        var config = JSON.createObjectNode();
        config.put("name", setup.node().name());
        config.put("role", setup.node().role() == NodeRole.EXECUTOR ? "executor" : "validator");
        var peers = config.putArray("peers");
        for (var peer : setup.peers()) {
            var ports = setup.ports().get(peer);
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
        var without = config.putArray("without_rules");
        consensus.withoutRules().forEach(rule -> without.add(rule.label()));
        link(config.putObject("link"), setup.topology().links());
        listen(config, setup);
        config.put("directory", state);
        if (log != null) {
            config.put("log_file", log);
        }
        if (portsFile != null) {
            config.put("ports_file", portsFile);
        }
        config.put("exit_when_stdin_closes", endsWithInput);
        config.put("leader_key", setup.leader().value().toHex());
        var keys = config.putArray("wallet_keys");
        setup.genesis().knownKeys(setup.topology(), setup.leader()).forEach(key -> keys.add(key.toHex()));
        config.set("genesis", JSON.readTree(MantleJson.encode(setup.genesis().transaction())));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IOException("the configuration cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void listen(ObjectNode config, NodeSetup setup) {
        var own = setup.ports().get(setup.node().name());
        var listen = config.putObject("listen");
        if (own != null) {
            listen.put("host", listenHost == null ? own.host() : listenHost)
                    .put("api_port", own.api())
                    .put("testing_port", own.testing())
                    .put("peer_port", own.peer());
        }
        if (!setup.testingSecret().isEmpty()) {
            listen.put("testing_secret", setup.testingSecret());
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
}
