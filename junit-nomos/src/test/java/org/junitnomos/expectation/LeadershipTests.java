package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** Two validators of equal stake win 48 of 100 slots each. */
class LeadershipTests {
    private static final int SLOTS = 100;

    private final RecordedRun run = new RecordedRun(2, 0).driveFrom(0);
    private final Map<String, List<Proposal>> made = new LinkedHashMap<>();

    private void chain(int transactionsOfTheFirst) {
        for (int block = 1; block <= SLOTS; block++) {
            boolean first = block % 2 == 1;
            var recorded = RecordedBlock.block(block).slot(block);
            if (!first || transactionsOfTheFirst > 0) {
                recorded = recorded.with(empty(3 * block), empty(3 * block + 1), empty(3 * block + 2));
            }
            run.seenByAll(recorded);
            made(first ? "validator-0" : "validator-1", block);
        }
        run.driveUntil(SLOTS + 1);
    }

    private void made(String node, int block) {
        made.computeIfAbsent(node, name -> new ArrayList<>()).add(new Proposal(id(block), block, block));
    }

    private void judge() {
        new LeadershipJudge(new RunFacts(run), new Proposals(made), 10_000_000).judge();
    }

    private void fails(String text) {
        assertThatThrownBy(this::judge).isInstanceOf(AssertionFailedError.class).hasMessageContaining(text);
    }

    @Test
    void holdsWhereBothLeadInHalfOfTheSlots() {
        chain(3);
        assertThatCode(this::judge).doesNotThrowAnyException();
    }

    @Test
    void namesANodeThatNeverLeads() {
        chain(3);
        made.put("validator-1", List.of());
        fails("validator-1 made blocks in 0 of the ");
    }

    private void startAnew(int slot) {
        run.at(slot).state("validator-1", NodeState.STOPPED, true).state("validator-1", NodeState.READY, true);
    }

    @Test
    void namesANodeThatNeverLeadsInAnyOfItsLives() {
        for (int block = 1; block <= SLOTS; block++) {
            if (block % 20 == 0) {
                startAnew(block); // too often for one life to tell
            }
            run.seenByAll(RecordedBlock.block(block).slot(block));
            made("validator-0", block);
        }
        made.put("validator-1", List.of());
        run.driveUntil(SLOTS + 1);
        fails("validator-1 made blocks in 0 of the ");
    }

    @Test
    void holdsWhereANodeWinsASlotInTwoLives() {
        chain(3);
        startAnew(SLOTS + 1);
        made.get("validator-1").add(new Proposal(id(777), 60, 1));
        run.driveUntil(SLOTS + 2);
        assertThatCode(this::judge).doesNotThrowAnyException();
    }

    @Test
    void namesANodeThatLeadsInEverySlot() {
        chain(3);
        made.remove("validator-0");
        made.put("validator-1", new ArrayList<>());
        for (int block = SLOTS - 62; block <= SLOTS; block++) {
            made("validator-1", block);
        }
        for (int slot = 1; slot < SLOTS - 62; slot++) {
            made.get("validator-1").add(0, new Proposal(id(slot), SLOTS - 62 - slot, SLOTS - 62 - slot));
        }
        fails("validator-1 made blocks in ");
    }

    @Test
    void namesTwoBlocksOfOneSlot() {
        chain(3);
        made.get("validator-0").add(new Proposal(id(777), 99, 99));
        fails("validator-0 made two blocks in slot 99: " + id(99) + " and " + id(777));
    }

    @Test
    void namesABlockBelowTheTip() {
        chain(3);
        made.get("validator-1").add(new Proposal(id(777), 101, 40));
        fails("validator-1 made block " + id(777) + " of slot 101 at height 40, though its tip had height 100 before"
                + " that slot began");
    }

    @Test
    void namesABlockOfItsOwnThatANodeLeftForOneThatIsNotHigher() {
        chain(3);
        made.get("validator-1").add(new Proposal(id(777), 100, 100));
        fails("validator-1 left block " + id(777) + ", which it made in slot 100 at height 100, for block " + id(100)
                + " of slot 100 at height 100, which is not higher");
    }

    @Test
    void holdsWhereANodeLeftABlockOfItsOwnForAHigherOne() {
        chain(3);
        made.get("validator-0").add(new Proposal(id(777), SLOTS + 1, SLOTS + 1));
        run.at(SLOTS + 1).observed(RecordedBlock.block(SLOTS + 1).slot(SLOTS + 1));
        run.seenByAll(RecordedBlock.block(SLOTS + 2).slot(SLOTS + 2));
        assertThatCode(this::judge).doesNotThrowAnyException();
    }

    @Test
    void claimsNothingOfTheSlotsOfANodeWhoseClockWasSet() {
        chain(3);
        made.get("validator-1").add(new Proposal(id(777), 101, 40));
        run.fault(1, "skew clock");
        assertThatThrownBy(this::judge)
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("clocks were set apart, so nobody knows which slots a node played");
    }

    @Test
    void namesANodeWhoseBlocksAreEmpty() {
        chain(0);
        fails("validator-0 carries few transactions in its blocks: 49 of its 49 have at most half of what is usual, but"
                + " only 0 of the 50 of the others");
    }

    @Test
    void namesBlocksThatComeAfterTheirSlot() {
        chain(3);
        run.driveUntil(SLOTS + 10)
                .at(SLOTS + 9)
                .observed(RecordedBlock.block(SLOTS + 1).slot(SLOTS + 1));
        run.at(SLOTS + 10);
        fails("1 blocks were made after their slot was over, first block " + id(SLOTS + 1) + " of slot 101, which"
                + " validator-0 showed first");
    }

    @Test
    void isInconclusiveWhereNobodyTells() {
        chain(3);
        made.clear();
        assertThatThrownBy(this::judge)
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("all blocks carry one leader key (node contract 2.9), and the nodes do not tell which ones"
                        + " they made");
    }

    @Test
    void theChancesOfPoorBlocksAddUp() {
        // 2 of 5 are marked, 2 are drawn: both with 1/10, at least one with 7/10
        assertThat(PoorBlocks.atLeast(2, 5, 2, 2)).isCloseTo(0.1, within(1e-9));
        assertThat(PoorBlocks.atLeast(1, 5, 2, 2)).isCloseTo(0.7, within(1e-9));
        assertThat(PoorBlocks.atLeast(0, 5, 2, 2)).isCloseTo(1, within(1e-9));
    }

    @Test
    void boundsFromAboveMirrorThoseFromBelow() {
        var chances = new double[] {0.5, 0.5, 0.5, 0.5};
        assertThat(BlockCountBound.atMost(chances, 0.1)).isEqualTo(3);
        assertThat(BlockCountBound.atMost(chances, 0.01)).isEqualTo(4);
    }
}
