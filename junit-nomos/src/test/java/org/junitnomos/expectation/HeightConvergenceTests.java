package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

class HeightConvergenceTests {
    private final HeightConvergence convergence = new HeightConvergence();

    @Test
    void holdsWhenEveryNodeIsNearTheTip() {
        var run = new RecordedRun(3, 0).chain(RecordedRun.slots(0, 10)).tip("validator-1", 8, 7, 8, 0);

        assertThatCode(() -> convergence.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesNodesThatAreBehind() {
        var run = new RecordedRun(3, 0).chain(RecordedRun.slots(0, 10)).tip("validator-1", 4, 3, 4, 0);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected every running node within 2 blocks of one chain at height 10 after the cooldown"
                        + " but was:\n  validator-1: height 4 at slot 3, 6 blocks behind");
    }

    @Test
    void namesNodesOnAnotherBranchOfTheSameHeight() {
        var run = new RecordedRun(2, 0).chain(RecordedRun.slots(0, 5));
        run.add(run.observed(13, 2, 2, 3)).add(run.observed(14, 13, 3, 4)).add(run.observed(15, 14, 4, 5));
        run.tip("validator-1", 15, 4, 5, 3);

        assertThatThrownBy(() -> convergence.evaluate(run))
                .hasMessageContaining("validator-1: height 5 at slot 4, 3 blocks on another branch");
    }

    @Test
    void isInconclusiveWithoutAnyBlock() {
        assertThatThrownBy(() -> convergence.evaluate(new RecordedRun(1, 0))).isInstanceOf(InconclusiveException.class);
    }

    @Test
    void refusesANegativeSpread() {
        assertThatThrownBy(Scenario.builder().expect(new HeightConvergence(-1))::build)
                .hasMessageContaining("@ExpectHeightConvergence.maxSpread is -1, expected 0 or more blocks");
    }
}
