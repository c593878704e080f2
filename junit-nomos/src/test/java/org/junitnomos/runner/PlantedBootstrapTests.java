package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.InMemoryNodeStore;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.TestConfigs;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;

/** A node that never gets out of mode Bootstrapping is named; one that only begins at genesis again is not. */
class PlantedBootstrapTests {
    private static final long FOR_EVER = Duration.ofDays(1).toNanos();

    @TempDir
    Path directory;

    private RunResult run(NodeCoreFactory nodes, int seconds, ScenarioRunner.Body body) {
        var scenario = Scenario.builder()
                .name("bootstrap")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .expect(new ConsensusLiveness())
                .expect(new Recovery())
                .expect(new Safety())
                .runFor(Duration.ofSeconds(seconds))
                .build();
        return new EmbeddedRuns(directory).run(scenario, nodes, body);
    }

    private static ScenarioRunner.Body restartAt(int seconds) {
        return run -> {
            run.clock().sleep(Duration.ofSeconds(seconds));
            run.control().restart("validator-1");
        };
    }

    /** A node of that name whose lives, from the given one on, take a day to get Online and may lose their store. */
    private static NodeCoreFactory stuck(int fromLife, boolean losesStore, long bootstrapNanos) {
        var lives = new AtomicInteger();
        return only("validator-1", (config, store, outbox) -> {
            boolean planted = lives.incrementAndGet() >= fromLife;
            return new DevNode(
                    planted ? TestConfigs.withBootstrap(config, bootstrapNanos) : config,
                    planted && losesStore ? new InMemoryNodeStore() : store,
                    outbox);
        });
    }

    /** Says that it is in mode Bootstrapping, whatever is so. */
    private static final class SaysBootstrapping extends Passing.Core {
        private final long from;

        SaysBootstrapping(NodeCore core, long from) {
            super(core);
            this.from = from;
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            var honest = right.handle(request, now);
            if (!request.path().equals("/cryptarchia/info") || now < from) {
                return honest;
            }
            var body = new String(honest.body(), StandardCharsets.UTF_8).replace("\"Online\"", "\"Bootstrapping\"");
            return new ApiResponse(
                    honest.status(), honest.contentType(), body.getBytes(StandardCharsets.UTF_8), honest.lines());
        }
    }

    private static NodeCoreFactory saying(long from) {
        return only("validator-1", core -> new SaysBootstrapping(core, from));
    }

    @Test
    void aNodeThatOnlyLosesItsStoreIsBackInTime() {
        var result = run(stuck(2, true, Duration.ofSeconds(1).toNanos()), 240, restartAt(60));

        text(result, "consensus liveness", Verdict.PASSED);
        text(result, "recovery", Verdict.PASSED);
        text(result, "safety", Verdict.PASSED);
    }

    @Test
    void aNodeThatBootstrapsForEverFromTheStartFailsLiveness() {
        var result = run(stuck(1, false, FOR_EVER), 120, run -> {});

        assertThat(text(result, "consensus liveness", Verdict.FAILED))
                .startsWith("validator-1: did not finalize what is k = 10 blocks deep for ");
    }

    @Test
    void aNodeThatLosesItsStoreAndBootstrapsForEverFailsRecovery() {
        var result = run(stuck(2, true, FOR_EVER), 120, restartAt(60));

        assertThat(text(result, "recovery", Verdict.FAILED))
                .containsPattern(
                        "validator-1: not back 5 blocks after restart \\(fault \\d+\\) was healed at .*; it is on"
                                + " the chain, but its last irreversible block has height 0 where its tip has height \\d+, and"
                                + " what is k = 10 blocks deep should be final");
    }

    @Test
    void aNodeThatSaysThatItBootstrapsWhileItFinalizesContradictsItself() {
        var result = run(saying(Duration.ofSeconds(30).toNanos()), 120, run -> {});

        assertThat(text(result, "safety", Verdict.FAILED))
                .containsPattern("validator-1, mode: expected Online, as its last irreversible block moves from height"
                        + " \\d+ to \\d+, observed Bootstrapping");
    }
}
