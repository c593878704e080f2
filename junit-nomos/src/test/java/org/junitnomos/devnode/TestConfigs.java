package org.junitnomos.devnode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junitnomos.devnode.DevNodeConfig.LinkQuality;
import org.junitnomos.devnode.da.DaSettings;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.topology.NodeRule;

/** Configurations of the nodes of a {@link DevNet}, and what differs from the usual one. */
public final class TestConfigs {
    private TestConfigs() {}

    static DevNodeConfig config(int index, List<String> peers, TestGenesis genesis) {
        return new DevNodeConfig(
                "node-" + index,
                false,
                peers,
                genesis.transaction(),
                genesis.leader(index),
                List.of(genesis.leader(index).toPublicKey()),
                2 * DevNet.SECOND,
                new BigDecimal("0.9"),
                10,
                DevNet.SECOND,
                0,
                new LinkQuality(20 * DevNet.MILLI, 10 * DevNet.MILLI, 0),
                4711 + index,
                true,
                DevNet.CHAIN_START_MILLIS,
                DaSettings.STANDARD,
                Set.of(),
                false);
    }

    static DevNodeConfig withLink(DevNodeConfig config, LinkQuality link) {
        return copy(config, config.executor(), config.bootstrapNanos(), link, config.blockExplorer());
    }

    static DevNodeConfig asExecutor(DevNodeConfig config) {
        return copy(config, true, config.bootstrapNanos(), config.link(), config.blockExplorer());
    }

    public static DevNodeConfig withColumns(DevNodeConfig config, int columns) {
        return copy(config, new DaSettings(columns, 2, 1000), config.withoutRules());
    }

    static DevNodeConfig withSessions(DevNodeConfig config, long blocks) {
        return copy(config, new DaSettings(2, 2, blocks), config.withoutRules());
    }

    /** A node whose wallet knows further keys, so that it leads with their notes, too. */
    static DevNodeConfig knowing(DevNodeConfig config, List<ZkPublicKey> keys) {
        return copy(
                config,
                Stream.concat(config.walletKeys().stream(), keys.stream()).toList(),
                config.dataAvailability(),
                config.withoutRules());
    }

    static DevNodeConfig withoutRule(DevNodeConfig config, NodeRule rule) {
        return copy(config, config.dataAvailability(), Set.of(rule));
    }

    private static DevNodeConfig copy(DevNodeConfig config, DaSettings settings, Set<NodeRule> withoutRules) {
        return copy(config, config.walletKeys(), settings, withoutRules);
    }

    private static DevNodeConfig copy(
            DevNodeConfig config, List<ZkPublicKey> known, DaSettings settings, Set<NodeRule> withoutRules) {
        return new DevNodeConfig(
                config.name(),
                config.executor(),
                config.peers(),
                config.genesis(),
                config.leaderKey(),
                known,
                config.slotNanos(),
                config.activeSlotCoefficient(),
                config.securityParameter(),
                config.bootstrapNanos(),
                config.skewNanos(),
                config.link(),
                config.seed(),
                config.blockExplorer(),
                config.chainStartMillis(),
                settings,
                withoutRules,
                config.playsAhead());
    }

    static DevNodeConfig withoutExplorer(DevNodeConfig config) {
        return copy(config, config.executor(), config.bootstrapNanos(), config.link(), false);
    }

    public static DevNodeConfig withBootstrap(DevNodeConfig config, long nanos) {
        return copy(config, config.executor(), nanos, config.link(), config.blockExplorer());
    }

    static DevNodeConfig withSeed(DevNodeConfig config, long seed) {
        return copy(config, config.executor(), config.bootstrapNanos(), config.link(), seed, config.blockExplorer());
    }

    private static DevNodeConfig copy(
            DevNodeConfig config, boolean executor, long bootstrapNanos, LinkQuality link, boolean blockExplorer) {
        return copy(config, executor, bootstrapNanos, link, config.seed(), blockExplorer);
    }

    private static DevNodeConfig copy(
            DevNodeConfig config,
            boolean executor,
            long bootstrapNanos,
            LinkQuality link,
            long seed,
            boolean blockExplorer) {
        return new DevNodeConfig(
                config.name(),
                executor,
                config.peers(),
                config.genesis(),
                config.leaderKey(),
                config.walletKeys(),
                config.slotNanos(),
                config.activeSlotCoefficient(),
                config.securityParameter(),
                bootstrapNanos,
                config.skewNanos(),
                link,
                seed,
                blockExplorer,
                config.chainStartMillis(),
                config.dataAvailability(),
                config.withoutRules(),
                config.playsAhead());
    }
}
