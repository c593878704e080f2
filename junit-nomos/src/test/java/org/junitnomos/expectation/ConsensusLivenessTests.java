package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedTip.tip;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
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
                .hasMessageStartingWith("no block for 15 slots (30 s), from slot 200 to slot 214")
                .isInstanceOfSatisfying(AssertionFailedError.class, failure -> {
                    assertThat(failure.getExpected().getStringRepresentation())
                            .contains("\nno gap that is too long for chance\n");
                    assertThat(failure.getActual().getStringRepresentation())
                            .contains("\nno block for 15 slots (30 s), from slot 200 to slot 214\n");
                });
    }

    @Test
    void namesBlocksOfSlotsThatHadNotBegun() {
        var run = new RecordedRun(3, 0).driveFrom(0).chain(RecordedRun.slots(0, 26));
        run.at(26).observed(block(27).slot(29)).driveUntil(30);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .hasMessageStartingWith("1 block was seen before the slot began, by more than 2 s: at worst block ")
                .hasMessageContaining("(height 27, first seen on validator-0) of slot 29, 5.5 s early; the clock of its"
                        + " leader is ahead, or it makes blocks of slots to come");
    }

    @Test
    void doesNotJudgeEarlyBlocksOnceAClockWasChanged() {
        var run = new RecordedRun(3, 0).driveFrom(0).chain(RecordedRun.slots(0, 26));
        run.at(25).fault(1, "skew clock");
        run.at(26).observed(block(27).slot(29)).driveUntil(30);

        assertThatCode(() -> liveness.evaluate(run)).doesNotThrowAnyException();
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
        run.tip("validator-2", 7).driveUntil(30);

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
            run.at(i).observed(block(i + 1).slot(i)).tip("validator-0", i + 1);
        }
        run.driveUntil(30);

        assertThatThrownBy(() -> liveness.evaluate(run))
                .hasMessageStartingWith("validator-1: no block seen, 28 blocks");
    }

    @Test
    void leavesOutANodeThatWasStoppedOnPurposeAndItsStake() {
        var run = new RecordedRun(3, 0).driveFrom(0).state("validator-2", NodeState.STOPPED, true);
        for (int i = 0; i < 22; i++) {
            run.at(i).observed(block(i + 1).slot(i));
            run.tip("validator-0", i + 1).tip("validator-1", i + 1);
        }
        run.driveUntil(30);

        assertThatCode(() -> liveness.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void expectsANodeThatEndedByItself() {
        var run = new RecordedRun(2, 0).driveFrom(0).chain(RecordedRun.slots(0, 10));
        run.state("validator-1", NodeState.DEAD, false);
        for (int i = 10; i < 28; i++) {
            run.at(i).observed(block(i + 1).slot(i)).tip("validator-0", i + 1);
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
            faulty.seenByAll(block(i + 1).slot(i + 15));
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

    /** A chain of 200 slots that validator-0 and validator-1 follow all the time. */
    private static RecordedRun longRun() {
        return new RecordedRun(3, 0).driveFrom(0).chain(RecordedRun.slots(0, 20));
    }

    private static void goOn(RecordedRun run, int from, int until, String... followers) {
        for (int i = from; i < until; i++) {
            run.at(i).observed(block(i + 1).slot(i));
            for (var node : followers) {
                run.tip(node, i + 1);
            }
        }
    }

    @Nested
    class OnTheWay {
        private final RecordedRun run = longRun();

        private org.assertj.core.api.AbstractThrowableAssert<?, ?> fails() {
            run.driveUntil(200);
            return assertThatThrownBy(() -> liveness.evaluate(run)).isInstanceOf(AssertionFailedError.class);
        }

        private void passes() {
            run.driveUntil(200);
            assertThatCode(() -> liveness.evaluate(run)).doesNotThrowAnyException();
        }

        @Test
        void failsIfAllNodesEndByThemselves() {
            for (int i = 0; i < 3; i++) {
                run.state("validator-" + i, NodeState.DEAD, false);
            }

            fails().hasMessageStartingWith(
                            "validator-0 ended by itself at 38.5 s: as the" + " test says\nvalidator-1 ended by itself")
                    .hasMessageContaining("but saw 20; the last one has height 20 and slot 19")
                    .hasMessageContaining("no block for 180 slots (6 min), from slot 20 to slot 199");
        }

        @Test
        void failsIfAllNodesEndAndNothingCouldBeExpectedOfTheSlots() {
            var few = new RecordedRun(2, 0).driveFrom(0).chain(0, 1);
            few.state("validator-0", NodeState.DEAD, false).state("validator-1", NodeState.DEAD, false);

            assertThatThrownBy(() -> liveness.evaluate(few.driveUntil(4)))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("validator-1 ended by itself");
        }

        /** Twenty slots without a block are no wonder with a third of the stake, and one with all of it. */
        @Test
        void doesNotExcuseTheStakeOfANodeThatCameBackByItself() {
            run.state("validator-1", NodeState.DEAD, false).state("validator-2", NodeState.DEAD, false);
            run.at(38).state("validator-1", NodeState.READY, false).state("validator-2", NodeState.READY, false);
            for (int i = 0; i < 160; i++) {
                run.seenByAll(block(21 + i).slot(40 + i));
            }

            fails().hasMessageContaining("no block for 20 slots");
        }

        @Test
        void failsForANodeThatWasFarBehindForMinutesAndCaughtUp() {
            goOn(run, 20, 102, "validator-0", "validator-1");
            goOn(run, 102, 200, "validator-0", "validator-1", "validator-2");

            fails().hasMessageStartingWith("validator-2: more than 3 blocks behind the chain for 77 slots (2.567 min),"
                    + " from slot 25 to slot 101, at worst 80 blocks (allowed for 5 in a row)");
        }

        @Test
        void letsANodeBeBehindForAFewSlots() {
            goOn(run, 20, 30, "validator-0", "validator-1");
            goOn(run, 30, 200, "validator-0", "validator-1", "validator-2");

            passes();
        }

        @Test
        void failsForANodeThatCouldNotBeReadForMinutes() {
            run.blind("validator-1", "500 Internal Server Error");
            goOn(run, 20, 150, "validator-0", "validator-2");
            goOn(run, 150, 200, "validator-0", "validator-1", "validator-2");

            fails().hasMessageStartingWith("validator-1: could not be read for 131 slots (4.367 min), from slot 19 to"
                    + " slot 149: 500 Internal Server Error (allowed for 5 in a row)");
        }

        @Test
        void failsIfNoNodeCanBeReadAlthoughTheChainIsThereInTheEnd() {
            for (int i = 0; i < 3; i++) {
                run.blind("validator-" + i, "timeout");
            }
            goOn(run, 20, 195);
            goOn(run, 195, 200, "validator-0", "validator-1", "validator-2");

            fails().hasMessageContaining("validator-0: could not be read")
                    .hasMessageContaining("validator-2: could not");
        }

        @Test
        void excusesANodeThatAFaultHitAndForAsLongAsItMayTakeToHearOfTheChain() {
            run.add(isolation());
            goOn(run, 20, 60, "validator-0", "validator-1");
            run.healed(1);
            goOn(run, 60, 70, "validator-0", "validator-1");
            goOn(run, 70, 200, "validator-0", "validator-1", "validator-2");

            passes();
        }

        @Test
        void excusesNoOtherNode() {
            run.add(isolation());
            goOn(run, 20, 60, "validator-0", "validator-2");
            run.healed(1);
            goOn(run, 60, 200, "validator-0", "validator-1", "validator-2");

            fails().hasMessageStartingWith("validator-1: more than 3 blocks behind the chain for ");
        }

        @Test
        void stopsToExcuseAWhileAfterTheHeal() {
            run.add(isolation());
            run.healed(1);
            goOn(run, 20, 150, "validator-0", "validator-1");
            goOn(run, 150, 200, "validator-0", "validator-1", "validator-2");

            fails().hasMessageStartingWith("validator-2: more than 3 blocks behind the chain for ")
                    .hasMessageContaining(" to slot 149, at worst ");
        }

        @Test
        void excusesWhomTheAbsenceOfTheHubParts() {
            run.state("validator-0", NodeState.STOPPED, true);
            goOn(run, 20, 60, "validator-1");
            run.state("validator-0", NodeState.READY, true);
            goOn(run, 60, 200, "validator-0", "validator-1", "validator-2");

            passes();
        }

        private JournalEvent isolation() {
            return new JournalEvent.FaultRequested(
                    run.clock().now().toNanos(), 1, "isolate", java.util.List.of("validator-2"), "");
        }
    }

    @Nested
    class OfFinality {
        @Test
        void failsIfNothingEverBecomesFinal() {
            var run = new RecordedRun(2, 0).driveFrom(0);
            for (int i = 0; i < 40; i++) {
                run.at(i).observed(block(i + 1).slot(i));
                run.tip("validator-0", i + 1).tip("validator-1", tip(i + 1).lib(0));
            }
            run.driveUntil(40);

            assertThatThrownBy(() -> liveness.evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageStartingWith(
                            "validator-1: did not finalize what is k = 10 blocks deep for 30 slots (1 min),"
                                    + " from slot 10 to slot 39, at worst 30 blocks too few; its last irreversible"
                                    + " block at the"
                                    + " end has height 0, its tip height 40 (allowed for 5 in a row)");
        }

        @Test
        void isInconclusiveIfTheLastIrreversibleBlockOfANodeWasNeverSeen() {
            var run = new RecordedRun(2, 0).driveFrom(0);
            for (int i = 0; i < 40; i++) {
                run.at(i).observed(block(i + 1).slot(i));
                run.tip("validator-0", i + 1).tip("validator-1", tip(i + 1).lib(999));
            }
            run.driveUntil(40);

            assertThatThrownBy(() -> liveness.evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageStartingWith("the last irreversible block of validator-1 was never seen on any chain");
        }
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
                    .hasMessageContaining("runFor is 6 s, expected at least 14 slots (28 s), so that expectation"
                            + " 'consensus liveness' can tell a dead chain from an unlucky one. Lengthen the run"
                            + " window,"
                            + " or lower falseAlarmOneIn.");
        }

        @Test
        void advisesLessForWalletsThatHoldMostOfTheStake() {
            var plan = Scenario.builder()
                    .validators(2)
                    .wallets(250)
                    .runFor(Duration.ofMinutes(1))
                    .expect(liveness);

            assertThatThrownBy(plan::build)
                    .hasMessageContaining(
                            " Set walletValue to 1, for wallets hold 92 % of the stake and lead with none of it; or"
                                    + " lengthen the run window, or lower falseAlarmOneIn.");
            assertThat(plan.walletValue(1).build().problems()).isEmpty();
        }

        @Test
        void refusesNegativeLagAndARateOfAlarmsThatIsTooHigh() {
            assertThatThrownBy(Scenario.builder().expect(new ConsensusLiveness(-1, 0, 10))::build)
                    .hasMessageContaining("consensus liveness: maxLag is -1, expected 0 or more blocks")
                    .hasMessageContaining("consensus liveness: maxLagSlots is 0, expected at least 1 slot. Raise it.")
                    .hasMessageContaining("consensus liveness: falseAlarmOneIn is 10, expected at least 100 runs");
        }
    }
}
