package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedTip.tip;

import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class HeightConvergenceTests {
    private final HeightConvergence convergence = new HeightConvergence();

    @Test
    void holdsWhenEveryNodeIsNearTheTip() {
        var run = new RecordedRun(3, 0).chain(RecordedRun.slots(0, 10)).tip("validator-1", 8);

        assertThatCode(() -> convergence.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesNodesThatAreBehind() {
        var run = new RecordedRun(3, 0).chain(RecordedRun.slots(0, 10)).tip("validator-1", 4);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected every running node within 2 blocks of one chain at height 10 after the cooldown"
                        + " but was:\n  validator-1: height 4 at slot 3, 6 blocks behind");
    }

    @Test
    void namesNodesOnAnotherBranchOfTheSameHeight() {
        var run = new RecordedRun(2, 0).chain(RecordedRun.slots(0, 5));
        run.observed(block(13).on(2).slot(2))
                .observed(block(14).slot(3))
                .observed(block(15).slot(4));
        run.tip("validator-1", tip(15).tookBack(3));

        assertThatThrownBy(() -> convergence.evaluate(run))
                .hasMessageContaining("validator-1: height 5 at slot 4, 3 blocks on another branch");
    }

    @Test
    void namesANodeAloneOnTheLongestBranchAndNotAllOthers() {
        var run = new RecordedRun(4, 0).chain(RecordedRun.slots(0, 10));
        for (int i = 0; i < 6; i++) {
            run.observed(block(20 + i).on(i == 0 ? 5 : 19 + i).slot(10 + i));
        }
        run.tip("validator-2", tip(25).tookBack(5));

        assertThatThrownBy(() -> convergence.evaluate(run))
                .hasMessageEndingWith("but was:\n  validator-2: height 11 at slot 15, 6 blocks on another branch, since"
                        + " height 5; on one chain: validator-0, validator-1, validator-3");
    }

    @Test
    void namesANodeThatEndedByItselfAtTheTip() {
        var run = new RecordedRun(3, 0)
                .driveFrom(0)
                .chain(RecordedRun.slots(0, 10))
                .state("validator-1", NodeState.DEAD, false);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .hasMessageContaining("  validator-1 ended by itself at 18.5 s: as the" + " test says");
    }

    @Test
    void failsWhenAllNodesEndedByThemselves() {
        var run = new RecordedRun(2, 0)
                .driveFrom(0)
                .chain(RecordedRun.slots(0, 10))
                .state("validator-0", NodeState.DEAD, false)
                .state("validator-1", NodeState.DEAD, false);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("validator-0 ended by itself")
                .hasMessageContaining("validator-1 ended by itself");
    }

    @Test
    void namesANodeThatCannotBeReadAtTheEnd() {
        var run = new RecordedRun(3, 0).driveFrom(0).chain(RecordedRun.slots(0, 10));
        run.blind("validator-1", "500 Internal Server Error").at(14);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .hasMessageContaining("validator-1: height 10 at slot 9 (cannot be read since 18.5 s: 500 Internal"
                        + " Server Error), so it cannot be said where it stands");
    }

    @Test
    void isInconclusiveIfEveryNodeWasStopped() {
        var run = new RecordedRun(1, 0).chain(0, 1).state("validator-0", NodeState.STOPPED, true);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith("every node was asked to be away at the end");
    }

    @Test
    void isInconclusiveWithoutAnyBlock() {
        assertThatThrownBy(() -> convergence.evaluate(new RecordedRun(1, 0))).isInstanceOf(InconclusiveException.class);
    }

    @Test
    void refusesANegativeSpread() {
        assertThatThrownBy(Scenario.builder().expect(new HeightConvergence(-1))::build)
                .hasMessageContaining("height convergence: maxSpread is -1, expected 0 or more blocks");
    }
}
