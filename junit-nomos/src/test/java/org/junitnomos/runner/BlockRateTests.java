package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.TransactionWorkload;

/** The blocks that nodes make are as many as the plan says. */
class BlockRateTests {
    /** A right forecast is this many standard deviations off once in 150,000 times; the seed is fixed anyway. */
    private static final double DEVIATIONS = 4.5;

    private static final Duration SLOT = Duration.ofSeconds(1);
    private static final Duration RUN = SLOT.multipliedBy(1000);

    @TempDir
    Path directory;

    private static ScenarioBuilder nodes(int validators) {
        return Scenario.builder()
                .validators(validators)
                .layout(NetworkLayout.FULL)
                .links(new LinkSpec(Duration.ofMillis(2), Duration.ZERO, 0))
                .slot(SLOT)
                .runFor(RUN)
                .cooldown(Duration.ZERO);
    }

    static Stream<Scenario> plans() {
        return Stream.of(
                nodes(1).name("one node").build(),
                nodes(3).name("equal stake").build(),
                nodes(3).name("unequal stake").stake(70, 20, 10).build(),
                nodes(3).name("nearly all stake with one node").stake(85, 10, 5).build(),
                nodes(2).name("all stake with one node").stake(1, 0).build(),
                nodes(2).name("wallets that nobody knows").wallets(50).build(),
                nodes(2).name("known wallets").wallets(50).walletsKnown(true).build(),
                nodes(2).name("known wallets and a node that has nothing else")
                        .stake(1, 0)
                        .wallets(20)
                        .walletsKnown(true)
                        .build(),
                nodes(2).name("known wallets that spend")
                        .wallets(100)
                        .walletValue(80)
                        .walletsKnown(true)
                        .workload(new TransactionWorkload(1, 75))
                        .build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void isWhatThePlanSays(Scenario plan) {
        var result = new EmbeddedRuns(directory).run(plan, DevNode::new);
        result.orThrow();

        // Of one slot, all but one block lose; blocks reach the others within two thousandths of a slot.
        long won = ForkTree.of(EmbeddedRuns.journal(result)).chain().stream()
                .mapToLong(BlockObserved::slot)
                .filter(slot -> slot < plan.slots())
                .distinct()
                .count();
        double chance = (double) plan.expectedBlocks() / plan.slots();
        double deviation = Math.sqrt(plan.slots() * chance * (1 - chance));
        assertThat((double) won)
                .isBetween(
                        plan.expectedBlocks() - DEVIATIONS * deviation - 1,
                        plan.expectedBlocks() + DEVIATIONS * deviation + 1);
    }
}
