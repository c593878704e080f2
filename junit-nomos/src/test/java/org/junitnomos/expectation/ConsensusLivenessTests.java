package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class ConsensusLivenessTests {
    private final ConsensusLiveness liveness = new ConsensusLiveness();

    @Test
    void holdsForAChainWithABlockInAlmostEverySlot() {
        var run = new RecordedRun(3, 0)
                .driveFrom(0)
                .chain(RecordedRun.slots(0, 27))
                .driveUntil(30);

        assertThatCode(() -> liveness.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void failsForAChainThatStopsAndSaysWhenAndForHowLong() {
        var run = new RecordedRun(3, 0)
                .driveFrom(0)
                .chain(RecordedRun.slots(0, 6))
                .driveUntil(30);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("new blocks in 30 slots (1 min) but saw 6")
                .hasMessageContaining("the last one has height 6 and slot 5")
                .hasMessageContaining("no block for 24 slots (48 s), from slot 6 to slot 29")
                .hasMessageContaining("once in 10,000,000 runs");
    }

    @Test
    void failsForAGapThatChanceDoesNotExplainAlthoughThereAreEnoughBlocks() {
        var run = new RecordedRun(3, 0)
                .driveFrom(0)
                .chain(java.util.stream.LongStream.concat(
                                java.util.stream.LongStream.range(0, 200), java.util.stream.LongStream.range(215, 400))
                        .toArray())
                .driveUntil(400);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .hasMessageStartingWith("no block for 15 slots (30 s), from slot 200 to slot 214");
    }

    @Test
    void countsFromTheBaselineAndNotFromGenesis() {
        var run = new RecordedRun(3, 0)
                .chain(RecordedRun.slots(0, 60))
                .driveFrom(60)
                .driveUntil(90);

        assertThatThrownBy(() -> liveness.evaluate(run)).hasMessageContaining("but saw 0");
    }

    @Test
    void namesTheNodeThatIsStuckAndHowFarItIsBehind() {
        var run = new RecordedRun(3, 0).driveFrom(0).chain(RecordedRun.slots(0, 28));
        run.tip("validator-2", 7, 6, 7, 0).driveUntil(30);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .hasMessageStartingWith(
                        "validator-2: height 7 at slot 6, 21 blocks behind the chain at height 28 (allowed 3)")
                .isInstanceOfSatisfying(
                        AssertionFailedError.class,
                        failure -> assertThat(failure.getActual().getStringRepresentation())
                                .contains("validator-2: height 7")
                                .doesNotContain("validator-1: height"));
    }

    @Test
    void namesANodeThatNeverAnswered() {
        var run = new RecordedRun(2, 0).driveFrom(0);
        for (int i = 0; i < 28; i++) {
            run.at(i).add(run.observed(i + 1, i, i, i + 1)).tip("validator-0", i + 1, i, i + 1, 0);
        }
        run.driveUntil(30);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .hasMessageStartingWith("validator-1: no block seen, 28 blocks");
    }

    @Test
    void leavesOutANodeThatWasStoppedOnPurposeAndItsStake() {
        var run = new RecordedRun(3, 0).driveFrom(0).state("validator-2", NodeState.STOPPED, true);
        for (int i = 0; i < 22; i++) {
            run.at(i).add(run.observed(i + 1, i, i, i + 1));
            run.tip("validator-0", i + 1, i, i + 1, 0).tip("validator-1", i + 1, i, i + 1, 0);
        }
        run.driveUntil(30);

        assertThatCode(() -> liveness.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void expectsANodeThatEndedByItself() {
        var run = new RecordedRun(2, 0).driveFrom(0).chain(RecordedRun.slots(0, 10));
        run.state("validator-1", NodeState.DEAD, false);
        for (int i = 10; i < 28; i++) {
            run.at(i).add(run.observed(i + 1, i, i, i + 1)).tip("validator-0", i + 1, i, i + 1, 0);
        }
        run.driveUntil(30);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .hasMessageContaining("validator-1: height 10 at slot 9 (DEAD: as the test says), 18 blocks behind");
    }

    @Test
    void claimsNothingAboutSlotsUnderAFaultOfTheNetwork() {
        var run = new RecordedRun(3, 0)
                .driveFrom(0)
                .chain(java.util.stream.LongStream.concat(
                                java.util.stream.LongStream.range(0, 15), java.util.stream.LongStream.range(30, 45))
                        .toArray());
        var faulty = new RecordedRun(3, 0)
                .driveFrom(0)
                .chain(RecordedRun.slots(0, 15))
                .at(15)
                .fault(1, "partition");
        faulty.at(29).healed(1);
        for (int i = 15; i < 30; i++) {
            faulty.block(i + 1, i, i + 15, i + 1);
        }

        assertThatThrownBy(() -> liveness.evaluate(run.driveUntil(45))).hasMessageContaining("no block for 15 slots");
        assertThatCode(() -> liveness.evaluate(faulty.driveUntil(45))).doesNotThrowAnyException();
    }

    @Test
    void cannotJudgeAFewSlots() {
        var run = new RecordedRun(3, 0).driveFrom(0).chain(0, 1, 2).driveUntil(4);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith("too few slots to judge: 4 slots (8 s) in the run window");
    }

    @Nested
    class Plan {
        @Test
        void refusesAWindowInWhichADeadChainCannotBeTold() {
            var problems = Scenario.builder()
                    .validators(2)
                    .runFor(Duration.ofSeconds(6))
                    .expect(liveness);

            assertThatThrownBy(problems::build)
                    .hasMessageContaining("@RunFor is 6 s, expected at least 14 slots (28 s), so that expectation"
                            + " 'consensus liveness' can tell a dead chain from an unlucky one. Lengthen the run window,"
                            + " or lower falseAlarmOneIn.");
        }

        @Test
        void refusesNegativeLagAndARateOfAlarmsThatIsTooHigh() {
            assertThatThrownBy(Scenario.builder().expect(new ConsensusLiveness(-1, 0, 10))::build)
                    .hasMessageContaining("@ExpectConsensusLiveness.maxLag is -1, expected 0 or more blocks")
                    .hasMessageContaining("@ExpectConsensusLiveness.falseAlarmOneIn is 10, expected at least 100 runs");
        }
    }
}
