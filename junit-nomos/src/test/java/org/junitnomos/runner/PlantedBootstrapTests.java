package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.embedded.EmbeddedDeployer;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.InMemoryNodeStore;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.planted.CoreWrapper;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.topology.NetworkLayout;

/** A node that never gets out of mode Bootstrapping is named; one that only begins at genesis again is not. */
class PlantedBootstrapTests {
    private static final long FOR_EVER = Duration.ofDays(1).toNanos();

    @TempDir
    Path directory;

    private RunResult run(NodeCoreFactory factory, int seconds, ScenarioRunner.Body body) {
        var parameters = new TreeMap<>(
                Map.of("nomos.directory", directory.toString(), "nomos.seed", "4711", "nomos.progress", "off"));
        var settings = RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of());
        var plan = SettingsApplication.apply(
                settings,
                Scenario.builder()
                        .name("bootstrap")
                        .validators(3)
                        .executors(1)
                        .layout(NetworkLayout.FULL)
                        .expect(new ConsensusLiveness())
                        .expect(new Recovery())
                        .expect(new Safety())
                        .runFor(Duration.ofSeconds(seconds))
                        .build());
        var cluster = LiveCluster.of(plan, settings, new EmbeddedDeployer(factory));
        return ScenarioRun.owning(cluster, settings, null, List.of()).runToEnd(body);
    }

    private static String text(RunResult result, int expectation, Verdict verdict) {
        var found = result.expectations().get(expectation);
        assertThat(found.verdict()).as(found.name() + ": " + found.text()).isEqualTo(verdict);
        return found.text();
    }

    private static ScenarioRunner.Body restartAt(int seconds) {
        return run -> {
            run.clock().sleep(Duration.ofSeconds(seconds));
            run.control().restart("validator-1");
        };
    }

    /** A node of that name whose lives, from the given one on, take a day to get Online and may lose their store. */
    private static NodeCoreFactory stuck(int fromLife, boolean losesStore, long bootstrapNanos) {
        var lives = new ArrayList<String>();
        return (config, store, outbox) -> {
            if (!config.name().equals("validator-1")) {
                return new DevNode(config, store, outbox);
            }
            lives.add(config.name());
            boolean planted = lives.size() >= fromLife;
            return new DevNode(
                    planted ? bootstrapping(config, bootstrapNanos) : config,
                    planted && losesStore ? new InMemoryNodeStore() : store,
                    outbox);
        };
    }

    private static DevNodeConfig bootstrapping(DevNodeConfig config, long nanos) {
        return new DevNodeConfig(
                config.name(),
                config.executor(),
                config.peers(),
                config.genesis(),
                config.leaderKey(),
                config.walletKeys(),
                config.slotNanos(),
                config.activeSlotCoefficient(),
                config.securityParameter(),
                nanos,
                config.skewNanos(),
                config.link(),
                config.seed(),
                config.blockExplorer(),
                config.chainStartMillis(),
                config.dataAvailability());
    }

    /** Says that it is in mode Bootstrapping, whatever is so. */
    private static final class SaysBootstrapping extends CoreWrapper {
        private final long from;

        SaysBootstrapping(NodeCore core, long from) {
            super(core);
            this.from = from;
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            var honest = core.handle(request, now);
            if (!request.path().equals("/cryptarchia/info") || now < from) {
                return honest;
            }
            var body = new String(honest.body(), StandardCharsets.UTF_8).replace("\"Online\"", "\"Bootstrapping\"");
            return new ApiResponse(
                    honest.status(), honest.contentType(), body.getBytes(StandardCharsets.UTF_8), honest.lines());
        }
    }

    private static NodeCoreFactory saying(long from) {
        return (config, store, outbox) -> {
            var core = new DevNode(config, store, outbox);
            return config.name().equals("validator-1") ? new SaysBootstrapping(core, from) : core;
        };
    }

    @Test
    void aNodeThatOnlyLosesItsStoreIsBackInTime() {
        var result = run(stuck(2, true, Duration.ofSeconds(1).toNanos()), 240, restartAt(60));

        text(result, 0, Verdict.PASSED);
        text(result, 1, Verdict.PASSED);
        text(result, 2, Verdict.PASSED);
    }

    @Test
    void aNodeThatBootstrapsForEverFromTheStartFailsLiveness() {
        var result = run(stuck(1, false, FOR_EVER), 120, run -> {});

        assertThat(text(result, 0, Verdict.FAILED))
                .startsWith("validator-1: did not finalize what is k = 10 blocks deep for ");
    }

    @Test
    void aNodeThatLosesItsStoreAndBootstrapsForEverFailsRecovery() {
        var result = run(stuck(2, true, FOR_EVER), 120, restartAt(60));

        assertThat(text(result, 1, Verdict.FAILED))
                .containsPattern(
                        "validator-1: not back 5 blocks after restart \\(fault \\d+\\) was healed at .*; it is on"
                                + " the chain, but its last irreversible block has height 0 where its tip has height \\d+, and"
                                + " what is k = 10 blocks deep should be final");
    }

    @Test
    void aNodeThatSaysThatItBootstrapsWhileItFinalizesContradictsItself() {
        var result = run(saying(Duration.ofSeconds(30).toNanos()), 120, run -> {});

        assertThat(text(result, 2, Verdict.FAILED))
                .containsPattern("validator-1, mode: expected Online, as its last irreversible block moves from height"
                        + " \\d+ to \\d+, observed Bootstrapping");
    }
}
