package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.planted.StopsAfterHeight;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;

/** A cluster that dies, stalls, goes blind or takes back what was final does not pass, and the text says who did. */
class PlantedDeathTests {
    private static final String INFO = "/cryptarchia/info";

    @TempDir
    Path directory;

    private static Scenario scenario() {
        return Scenario.builder()
                .name("death")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .expect(new Recovery())
                .runFor(Duration.ofMinutes(10))
                .build();
    }

    private RunResult run(NodeCoreFactory nodes, ScenarioRunner.Body body) {
        return new EmbeddedRuns(directory).run(scenario(), nodes, body);
    }

    private RunResult run(NodeCoreFactory nodes) {
        return run(nodes, run -> {});
    }

    private static String failure(RunResult result, String expectation) {
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        return text(result, expectation, Verdict.FAILED);
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    /** Ends by an error of its own at the first tick from a time on. */
    private static final class Dies extends Passing.Core {
        private final long at;

        Dies(NodeCore core, long at) {
            super(core);
            this.at = at;
        }

        @Override
        public void tick(long now) {
            if (now >= at) {
                throw new IllegalStateException("planted: out of luck");
            }
            right.tick(now);
        }
    }

    /** Answers the info request in its own way for a while. */
    private static final class Answers extends Passing.Core {
        private final long from;
        private final long until;
        private final UnaryOperator<ApiResponse> answer;

        Answers(NodeCore core, long from, long until, UnaryOperator<ApiResponse> answer) {
            super(core);
            this.from = from;
            this.until = until;
            this.answer = answer;
        }

        @Override
        public ApiResponse handle(ApiRequest request, long now) {
            var honest = right.handle(request, now);
            return request.path().equals(INFO) && now >= from && now < until ? answer.apply(honest) : honest;
        }
    }

    private static UnaryOperator<ApiResponse> caching() {
        var first = new ApiResponse[1];
        return honest -> first[0] = first[0] == null ? honest : first[0];
    }

    private static ApiResponse withLib(ApiResponse honest, String lib) {
        var body = new String(honest.body(), StandardCharsets.UTF_8)
                .replaceFirst("\"lib\":\"[0-9a-f]{64}\"", "\"lib\":\"" + lib + "\"");
        return new ApiResponse(
                honest.status(), honest.contentType(), body.getBytes(StandardCharsets.UTF_8), honest.lines());
    }

    @Test
    void aCrashOfAllNodesFailsEveryExpectationThatSpeaksOfThem() {
        var result = run((config, store, outbox) -> new Dies(new DevNode(config, store, outbox), seconds(60)));

        assertThat(failure(result, "consensus liveness"))
                .startsWith("validator-0 ended by itself at ")
                .contains("executor-0 ended by itself at ")
                .contains("planted: out of luck")
                .containsPattern("no block for 2\\d\\d slots");
        assertThat(failure(result, "height convergence")).contains("validator-1 ended by itself at ");
        assertThat(failure(result, "recovery")).contains("validator-2 ended by itself at ");
    }

    @Test
    void aCrashOfOneNodeFailsByItsName() {
        var result = run(only("validator-1", core -> new Dies(core, seconds(590))));

        assertThat(failure(result, "consensus liveness")).startsWith("validator-1 ended by itself at ");
        assertThat(failure(result, "height convergence")).contains("validator-1 ended by itself at ");
    }

    @Test
    void aNodeThatAnswersWithAnErrorForMinutesFailsLiveness() {
        var broken = new ApiResponse(500, "text/plain", "out of order".getBytes(StandardCharsets.UTF_8), null);
        var result = run(only("validator-2", core -> new Answers(core, seconds(100), seconds(460), honest -> broken)));

        assertThat(failure(result, "consensus liveness"))
                .containsPattern(
                        "^validator-2: could not be read for 1[78]\\d slots \\([^)]+\\), from slot \\d+ to slot"
                                + " \\d+: .*500");
        assertThat(result.expectations().get(2).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aNodeThatServesACachedTipForMinutesFailsLiveness() {
        var result = run(only("validator-2", core -> new Answers(core, seconds(100), seconds(460), caching())));

        assertThat(failure(result, "consensus liveness"))
                .containsPattern("validator-2: more than 3 blocks behind the chain for 1[67]\\d slots");
    }

    @Test
    void aChainOnWhichNothingBecomesFinalFailsLiveness() {
        var result = run((config, store, outbox) -> new Answers(
                new DevNode(config, store, outbox),
                0,
                Long.MAX_VALUE,
                honest -> withLib(
                        honest, new GenesisTx(config.genesis()).header().id().toHex())));

        assertThat(failure(result, "consensus liveness"))
                .contains("validator-0: did not finalize what is k = 10 blocks deep for ")
                .contains("its last irreversible block at the end has height 0");
    }

    @Test
    void aNodeThatTakesBackWhatItHadFinalizedFailsSafety() {
        var result = run(only("validator-1", (config, store, outbox) -> {
            var core = new DevNode(config, store, outbox);
            String genesis = new GenesisTx(config.genesis()).header().id().toHex();
            return new Answers(core, seconds(60), Long.MAX_VALUE, honest -> withLib(honest, genesis));
        }));

        assertThat(failure(result, "safety")).startsWith("validator-1 took back what it had finalized: ");
    }

    @Test
    void aDeafNodeIsNamedAloneByConvergence() {
        var result = run(only("validator-1", core -> new Passing.Core(core) {
            @Override
            public void receive(String peer, PeerMessage message, long now) {
                boolean ofBlocks =
                        message instanceof PeerMessage.Proposal || message instanceof PeerMessage.BlockResponse;
                if (!ofBlocks || now < seconds(585)) {
                    right.receive(peer, message, now);
                }
            }
        }));

        assertThat(failure(result, "height convergence"))
                .contains("  validator-1: ")
                .doesNotContain("\n  validator-0: ")
                .doesNotContain("\n  executor-0: ");
    }

    @Test
    void blocksThatStopAfterAHealFailRecovery() {
        var result = run(new StopsAfterHeight(58), run -> {
            run.clock()
                    .await("height 58", Duration.ofMinutes(8), () -> run.feed().height() >= 58);
            run.control().isolate("validator-1");
            run.clock().sleep(Duration.ofSeconds(4));
            run.control().heal();
        });

        assertThat(failure(result, "recovery"))
                .containsPattern("validator-1: not back \\d+ slots .*it is the chain that stopped or is too slow");
    }
}
