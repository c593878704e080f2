package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.judged;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.ChainState;
import org.junitnomos.devnode.chain.InvalidBlockException;
import org.junitnomos.devnode.chain.StandardBlockRules;
import org.junitnomos.devnode.defect.Passing;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.expectation.BoundedReorgs;
import org.junitnomos.expectation.CleanLogs;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Recovery;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.Block;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NodeRule;

/** Runs whose nodes restart and miss slots: rules of the node explain what follows, and nothing else (contract 3.1, 5.2). */
class NodeLifeRunTests {
    private static final Duration EARLY = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private static ScenarioBuilder nodes() {
        return Scenario.builder()
                .name("lives")
                .validators(3)
                .securityParameter(5)
                .expect(new ConsensusLiveness())
                .expect(new Safety())
                .expect(new HeightConvergence())
                .expect(new Recovery())
                .expect(new BoundedReorgs(4))
                .expect(new CleanLogs())
                .runFor(Duration.ofMinutes(6));
    }

    private RunResult run(ScenarioBuilder scenario, NodeCoreFactory factory, ScenarioRunner.Body body) {
        return new EmbeddedRuns(directory).run(scenario.build(), factory, body);
    }

    private RunResult run(ScenarioRunner.Body body) {
        return run(nodes(), DevNode::new, body);
    }

    private static void passes(RunResult result) {
        assertThat(result.failures()).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    }

    private static void pausesTwoNodes(RunContext run) throws InterruptedException {
        run.clock().sleep(EARLY);
        run.control().pause("validator-0");
        run.control().pause("validator-1");
        run.clock().sleepSlots(30);
        run.control().resume("validator-0");
        run.control().resume("validator-1");
    }

    private static void restartsAll(RunContext run) throws InterruptedException {
        run.clock().sleep(EARLY);
        for (var node : run.scenario().topology().nodes()) {
            run.control().restart(node.name());
        }
    }

    @Test
    void aNodeThatWasPausedIsNotExpectedToLead() {
        passes(run(NodeLifeRunTests::pausesTwoNodes));
    }

    @Test
    void nodesThatWereAllPausedGoOnWithSlotsOfThePast() {
        passes(run(run -> {
            run.clock().sleep(EARLY);
            for (var node : run.scenario().topology().nodes()) {
                run.control().pause(node.name());
            }
            run.clock().sleepSlots(40);
            for (var node : run.scenario().topology().nodes()) {
                run.control().resume(node.name());
            }
        }));
    }

    @Test
    void whoIsLeftMayHaveToWaitUntilItsSlotIsAboveThatOfTheTip() {
        passes(run(run -> {
            pausesTwoNodes(run);
            run.control().stop("validator-2");
            run.clock().sleepSlots(100);
        }));
    }

    @Test
    void aChainThatStopsAfterAPauseIsStillNamed() {
        var result = run(
                nodes(),
                (config, store, outbox) -> new DevNode(
                        config,
                        store,
                        outbox,
                        DevNodeParts.standard().withBlockRules(parameters -> new UntilSlot(parameters, 60))),
                run -> {
                    run.clock().sleep(EARLY);
                    run.control().pause("validator-0");
                    run.clock().sleepSlots(10);
                    run.control().resume("validator-0");
                });

        assertThat(judged(result, "consensus liveness", Verdict.FAILED).text()).contains("no block for ");
    }

    /** Blocks are valid until a slot. */
    private record UntilSlot(BlockRules rules, long last) implements BlockRules {
        UntilSlot(ChainParameters parameters, long last) {
            this(new StandardBlockRules(parameters, StandardRules.INSTANCE), last);
        }

        @Override
        public ChainState apply(ChainState parent, int height, Block block) throws InvalidBlockException {
            if (block.header().slot() > last) {
                throw new InvalidBlockException("it comes too late");
            }
            return rules.apply(parent, height, block);
        }

        @Override
        public ChainState replay(ChainState parent, int height, Block block) throws InvalidBlockException {
            return rules.replay(parent, height, block);
        }
    }

    @Test
    void aRestartInALateEpochHarmsNobodyAlthoughTheNodeLogsErrors() {
        passes(run(run -> {
            run.clock().sleepSlots(110); // epochs of 50 slots
            run.control().stop("validator-1");
            run.clock().sleepSlots(2);
            run.control().start("validator-1");
            run.clock().sleepSlots(20);

            var log = run.cluster().nodes().get(1).log().orElseThrow();
            assertThat(Files.readString(log)).contains("ERROR trying to propose a block for slot ");
        }));
    }

    @Test
    void allNodesRestartedAtOnceLoseTheirChainAndTheRuleIsNamed() {
        var result = run(NodeLifeRunTests::restartsAll);

        assertThat(String.valueOf(judged(result, "safety", Verdict.FAILED).failure()))
                .containsPattern("\n  rule of the node: restart, so the chain before it is given up:"
                        + " validator-0\\.log:\\d+ and 2 other nodes");
    }

    @Test
    void allNodesRestartedAtOnceGoOnWithoutTheRule() {
        passes(run(nodes().withoutRules(NodeRule.RESTART), DevNode::new, NodeLifeRunTests::restartsAll));
    }

    @Test
    void aNodeThatNeverFindsTheChainAgainIsNamed() {
        var lives = new AtomicInteger();
        var result = run(
                nodes(),
                EmbeddedRuns.only("validator-1", core -> new Passing.Core(core) {
                    private final boolean deaf = lives.incrementAndGet() > 1;

                    @Override
                    public void receive(String peer, PeerMessage message, long now) {
                        if (!deaf || !(message instanceof PeerMessage.BlockResponse)) {
                            super.receive(peer, message, now);
                        }
                    }
                }),
                run -> {
                    run.clock().sleepSlots(110);
                    run.control().restart("validator-1");
                });

        for (var expectation : new String[] {"consensus liveness", "height convergence", "recovery"}) {
            assertThat(judged(result, expectation, Verdict.FAILED).text()).contains("validator-1: ");
        }
        assertThat(String.valueOf(judged(result, "recovery", Verdict.FAILED).failure()))
                .as("the chain goes on without that node")
                .doesNotContain("rule of the node");
    }
}
