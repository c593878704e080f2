package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.FlappingLinksFault;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.RestartMode;
import org.junitnomos.devnode.ApiRequest;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.InMemoryNodeStore;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.expectation.BoundedReorgs;
import org.junitnomos.expectation.CleanLogs;
import org.junitnomos.expectation.NoUnexpectedRestarts;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** Nodes with a bug that only faults bring to light fail the expectation that is there for it. */
class PlantedFaultBugsTests {
    private static final String ILL = "executor-0";

    @TempDir
    Path directory;

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("planted")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .expect(new Recovery())
                .expect(new BoundedReorgs())
                .expect(new NoUnexpectedRestarts())
                .expect(new CleanLogs())
                .runFor(Duration.ofMinutes(2));
    }

    private static RandomRestartsFault kills() {
        return new RandomRestartsFault(seconds(20), seconds(40), seconds(20), List.of(NodeRole.EXECUTOR))
                .by(RestartMode.KILL, seconds(4));
    }

    private RunResult run(ScenarioBuilder plan, NodeCoreFactory nodes, ScenarioRunner.Body body) {
        return new EmbeddedRuns(directory).run(plan.build(), nodes, body);
    }

    /** Only the executor has the bug, from its second life on. */
    private static NodeCoreFactory fromItsSecondLife(NodeCoreFactory planted) {
        var lives = new AtomicInteger();
        return only(
                ILL,
                (config, store, outbox) -> lives.incrementAndGet() > 1
                        ? planted.create(config, store, outbox)
                        : new DevNode(config, store, outbox));
    }

    @Test
    void nothingFailsWithoutABug() {
        assertThat(run(plan().workload(kills()), DevNode::new, run -> {}).failures())
                .isEmpty();
    }

    @Test
    void aNodeThatNeverRecoversFailsRecovery() {
        NodeCoreFactory deaf = (config, store, outbox) -> new Passing.Core(new DevNode(config, store, outbox)) {
            @Override
            public void receive(String peer, PeerMessage message, long now) {
                if (message instanceof PeerMessage.Hello) {
                    right.receive(peer, message, now);
                }
            }
        };
        var result = run(plan().workload(kills()), fromItsSecondLife(deaf), run -> {});
        assertThat(text(result, "recovery", Verdict.FAILED))
                .containsPattern(
                        "executor-0: not back (5 blocks|\\d+ blocks \\(of which \\d+ for as many that it made on a branch of its own\\))"
                                + " after kill \\(fault \\d+\\) was healed at");
    }

    @Test
    void aNodeThatLosesItsChainWhileItRunsShowsAsADeepReorg() {
        NodeCoreFactory forgetful = (config, store, outbox) -> new Passing.Core(new DevNode(config, store, outbox)) {
            private boolean forgot;

            @Override
            public void tick(long now) {
                if (!forgot && now > seconds(40).toNanos()) {
                    forgot = true;
                    right = new DevNode(config, new InMemoryNodeStore(), outbox);
                    right.start(now);
                }
                right.tick(now);
            }
        };
        var result = run(plan(), only(ILL, forgetful), run -> {
            run.clock().sleep(seconds(39));
            run.control().isolate(ILL); // nobody tells it at once what it has lost
            run.clock().sleep(seconds(6));
            run.control().heal();
        });
        assertThat(text(result, "bounded reorgs", Verdict.FAILED)).contains("executor-0: took back ");
    }

    @Test
    void aHealThatDoesNotHealIsNoPass() {
        NodeCoreFactory stubborn = (config, store, outbox) -> new Stubborn(new DevNode(config, store, outbox));
        var flapping = new FlappingLinksFault(ILL, seconds(20), seconds(10), seconds(10), 1);
        var result = run(plan().workload(flapping), stubborn, run -> {});

        assertThat(result.verdict()).isEqualTo(Verdict.INFRASTRUCTURE);
        assertThat(result.infrastructureFailure()).hasMessageContaining("the faults could not be healed");
        assertThat(text(result, "faults in force", Verdict.INCONCLUSIVE))
                .contains("never seen healed: fault 1 (isolate of executor-0)");
    }

    /** Links that were cut once stay so. */
    private static final class Stubborn extends Passing.Core {
        private boolean cut;

        Stubborn(NodeCore core) {
            super(core);
        }

        @Override
        public ApiResponse handleTesting(ApiRequest request, long now) {
            boolean change = request.method().equals("POST") && request.path().equals("/test/dev/links");
            String body = new String(request.body(), StandardCharsets.UTF_8);
            if (change && cut && body.contains("\"up\":true")) {
                return right.handleTesting(
                        new ApiRequest("GET", request.path(), request.query(), request.contentType(), new byte[0]),
                        now);
            }
            cut |= change && body.contains("\"up\":false");
            return right.handleTesting(request, now);
        }
    }

    @Test
    void aNodeThatBreaksIsNamedAsACrashAndByItsLog() {
        long from = seconds(30).toNanos();
        NodeCoreFactory broken = only(ILL, core -> new Passing.Core(core) {
            @Override
            public void tick(long now) {
                if (now > from) {
                    throw new IllegalStateException("the planted bug");
                }
                right.tick(now);
            }
        });
        var result = run(
                plan().workload(new FlappingLinksFault(ILL, seconds(20), seconds(20), seconds(10), 1)),
                broken,
                run -> {});

        assertThat(text(result, "no unexpected restarts", Verdict.FAILED))
                .contains("executor-0: ended by itself at ")
                .contains("the planted bug; in force: isolate of executor-0 (fault 1)");
        assertThat(text(result, "clean logs", Verdict.FAILED))
                .contains("was 1 (executor-0 1):\n  executor-0, executor-0.log:")
                .contains("ERROR died of an error of its own");
    }
}
