package org.junitnomos.devnode.program;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.da.DaSettings;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.WireFormatException;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSecretKey;
import org.junitnomos.topology.NodeRule;

/** Reads the configuration of the program. */
final class ConfigReader {
    private static final long MAX_BANDWIDTH = 1_000_000_000_000L;
    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long HOUR_MICROS = 3_600_000_000L;

    /** Nanoseconds since the start fit into 64 bits. */
    private static final Instant LATEST_START = Instant.parse("2200-01-01T00:00:00Z");

    /** Below, a chain would not have one block in a day. */
    private static final BigDecimal LEAST_COEFFICIENT = new BigDecimal("0.00001");

    private static final int MAX_SCALE = 30;

    private static final String PEERS = "a list of names or name=host:port";

    private ConfigReader() {}

    /**
     * Reads a file. Paths in it count from its directory.
     *
     * @throws ConfigException if the file cannot be read, or a value is wrong
     */
    static ProgramConfig read(Path file) throws ConfigException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new ConfigException("Cannot read the configuration " + file + ": " + failure + ".");
        }
        Path directory = file.toAbsolutePath().getParent();
        return read(text, directory == null ? file.toAbsolutePath() : directory);
    }

    static ProgramConfig read(String text, Path base) throws ConfigException {
        Object root = ConfigText.parse(text);
        if (!(root instanceof Map<?, ?> mapping)) {
            throw new ConfigException("The configuration is no mapping of keys to values.");
        }
        ConfigSection section = new ConfigSection("", mapping);
        ProgramConfig config = program(section, base);
        section.refuseOthers();
        return config;
    }

    private static ProgramConfig program(ConfigSection in, Path base) throws ConfigException {
        Map<String, PeerAddress> addresses = new LinkedHashMap<>();
        GenesisTx genesis = genesis(in);
        DevNodeConfig node = node(in, genesis, addresses);
        String directoryPath = "the path of a directory";
        Path directory = path(in, "directory", directoryPath, in.text("directory", directoryPath), base);
        String filePath = "the path of a file";
        String ports = in.optionalText("ports_file", filePath);
        return new ProgramConfig(
                node,
                genesis,
                chainStart(in),
                addresses,
                listen(in.section("listen")),
                directory,
                logFile(in, directory, base),
                ports == null ? null : path(in, "ports_file", filePath, ports, base),
                in.flag("exit_when_stdin_closes", false),
                in.flag("force_to_disk", false));
    }

    /** Standard output is {@code -}, as programs of Unix have it. */
    private static @Nullable Path logFile(ConfigSection in, Path directory, Path base) throws ConfigException {
        String expected = "the path of a file, or - for standard output";
        String log = in.optionalText("log_file", expected);
        if (log == null) {
            return directory.resolve("node.log");
        }
        return log.equals("-") ? null : path(in, "log_file", expected, log, base);
    }

    private static Path path(ConfigSection in, String key, String expected, String text, Path base)
            throws ConfigException {
        try {
            return base.resolve(text);
        } catch (InvalidPathException problem) {
            throw in.wrong(key, expected);
        }
    }

    private static DevNodeConfig node(ConfigSection in, GenesisTx genesis, Map<String, PeerAddress> addresses)
            throws ConfigException {
        String name = in.text("name", "the name of the node");
        List<String> peers = peers(in, addresses);
        ZkSecretKey leader = new ZkSecretKey(leaderKey(in));
        try {
            return new DevNodeConfig(
                    name,
                    role(in),
                    peers,
                    genesis.signed(),
                    leader,
                    walletKeys(in, leader),
                    in.number("slot_duration_ms", 1, DAY_MILLIS) * MILLI,
                    coefficient(in),
                    (int) in.number("security_parameter", 1, 1_000_000),
                    in.number("bootstrap_ms", 0, DAY_MILLIS, 1_000) * MILLI,
                    in.number("clock_skew_us", -24 * HOUR_MICROS, 24 * HOUR_MICROS, 0) * MICRO,
                    link(in.section("link")),
                    in.number("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0),
                    in.flag("block_explorer", true),
                    chainStart(in).toEpochMilli(),
                    dataAvailability(in.section("data_availability")),
                    withoutRules(in),
                    false);
        } catch (IllegalArgumentException problem) {
            throw new ConfigException("The key 'peers' or 'name' is wrong: " + problem.getMessage());
        }
    }

    private static Set<NodeRule> withoutRules(ConfigSection in) throws ConfigException {
        String expected =
                "a list of " + Stream.of(NodeRule.values()).map(NodeRule::label).collect(Collectors.joining(", "));
        Set<NodeRule> rules = EnumSet.noneOf(NodeRule.class);
        for (String label : in.texts("without_rules", expected)) {
            Optional<NodeRule> rule = NodeRule.of(label);
            if (rule.isEmpty()) {
                throw in.wrong("without_rules", expected);
            }
            rules.add(rule.get());
        }
        return rules;
    }

    private static boolean role(ConfigSection in) throws ConfigException {
        String expected = "'validator' or 'executor'";
        return switch (in.text("role", expected)) {
            case "validator" -> false;
            case "executor" -> true;
            default -> throw in.wrong("role", expected);
        };
    }

    private static List<String> peers(ConfigSection in, Map<String, PeerAddress> addresses) throws ConfigException {
        List<String> names = new ArrayList<>();
        for (String peer : in.texts("peers", PEERS)) {
            int equals = peer.indexOf('=');
            String name = equals < 0 ? peer : peer.substring(0, equals);
            names.add(name);
            if (equals >= 0) {
                PeerAddress address = PeerAddress.parse(peer.substring(equals + 1));
                if (address == null) {
                    throw in.wrong("peers", PEERS);
                }
                addresses.put(name, address);
            }
        }
        return names;
    }

    private static GenesisTx genesis(ConfigSection in) throws ConfigException {
        String expected = "the genesis transaction as in the API of a node";
        Map<?, ?> genesis = in.mapping("genesis", expected);
        try {
            return MantleJson.decodeGenesisTx(YamlAsJson.write(genesis));
        } catch (WireFormatException problem) {
            throw new ConfigException("The key 'genesis' is no transaction: " + problem.getMessage());
        } catch (IOException problem) {
            throw new ConfigException("The key 'genesis' is no transaction: " + problem.getMessage());
        } catch (IllegalArgumentException problem) {
            throw new ConfigException("The key 'genesis' is wrong: " + problem.getMessage());
        }
    }

    private static Fr leaderKey(ConfigSection in) throws ConfigException {
        String expected = "a secret key of 64 hexadecimal digits";
        try {
            return Fr.fromHex(in.text("leader_key", expected));
        } catch (WireFormatException problem) {
            // Not the value: it is a secret.
            throw new ConfigException("The key 'leader_key' is wrong, expected " + expected + ".");
        }
    }

    /** The keys that the wallet knows; those of the leader alone if nothing is said. */
    private static List<ZkPublicKey> walletKeys(ConfigSection in, ZkSecretKey leader) throws ConfigException {
        String expected = "a list of public keys of 64 hexadecimal digits";
        if (!in.has("wallet_keys")) {
            return List.of(leader.toPublicKey());
        }
        List<ZkPublicKey> keys = new ArrayList<>();
        for (String key : in.texts("wallet_keys", expected)) {
            try {
                keys.add(ZkPublicKey.fromHex(key));
            } catch (WireFormatException problem) {
                throw in.wrong("wallet_keys", expected);
            }
        }
        return keys;
    }

    private static BigDecimal coefficient(ConfigSection in) throws ConfigException {
        String expected = "a number from " + LEAST_COEFFICIENT.toPlainString() + " to below 1";
        @Nullable BigDecimal value;
        try {
            value = new BigDecimal(in.text("active_slot_coefficient", expected));
        } catch (NumberFormatException problem) {
            value = null;
        }
        // The first two comparisons are quick for any exponent, so the scale is small when it comes to computing.
        if (value == null
                || value.compareTo(LEAST_COEFFICIENT) < 0
                || value.compareTo(BigDecimal.ONE) >= 0
                || value.scale() > MAX_SCALE) {
            throw in.wrong("active_slot_coefficient", expected);
        }
        return value;
    }

    private static Instant chainStart(ConfigSection in) throws ConfigException {
        String expected = "a time such as 2026-01-31T12:00:00Z, from 1970 to 2199";
        try {
            Instant start = Instant.parse(in.text("chain_start", expected));
            if (!start.isBefore(Instant.EPOCH) && start.isBefore(LATEST_START)) {
                return start;
            }
        } catch (DateTimeParseException problem) {
            throw in.wrong("chain_start", expected);
        }
        throw in.wrong("chain_start", expected);
    }

    private static DevNodeConfig.LinkQuality link(ConfigSection in) throws ConfigException {
        DevNodeConfig.LinkQuality link = new DevNodeConfig.LinkQuality(
                in.number("latency_us", 0, HOUR_MICROS, 0) * MICRO,
                in.number("jitter_us", 0, HOUR_MICROS, 0) * MICRO,
                (int) in.number("loss_per_mille", 0, 1_000, 0),
                in.number("bytes_per_second", 0, MAX_BANDWIDTH, 0));
        in.refuseOthers();
        return link;
    }

    private static DaSettings dataAvailability(ConfigSection in) throws ConfigException {
        DaSettings standard = DaSettings.STANDARD;
        int columns = (int) in.number("columns", 2, 256, standard.columns());
        if (Integer.bitCount(columns) != 1) {
            throw in.wrong("columns", "a power of two from 2 to 256");
        }
        DaSettings settings = new DaSettings(
                columns,
                (int) in.number("replication", 1, 1_000_000, standard.replication()),
                in.number("session_blocks", 1, Long.MAX_VALUE, standard.sessionBlocks()));
        in.refuseOthers();
        return settings;
    }

    private static ProgramConfig.Listen listen(ConfigSection in) throws ConfigException {
        String host = in.optionalText("host", "the name or address of an interface");
        ProgramConfig.Listen listen = new ProgramConfig.Listen(
                host == null ? "127.0.0.1" : host,
                (int) in.number("api_port", 0, 65_535, 0),
                (int) in.number("testing_port", 0, 65_535, 0),
                in.optionalText("testing_secret", "the secret of a run"),
                (int) in.number("peer_port", 0, 65_535, 0));
        in.refuseOthers();
        return listen;
    }
}
