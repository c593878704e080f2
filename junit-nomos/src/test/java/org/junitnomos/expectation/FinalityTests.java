package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedTip.tip;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class FinalityTests {
    private final Finality finality = new Finality();
    private final RecordedRun run = new RecordedRun(2, 0).driveFrom(0);

    private void fails(String text) {
        assertThatThrownBy(() -> finality.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected the block k = 10 below the tip to be final on every node, and no other, but:\n  "
                        + text);
    }

    @Test
    void holdsWhereTheBlockKBelowTheTipIsFinal() {
        run.chain(RecordedRun.slots(0, 30));
        assertThatCode(() -> finality.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesANodeWhoseFinalBlockIsTooDeep() {
        run.chain(RecordedRun.slots(0, 20))
                .at(20)
                .observed(RecordedBlock.block(21).slot(20));
        run.tip("validator-1", tip(21).lib(10));
        fails("validator-1: its last irreversible block was 11 blocks below its tip, at height 10, at 40.5 s, with its"
                + " tip at height 21");
    }

    @Test
    void namesANodeWhoseFinalBlockGoesBack() {
        run.chain(RecordedRun.slots(0, 20)).tip("validator-1", tip(18).lib(7));
        fails("validator-1: its last irreversible block went back from height 10 to 7 at 38.5 s, with its tip at height"
                + " 18");
    }

    @Test
    void namesANodeWhoseFinalBlockGoesBackToGenesis() {
        run.chain(RecordedRun.slots(0, 20)).tip("validator-1", tip(18).lib(0));
        fails("validator-1: its last irreversible block went back from height 10 to 0 at 38.5 s, with its tip at height"
                + " 18");
    }

    @Test
    void namesANodeOnWhichNothingIsEverFinal() {
        for (int block = 1; block <= 40; block++) {
            run.at(block).observed(RecordedBlock.block(block).slot(block)).tip("validator-0", block);
            run.tip("validator-1", tip(block).lib(0));
        }
        run.at(41);
        fails("validator-1: no block was ever final, though its tip has height 40");
    }

    @Test
    void doesNotBlameANodeThatJustBeganAnew() {
        run.chain(RecordedRun.slots(0, 20)).at(20).state("validator-1", NodeState.STOPPED, true);
        run.state("validator-1", NodeState.SPAWNED, true).state("validator-1", NodeState.READY, true);
        run.tip("validator-1", tip(20).lib(0)).at(22);
        assertThatCode(() -> finality.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void isInconclusiveBeforeAnythingCanBeFinal() {
        run.chain(RecordedRun.slots(0, 5));
        assertThatThrownBy(() -> finality.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("the longest chain has 5 blocks, and nothing is final before it has more than k = 10");
    }

    @Test
    void isLeftOutOfAPlanThatMayNotGetThatFar() {
        var plan =
                Scenario.builder().validators(3).runFor(Duration.ofSeconds(10)).cooldown(Duration.ZERO);
        assertThat(Finality.missing(plan.build()))
                .isEqualTo("only 0 blocks are sure, and the first one is final with" + " k + 1 = 11");
        assertThat(Finality.missing(plan.runFor(Duration.ofMinutes(5)).build())).isNull();
    }
}
