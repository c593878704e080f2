package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.da.DaSettings;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.realnode.RealYaml;

/**
 * Makes the configuration of a dev node of one of a real node. A dev node must know its peers on both sides, and where
 * they provide data availability; a real one learns that from the network. So this one reads the configurations beside
 * its own, and in a container the genesis.
 */
final class StandInSetup {
    private static final long LIMIT_SECONDS = 60;
    private static final String EVERYWHERE = "0.0.0.0";
    private static final Pattern LOCATOR = Pattern.compile("/ip4/([^/]*)/udp/([0-9]+)/.*");

    private final Path file;
    private final JsonNode config;
    private final boolean executor;
    private final boolean alone;

    /** Prepares to read a configuration; a node that is alone at first is told of its peers later. */
    StandInSetup(Path file, JsonNode config, boolean executor, boolean alone) {
        this.file = file;
        this.config = config;
        this.executor = executor;
        this.alone = alone;
    }

    ProgramConfig read() throws IOException, ConfigException, InterruptedException {
        GenesisTx genesis = genesis();
        Map<String, PeerAddress> peers = alone ? new LinkedHashMap<>() : peers(genesis);
        Instant start = start();
        JsonNode consensus = config.at("/deployment/cryptarchia/consensus_config");
        JsonNode slot = config.at("/deployment/time/slot_duration");
        var wallet = new ArrayList<ZkPublicKey>();
        config.at("/wallet/known_keys").forEach(key -> wallet.add(ZkPublicKey.fromHex(key.asText())));
        var node = new DevNodeConfig(
                name(config, genesis),
                executor,
                List.copyOf(peers.keySet()),
                genesis.signed(),
                new ZkSecretKey(Fr.fromHex(config.at("/cryptarchia/leader/sk").asText())),
                wallet,
                Duration.ofSeconds(
                                slot.path("secs").asLong(), slot.path("nanos").asLong())
                        .toNanos(),
                new BigDecimal(consensus.path("active_slot_coeff").asText()),
                consensus.path("security_param").asInt(),
                TimeUnit.SECONDS.toNanos(config.at("/cryptarchia/service/bootstrap/prolonged_bootstrap_period/0")
                        .asLong()),
                0,
                new DevNodeConfig.LinkQuality(0, 0, 0),
                0,
                false,
                start.toEpochMilli(),
                DaSettings.STANDARD,
                new TreeSet<>(),
                false);
        var listen = new ProgramConfig.Listen(
                inContainer() ? EVERYWHERE : "127.0.0.1",
                port("/http"),
                port("/testing_http"),
                null,
                config.at("/network/backend/swarm/port").asInt());
        return new ProgramConfig(
                node, genesis, start, peers, listen, file.resolveSibling("state"), null, null, false, false);
    }

    private int port(String pointer) {
        String address = config.at(pointer + "/backend_settings/address").asText();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    private GenesisTx genesis() throws ConfigException {
        JsonNode genesis = config.at("/cryptarchia/service/starting_state/Genesis/genesis_tx");
        try {
            return MantleJson.decodeGenesisTx(genesis.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException("cryptarchia.service.starting_state: " + wrong.getMessage());
        }
    }

    /** Year, day of the year, hour, minute, second, nanosecond, and an offset of zero. */
    private Instant start() {
        JsonNode parts = config.at("/time/chain_start_time");
        return LocalDate.ofYearDay(parts.path(0).asInt(), parts.path(1).asInt())
                .atTime(
                        parts.path(2).asInt(),
                        parts.path(3).asInt(),
                        parts.path(4).asInt(),
                        parts.path(5).asInt())
                .toInstant(ZoneOffset.UTC);
    }

    private Map<String, PeerAddress> peers(GenesisTx genesis) throws IOException, InterruptedException {
        if (inContainer()) {
            return declared(genesis);
        }
        int members = 0;
        for (SdpDeclare declare : genesis.declarations()) {
            members += declare.serviceType() == ServiceType.DATA_AVAILABILITY ? 1 : 0;
        }
        var peers = new LinkedHashMap<String, PeerAddress>();
        for (JsonNode other : others(members - 1)) {
            if (dials(config, other) || dials(other, config)) {
                peers.put(
                        name(other, genesis),
                        new PeerAddress(
                                "127.0.0.1",
                                other.at("/network/backend/swarm/port").asInt()));
            }
        }
        return peers;
    }

    /** In a container no other configuration is to be seen: all nodes are peers, at the ports of this one. */
    private Map<String, PeerAddress> declared(GenesisTx genesis) {
        var peers = new LinkedHashMap<String, PeerAddress>();
        for (SdpDeclare declare : genesis.declarations()) {
            var locator = LOCATOR.matcher(declare.locators().get(0).toString());
            if (declare.serviceType() == ServiceType.DATA_AVAILABILITY
                    && locator.matches()
                    && !locator.group(1).equals(address(config))) {
                peers.put(
                        locator.group(1) + ":" + locator.group(2),
                        new PeerAddress(
                                locator.group(1),
                                config.at("/network/backend/swarm/port").asInt()));
            }
        }
        return peers;
    }

    private boolean inContainer() {
        return config.at("/network/backend/swarm/host").asText().equals(EVERYWHERE);
    }

    /** The address at which others reach a node. */
    private static String address(JsonNode config) {
        return config.at("/network/backend/swarm/nat_config/external_address")
                .asText()
                .replaceAll("/ip4/([^/]*)/.*", "$1");
    }

    private static boolean dials(JsonNode one, JsonNode other) {
        String address =
                other.at("/network/backend/swarm/nat_config/external_address").asText();
        for (JsonNode peer : one.at("/network/backend/initial_peers")) {
            if (peer.asText().equals(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Host and port at which others reach a node that provides data availability, as its declaration has them; where it
     * listens if it has none.
     */
    static String name(JsonNode config, GenesisTx genesis) {
        JsonNode backend = config.at("/da_network/backend");
        JsonNode validator = backend.has("validator_settings") ? backend.path("validator_settings") : backend;
        var provider = Ed25519PrivateKey.fromSeed(
                        HexFormat.of().parseHex(validator.path("node_key").asText()))
                .publicKey();
        return genesis.declarations().stream()
                .filter(declare -> declare.serviceType() == ServiceType.DATA_AVAILABILITY
                        && declare.providerId().equals(provider))
                .map(declare -> declare.locators().get(0).toString())
                .findFirst()
                .orElse(validator.path("listening_address").asText())
                .replaceAll("/ip4/([^/]*)/udp/([0-9]+)/.*", "$1:$2");
    }

    /** The configurations beside this one, which are written just now. */
    private List<JsonNode> others(int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < end) {
            var found = new ArrayList<JsonNode>();
            try (var nodes = Files.newDirectoryStream(file.getParent().getParent(), Files::isDirectory)) {
                for (Path node : nodes) {
                    Path other = node.resolve("config.yaml");
                    if (!other.equals(file) && Files.exists(other)) {
                        read(other, found);
                    }
                }
            }
            if (found.size() == count) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("the configurations of " + count + " other nodes are not beside " + file);
    }

    private static void read(Path other, List<JsonNode> found) throws IOException {
        try {
            JsonNode config = RealYaml.read(Files.readString(other));
            if (config.has("key_management")) {
                found.add(config);
            }
        } catch (RuntimeException unfinished) {
            found.clear(); // it is written just now
        }
    }
}
