package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedTip.tip;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.topology.LeaderOdds;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** What is expected of nodes that were paused or started anew, on journals written by hand (contract 3.1, 5.2). */
class NodeLivesTests {
    private static final String NODE = "validator-1";

    private final RecordedRun run = new RecordedRun(3, 0);

    private void turn(long slot, String node, NodeState state) {
        run.at(slot).state(node, state, true);
    }

    private void startAnew(long slot, String node) {
        turn(slot, node, NodeState.STOPPED);
        turn(slot, node, NodeState.READY);
    }

    private double[] chances() {
        return odds().chances();
    }

    private SlotOdds odds() {
        return SlotOdds.of(new RunFacts(run), 0, 40 * 2_000_000_000L);
    }

    @Test
    void aNodeThatMissedSlotsIsNoLeaderUntilItIsStartedAnew() {
        turn(10, NODE, NodeState.PAUSED);
        turn(15, NODE, NodeState.READY);
        startAnew(30, NODE);
        run.at(31).observed(block(1).slot(31));
        run.at(32).observed(block(2).slot(32));

        assertThat(chances()[29])
                .isLessThan(chances()[9])
                .isLessThan(new LeaderOdds(run.scenario().topology()).chanceOfBlock(0));
        assertThat(chances()[33]).isEqualTo(chances()[9]);
    }

    @Test
    void aNodeThatAnswersButNeverGetsReadyHasNoExcuseForEver() {
        turn(5, NODE, NodeState.STOPPED);
        turn(5, NODE, NodeState.SPAWNED);
        turn(5, NODE, NodeState.API_READY);
        for (int slot = 6; slot < 40; slot++) {
            run.at(slot).observed(block(slot - 5).slot(slot));
        }

        assertThat(chances()[15]).isLessThan(chances()[3]);
        assertThat(chances()[30]).isEqualTo(chances()[3]);
    }

    @Test
    void aPauseWithinOneSlotCostsNone() {
        turn(10, NODE, NodeState.PAUSED);
        turn(11, NODE, NodeState.READY);

        assertThat(chances()[20]).isEqualTo(chances()[5]);
    }

    @Test
    void nodesThatAllMissedSlotsPlayThoseOfThePast() {
        var all = List.of("validator-0", NODE, "validator-2");
        all.forEach(node -> turn(10, node, NodeState.PAUSED));
        all.forEach(node -> turn(15, node, NodeState.READY));

        assertThat(chances()[12]).isZero();
        assertThat(chances()[30]).isEqualTo(chances()[5]);
        assertThat(odds().played()[30]).isEqualTo(26);
    }

    @Test
    void aNodeThatIsStartedAnewLeadsTwoBlocksAfterTheLastThatItMadeApart() {
        run.chain(RecordedRun.slots(0, 5));
        startAnew(10, NODE);
        run.at(13).observed(block(6).slot(13));
        run.at(14).observed(NODE, block(20).on(0).slot(14));
        run.at(15).observed(block(7).slot(15));
        run.at(18).observed(block(8).on(7).slot(18));

        double two = chances()[16];
        assertThat(two).isLessThan(chances()[5]);
        assertThat(chances()[17]).isEqualTo(two);
        assertThat(chances()[19]).isEqualTo(chances()[5]);
    }

    @Test
    void nothingIsExcusedIfAllAreStartedAnewAtOnce() {
        run.chain(RecordedRun.slots(0, 5));
        for (var node : List.of("validator-0", NODE, "validator-2")) {
            startAnew(10, node);
        }

        assertThat(chances()[20]).isEqualTo(chances()[5]);
    }

    @Test
    void recoveryGrantsABlockForEachThatTheNodeMadeApart() {
        run.chain(RecordedRun.slots(0, 5));
        run.at(6)
                .add(new JournalEvent.FaultRequested(1, 1, "restart", List.of(NODE), ""))
                .healed(1);
        run.at(6).observed(NODE, block(20).on(0).slot(6));
        for (int number = 6; number <= 8; number++) {
            run.at(number + 1).observed(block(number).slot(number + 1)).tip("validator-0", number);
        }
        run.tip("validator-2", 8).tip(NODE, 8);
        assertThatCode(() -> new Recovery(2, 0).evaluate(run)).doesNotThrowAnyException();

        assertThatThrownBy(() -> new Recovery(1, 0).evaluate(run))
                .hasMessageContaining(
                        "validator-1: not back 2 blocks (of which 1 for as many that it made on a branch of"
                                + " its own) after restart (fault 1) was healed at ");
    }

    @Test
    void boundedReorgsDoNotCountThatANodeBeginsAtGenesis() {
        run.chain(RecordedRun.slots(0, 9));
        startAnew(10, NODE);
        run.tip(NODE, tip(1).tookBack(8));
        assertThatCode(() -> new BoundedReorgs(2).evaluate(run)).doesNotThrowAnyException();

        run.tip(NODE, tip(9).tookBack(3));
        assertThatThrownBy(() -> new BoundedReorgs(2).evaluate(run)).hasMessageContaining("took back 3 blocks");
    }

    @Test
    void convergenceLeavesOpenWhatNoBlockCouldHaveMended() {
        run.driveFrom(0).chain(RecordedRun.slots(0, 9));
        startAnew(10, NODE);
        run.at(12).observed(block(10).slot(12)).tip("validator-0", 10).tip("validator-2", 10);
        run.tip(NODE, tip(1).tookBack(8));
        run.at(15);
        assertThatThrownBy(() -> new HeightConvergence().evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith(
                        "too few blocks since a fault to say whether every node came back: validator-1: ");

        for (int number = 11; number <= 13; number++) {
            run.at(number + 5).observed(block(number).slot(number + 5)).tip("validator-0", number);
            run.tip("validator-2", number);
        }
        run.at(25);
        assertThatThrownBy(() -> new HeightConvergence().evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("validator-1: ");
    }
}
