package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedTip.tip;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class RecoveryTests {
    private static final String LAGGARD = "validator-2";

    private final Recovery recovery = new Recovery(3, 1);
    private final RecordedRun run = new RecordedRun(3, 0).chain(RecordedRun.slots(0, 5));

    /** A block that all but one node take. */
    private void missed(int number) {
        run.at(number - 1).observed(block(number).slot(number - 1));
        run.tip("validator-0", number).tip("validator-1", number);
    }

    private void fault(int fault, String kind, String... targets) {
        run.add(new JournalEvent.FaultRequested(
                run.clock().now().toNanos(), fault, kind, List.of(targets), "as the test says"));
    }

    private void passes() {
        assertThatCode(() -> recovery.evaluate(run)).doesNotThrowAnyException();
    }

    @Nested
    class AfterAnIsolation {
        RecoveryTests isolated() {
            run.at(5);
            fault(1, "isolate", LAGGARD);
            for (int number = 6; number <= 10; number++) {
                missed(number);
            }
            run.healed(1);
            return RecoveryTests.this;
        }

        @Test
        void holdsWhenTheNodeIsBackInTime() {
            isolated();
            missed(11);
            missed(12);
            run.tip(LAGGARD, tip(11).slot(11));
            passes();
        }

        @Test
        void holdsWhenTheNodeIsBackWithTheLastBlock() {
            isolated();
            missed(11);
            missed(12);
            missed(13);
            run.tip(LAGGARD, 13);
            passes();
        }

        @Test
        void namesANodeThatIsLate() {
            isolated();
            for (int number = 11; number <= 14; number++) {
                missed(number);
            }
            run.tip(LAGGARD, 14);

            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessage("expected every node that a fault hit within 1 blocks of the highest before the chain"
                            + " grew by 3 blocks after the heal but was:\n"
                            + "  validator-2: not back 3 blocks after isolate (fault 1) was healed at 18.5 s,"
                            + " height 10;"
                            + " at the end height 14 at slot 13");
        }

        @Test
        void isNotContentWithWhereTheNodeStoodBeforeTheHeal() {
            run.at(5);
            fault(1, "isolate", LAGGARD);
            run.healed(1);
            for (int number = 6; number <= 9; number++) {
                missed(number);
            }
            assertThatThrownBy(() -> recovery.evaluate(run))
                    .hasMessageContaining("validator-2: not back 3 blocks after");
        }

        @Test
        void leavesItToConvergenceWhichOfTwoBranchesWins() {
            isolated();
            run.observed(block(21).on(5).slot(5))
                    .observed(block(22).slot(6))
                    .observed(block(23).slot(7));
            run.observed(block(24).slot(8)).observed(block(25).slot(9));
            run.tip(LAGGARD, 25);
            for (int number = 11; number <= 14; number++) {
                missed(number);
            }
            passes();
        }

        @Test
        void isInconclusiveIfTheChainDidNotGrow() {
            isolated();
            missed(11);
            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageStartingWith(
                            "not every node that a fault hit can be judged:\n  validator-2: not back yet ")
                    .hasMessageContaining("; the chain grew by 1 blocks since then, too few to judge it by 3");
        }
    }

    @Nested
    class UnderOverlappingFaults {
        @Test
        void countsFromTheHealOfTheLast() {
            run.at(5);
            fault(1, "partition", "validator-0", "validator-1", LAGGARD);
            fault(2, "restart", LAGGARD);
            run.healed(2);
            for (int number = 6; number <= 12; number++) {
                missed(number);
            }
            run.healed(1);
            missed(13);
            run.tip(LAGGARD, 13);
            passes();
        }

        @Test
        void countsAnewAfterAFaultOfTheNetwork() {
            run.at(5);
            fault(1, "restart", LAGGARD);
            run.healed(1);
            missed(6);
            fault(2, "isolate", "validator-1");
            missed(7);
            missed(8);
            missed(9);
            run.healed(2);
            missed(10);
            run.tip(LAGGARD, 10);
            passes();
        }

        @Test
        void isNotHeldUpByTheRestartOfAnother() {
            run.at(5);
            fault(1, "isolate", LAGGARD);
            run.healed(1);
            missed(6);
            missed(7);
            fault(2, "restart", "validator-1");
            run.healed(2);
            missed(8);
            missed(9);
            assertThatThrownBy(() -> recovery.evaluate(run))
                    .hasMessageContaining("validator-2: not back 3 blocks after isolate (fault 1)");
        }

        @Test
        void leavesOutANodeThatStaysDown() {
            run.at(5);
            fault(1, "stop", LAGGARD);
            fault(2, "restart", "validator-1");
            run.healed(2);
            for (int number = 6; number <= 12; number++) {
                missed(number);
            }
            passes();
        }
    }

    @Nested
    class AtTheEnd {
        private void twoIsolated() {
            run.at(5);
            fault(1, "isolate", LAGGARD);
            fault(2, "isolate", "validator-1");
            run.healed(1);
            run.healed(2);
            for (int number = 6; number <= 8; number++) {
                run.at(number - 1).observed(block(number).slot(number - 1));
                run.tip("validator-0", number).tip("validator-1", number);
            }
        }

        @Test
        void failsIfOneIsBackAndTheChainStopsBeforeTheOther() {
            twoIsolated();
            run.at(60);

            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("validator-2: not back 54 slots (1.8 min) after isolate (fault 1) was healed"
                            + " at 10.5 s, height 5; the chain grew by 3 blocks since then, where a healthy one makes ")
                    .hasMessageContaining(" or more: it is the chain that stopped or is too slow");
        }

        @Test
        void failsIfBlocksStopWithTheHeal() {
            run.at(5);
            fault(1, "partition", "validator-0", "validator-1", LAGGARD);
            run.at(10).healed(1).at(60);

            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("validator-0: not back 49 slots")
                    .hasMessageContaining("the chain grew by 0 blocks since then");
        }

        @Test
        void isInconclusiveIfOneIsBackAndItIsTooEarlyForTheOther() {
            twoIsolated();

            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(InconclusiveException.class)
                    .hasMessageContaining("validator-2: not back yet 1 slot (2 s) after");
        }

        @Test
        void failsForANodeThatEndedByItself() {
            twoIsolated();
            run.tip(LAGGARD, 8).state("validator-0", NodeState.DEAD, false);

            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("  validator-0 ended by itself at 14.5 s: as the test says");
        }

        @Test
        void saysThatANodeCouldNotBeRead() {
            run.at(5);
            fault(1, "partition", LAGGARD);
            run.healed(1).blind(LAGGARD, "500 Internal Server Error");
            for (int number = 6; number <= 10; number++) {
                missed(number);
            }

            assertThatThrownBy(() -> recovery.evaluate(run))
                    .hasMessageContaining(
                            "  validator-2: cannot be read since 10.5 s: 500 Internal Server Error; not back"
                                    + " 3 blocks after partition (fault 1) was healed");
        }
    }

    @Test
    void isInconclusiveWithoutAnyFault() {
        assertThatThrownBy(() -> recovery.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no node was hit by a fault that was healed, and none was added, so none could recover");
    }

    @Test
    void refusesWrongSettings() {
        assertThatThrownBy(Scenario.builder().expect(new Recovery(0, -1))::build)
                .hasMessageContaining("recovery: withinBlocks is 0, expected at least 1 block. Raise it.")
                .hasMessageContaining("recovery: maxLag is -1, expected 0 or more blocks. Change the lag.");
    }

    @Nested
    class OfANodeThatIsAdded {
        private static final String NEWCOMER = "validator-3";

        private void added() {
            run.at(5).state(NEWCOMER, NodeState.SPAWNED, true).state(NEWCOMER, NodeState.READY, true);
        }

        @Test
        void holdsWhenItGetsToTheChainInTime() {
            added();
            missed(6);
            missed(7);
            run.tip(NEWCOMER, 7).tip(LAGGARD, 7);
            passes();
        }

        @Test
        void namesItWhenItDoesNot() {
            added();
            for (int number = 6; number <= 9; number++) {
                missed(number);
            }
            assertThatThrownBy(() -> recovery.evaluate(run))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageEndingWith("\n  validator-3: not back 3 blocks after it was added at 10.5 s, height 5;"
                            + " at the end no block seen");
        }

        @Test
        void doesNotCountWhileTheNetworkIsBroken() {
            run.at(5);
            fault(1, "partition", "validator-0");
            added();
            for (int number = 6; number <= 9; number++) {
                missed(number);
            }
            run.tip("validator-0", 9).healed(1);
            missed(10);
            run.tip(NEWCOMER, 10).tip(LAGGARD, 10);
            passes();
        }

        @Test
        void asksNothingOfOneThatIsRemovedAgain() {
            added();
            fault(1, "pause", "validator-1");
            run.healed(1);
            missed(6);
            run.state(NEWCOMER, NodeState.REMOVED, true);
            for (int number = 7; number <= 9; number++) {
                missed(number);
            }
            passes();
        }
    }

    @Test
    void asksAPausedNodeToComeBackOnceItIsResumed() {
        run.at(5);
        fault(1, "pause", LAGGARD);
        for (int number = 6; number <= 12; number++) {
            missed(number);
        }
        run.healed(1);
        for (int number = 13; number <= 16; number++) {
            missed(number);
        }
        assertThatThrownBy(() -> recovery.evaluate(run))
                .hasMessageContaining("validator-2: not back 3 blocks after pause (fault 1) was healed");
    }
}
