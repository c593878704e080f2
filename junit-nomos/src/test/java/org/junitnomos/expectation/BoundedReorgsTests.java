package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedTip.tip;

import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

class BoundedReorgsTests {
    private final BoundedReorgs reorgs = new BoundedReorgs(2);

    @Test
    void holdsUpToTheDepth() {
        var run = new RecordedRun(2, 0)
                .chain(RecordedRun.slots(0, 5))
                .tip("validator-1", tip(13).slot(6).height(5).tookBack(2));
        assertThatCode(() -> reorgs.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesNodeDepthTimeAndPlace() {
        var run = new RecordedRun(2, 0)
                .chain(RecordedRun.slots(0, 5))
                .at(6)
                .tip("validator-1", tip(13).slot(6).height(5).tookBack(3));
        assertThatThrownBy(() -> reorgs.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected reorgs of at most 2 blocks but was:\n"
                        + "  validator-1: took back 3 blocks at 12.5 s, to height 5 at slot 6");
    }

    @Test
    void mayBeAsDeepAsFaultsLasted() {
        var plus = new BoundedReorgs(2, true);
        var run = new RecordedRun(2, 0)
                .chain(RecordedRun.slots(0, 5))
                .at(5)
                .fault(1, "partition")
                .at(8)
                .healed(1);
        run.at(9).tip("validator-1", tip(13).slot(9).height(5).tookBack(8));
        assertThatCode(() -> plus.evaluate(run)).doesNotThrowAnyException();
        run.tip("validator-1", tip(13).slot(9).height(5).tookBack(9));
        assertThatThrownBy(() -> plus.evaluate(run))
                .hasMessage("expected reorgs of at most 2 blocks, and more only as faults explain it, but was:\n"
                        + "  validator-1: took back 9 blocks at 18.5 s, to height 5 at slot 9; faults explain 8");
    }

    @Test
    void isInconclusiveWithoutAnyBlock() {
        assertThatThrownBy(() -> reorgs.evaluate(new RecordedRun(2, 0)))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no node was seen to take a block");
    }

    @Test
    void refusesANegativeDepth() {
        assertThatThrownBy(Scenario.builder().expect(new BoundedReorgs(-1))::build)
                .hasMessageContaining("bounded reorgs: maxDepth is -1, expected 0 or more blocks");
    }
}
