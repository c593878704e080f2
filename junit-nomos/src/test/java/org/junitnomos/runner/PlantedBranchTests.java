package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.only;
import static org.junitnomos.runner.EmbeddedRuns.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.LeaderRules;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.chain.BlockRules;
import org.junitnomos.devnode.chain.ChainBlock;
import org.junitnomos.devnode.chain.ChainParameters;
import org.junitnomos.devnode.chain.ForkChoice;
import org.junitnomos.devnode.chain.LongestChain;
import org.junitnomos.devnode.chain.StandardBlockRules;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** A node that chooses its branch, or its blocks, wrongly after a fault fails safety by name. */
class PlantedBranchTests {
    private static final String ILL = "executor-0";

    @TempDir
    Path directory;

    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("branches")
                .validators(3)
                .executors(1)
                .layout(NetworkLayout.FULL)
                .securityParameter(20)
                .expect(new Safety())
                .runFor(Duration.ofMinutes(4));
    }

    private static PartitionFault cuts() {
        return new PartitionFault(PartitionShape.ONE_NODE, new Schedule(seconds(30), seconds(14), seconds(20)));
    }

    private static RandomRestartsFault restarts() {
        return new RandomRestartsFault(seconds(20), seconds(40), seconds(20), List.of(NodeRole.EXECUTOR));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private String safety(ScenarioBuilder plan, NodeCoreFactory nodes, Verdict expected) {
        return text(new EmbeddedRuns(directory).run(plan.build(), nodes), "safety", expected);
    }

    /** All nodes choose so, as any of them may be cut off. */
    private static NodeCoreFactory choosing(ForkChoice choice) {
        return with(right -> new DevNodeParts(
                right.transactionRules(),
                right.blockRules(),
                choice,
                right.mempool(),
                right.dataAvailability(),
                right.leader()));
    }

    private static NodeCoreFactory with(UnaryOperator<DevNodeParts> change) {
        return (config, store, outbox) -> new DevNode(config, store, outbox, change.apply(DevNodeParts.standard()));
    }

    @Test
    void rightNodesChooseAsTheyShould() {
        safety(plan().workload(cuts()), DevNode::new, Verdict.PASSED);
        safety(plan().workload(restarts()), DevNode::new, Verdict.PASSED);
    }

    /** A longer branch is taken only once it is that much longer. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void nodesThatTakeALongerBranchLateAreNamed(int longer) {
        ForkChoice late = (candidate, tip, parameters, online) ->
                LongestChain.INSTANCE.prefers(candidate, tip, parameters, online)
                        && (candidate.parent() == tip || candidate.height() >= tip.height() + longer);

        assertThat(safety(plan().workload(cuts()), choosing(late), Verdict.FAILED))
                .containsPattern("\\w+-\\d, tip and blocks that it has: expected a tip at height \\d+ or more, where it"
                        + " has block [0-9a-f]{64} of a longer branch, observed tip [0-9a-f]{64} at height \\d+ \\(");
    }

    /** Of a longer branch its first blocks are taken at once, and its last one with the next. */
    @Test
    void nodesThatTakePartOfALongerBranchLateAreNamed() {
        var choice = new ForkChoice() {
            private boolean behind;

            @Override
            public boolean prefers(ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online) {
                boolean right = LongestChain.INSTANCE.prefers(candidate, tip, parameters, online);
                boolean grows = candidate.parent() == tip;
                boolean waits = right && (grows ? behind : false);
                behind = right && !grows;
                return right && !waits;
            }
        };

        assertThat(safety(plan().workload(cuts()), choosing(choice), Verdict.FAILED))
                .contains("tip and blocks that it has: ");
    }

    /** From its second life on the node makes, and takes, blocks of the slot of their parent. */
    @Test
    void aNodeThatFollowsABlockOfAWrongSlotAfterARestartIsNamed() {
        var lives = new AtomicInteger();
        NodeCoreFactory ill = (config, store, outbox) -> {
            if (lives.incrementAndGet() == 1) {
                return new DevNode(config, store, outbox);
            }
            var right = DevNodeParts.standard();
            return new DevNode(
                    config,
                    store,
                    outbox,
                    new DevNodeParts(
                            right.transactionRules(),
                            parameters -> anySlot(new StandardBlockRules(parameters, StandardRules.INSTANCE)),
                            right.forkChoice(),
                            right.mempool(),
                            right.dataAvailability(),
                            new OfTheParentsSlot()));
        };

        assertThat(safety(plan().workload(restarts()), only(ILL, ill), Verdict.FAILED))
                .contains("two blocks of one slot on one branch: ");
    }

    private static final class OfTheParentsSlot implements LeaderRules {
        private long slot;

        @Override
        public ChainBlock parent(ChainBlock tip) {
            slot = tip.slot();
            return tip;
        }

        @Override
        public long slot(long current) {
            return Math.max(slot, 1);
        }
    }

    private static BlockRules anySlot(StandardBlockRules right) {
        return right::replay;
    }
}
