package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.id;
import static org.junitnomos.expectation.RecordedRun.move;
import static org.junitnomos.expectation.RecordedRun.note;
import static org.junitnomos.expectation.RecordedTip.tip;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class SafetyTests {
    private final Safety safety = new Safety();

    private void holds(RecordedRun run) {
        assertThatCode(() -> run.watchWith(safety)).doesNotThrowAnyException();
        assertThatCode(() -> safety.evaluate(run)).doesNotThrowAnyException();
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> violated(RecordedRun run) {
        assertThatThrownBy(() -> run.watchWith(safety)).isInstanceOf(AssertionFailedError.class);
        return assertThatThrownBy(() -> safety.evaluate(run)).isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void holdsForAChainThatMovesNotesOfGenesis() {
        var run = new RecordedRun(2, 1);
        run.seenByAll(block(1).with(move(1, run.genesisNote(0), note(100), 100)))
                .seenByAll(block(2).slot(1).with(move(2, note(100), note(101), 100)));
        holds(run);
    }

    @Test
    void holdsWhenAForkHasTheSameTransactions() {
        var run = new RecordedRun(2, 1);
        var transfer = move(1, run.genesisNote(0), note(100), 100);
        run.seenByAll(block(1).with(transfer));
        run.observed(block(2).on(0).with(transfer)).observed(block(3).slot(1).with(move(2, note(100), note(101), 100)));
        run.tip("validator-0", tip(3).tookBack(1));
        holds(run);
    }

    @Test
    void knowsWhatHappenedBeforeTheWatchBegan() {
        var run = new RecordedRun(1, 1);
        run.seenByAll(block(1).with(move(1, run.genesisNote(0), note(100), 100)));
        var watcher = safety.watch(run);
        run.seenByAll(block(2).slot(1).with(move(2, note(100), note(101), 100)));
        var heard = run.journal().events().get(run.journal().events().size() - 1);
        assertThatCode(() -> watcher.on(heard)).doesNotThrowAnyException();

        run.seenByAll(block(3).slot(2).with(move(3, note(100), note(102), 100)));
        assertThatThrownBy(() -> watcher.on(heard)).hasMessageContaining("is spent twice on one branch");
    }

    /** So many blocks one on the other, numbered from the first on, in one slot after the other. */
    private static RecordedRun branch(RecordedRun run, RecordedBlock first, int length) {
        run.observed(first);
        for (int i = 1; i < length; i++) {
            run.observed(block(first.number() + i).slot(first.slot() + i));
        }
        return run;
    }

    @Test
    void findsADifferentFinalizedBlockAtOneHeight() {
        var run = branch(branch(new RecordedRun(2, 0), block(1), 11), block(21).on(0), 11);
        run.tip("validator-0", tip(11).lib(1)).tip("validator-1", tip(31).lib(21));

        violated(run)
                .hasMessageStartingWith("two nodes finalized different blocks at height 1: validator-0 has "
                        + id(1).toHex() + ", validator-1 has " + id(21).toHex()
                        + "\n  the branches part after height 0: block ")
                .hasMessageContaining(" of slot 0, and block " + id(21).toHex());
    }

    @Test
    void findsADifferentFinalizedBlockBelowTheOnesThatWereReported() {
        var run = branch(branch(new RecordedRun(2, 0), block(1), 12), block(21).on(0), 13);
        run.tip("validator-0", tip(12).lib(2)).tip("validator-1", tip(33).lib(23));

        violated(run).hasMessageContaining("at height 2: validator-0 has");
    }

    @Test
    void findsANodeThatLeavesItsChainForOneThatIsNotLonger() {
        var run = new RecordedRun(2, 0).seenByAll(block(1)).observed(block(2).on(0));
        run.tip("validator-1", tip(2).tookBack(1));

        violated(run)
                .hasMessage("validator-1 left its chain of height 1 for one that is not longer: its tip is block "
                        + id(2).toHex() + " at height 1, and was block " + id(1).toHex());
    }

    @Test
    void findsAReorgDeeperThanTheSecurityParameter() {
        var run = new RecordedRun(2, 0).seenByAll(block(1));
        run.tip("validator-1", tip(1).tookBack(10));
        holds(run);
        run.tip("validator-1", tip(1).tookBack(11));

        violated(run)
                .hasMessage("validator-1 took back 11 blocks at once when it moved to height 1; a block is final 10"
                        + " blocks deep");
    }

    @Test
    void doesNotBlameANodeThatWasStartedAnew() {
        var run = new RecordedRun(2, 0).seenByAll(block(1)).state("validator-1", NodeState.STOPPED, true);
        run.state("validator-1", NodeState.SPAWNED, true).state("validator-1", NodeState.READY, true);
        run.tip("validator-1", tip(1).tookBack(11));

        holds(run);
    }

    @Test
    void findsATransactionTwiceOnOneBranch() {
        var run = new RecordedRun(1, 0)
                .seenByAll(block(1).with(empty(7)))
                .seenByAll(block(2).slot(1).with(empty(7)));

        violated(run).hasMessageContaining("is included twice on one branch: in block " + id(1).toHex());
    }

    @Test
    void findsATransactionTwiceInOneBlock() {
        var run = new RecordedRun(1, 0).seenByAll(block(1).with(empty(7), empty(7)));

        violated(run).hasMessageContaining("is included twice on one branch");
    }

    @Test
    void findsANoteSpentTwice() {
        var run = new RecordedRun(1, 1);
        run.seenByAll(block(1).with(move(1, run.genesisNote(0), note(100), 100)))
                .seenByAll(block(2).slot(1).with(move(2, run.genesisNote(0), note(101), 100)));

        violated(run).hasMessageContaining("note " + run.genesisNote(0).toHex() + " is spent twice on one branch");
    }

    @Test
    void findsANoteThatWasCreatedOnAnotherBranchOnly() {
        var run = new RecordedRun(1, 1);
        run.seenByAll(block(1).with(move(1, run.genesisNote(0), note(100), 100)))
                .observed(block(2).on(0))
                .observed(block(3).slot(1).with(move(2, note(100), note(101), 100)));

        violated(run).hasMessageContaining("spends note " + note(100).toHex() + ", which was never created");
    }

    @Test
    void findsSupplyThatGrowsOrShrinks() {
        var grows = new RecordedRun(1, 1);
        grows.seenByAll(block(1).with(move(1, grows.genesisNote(0), note(100), 101)));
        var shrinks = new RecordedRun(1, 1);
        shrinks.seenByAll(block(1).with(move(1, shrinks.genesisNote(0), note(100), 60)));

        violated(grows).hasMessageStartingWith("supply changed by 1 in block").hasMessageContaining("worth 100 and");
        violated(shrinks).hasMessageStartingWith("supply changed by -40 in block");
    }

    @Test
    void findsTwoBlocksOfOneLeaderInOneSlotButNotOfTheSharedKeyOfDevMode() {
        var run = new RecordedRun(1, 0).add(made(1, "leader")).add(made(2, "leader"));
        violated(run).hasMessageStartingWith("leader leader made two blocks in slot 0");

        var dev = new RecordedRun(1, 0);
        var leader = Ed25519PrivateKey.ZERO.publicKey().toHex();
        dev.add(made(1, leader)).add(made(2, leader));
        holds(dev);
    }

    private static JournalEvent made(int id, String leader) {
        return new JournalEvent.BlockObserved(0, "validator-0", id(id), id(0), 0, 1, leader, List.of());
    }

    @Test
    void blamesANodeThatWasOnlyPaused() {
        var run = new RecordedRun(2, 0).seenByAll(block(1)).state("validator-1", NodeState.PAUSED, true);
        run.state("validator-1", NodeState.READY, true).tip("validator-1", tip(1).tookBack(11));

        violated(run).hasMessageStartingWith("validator-1 took back 11 blocks at once");
    }

    @Test
    void findsANodeThatTakesBackWhatItHadFinalized() {
        var run = new RecordedRun(2, 0).chain(RecordedRun.slots(0, 20));
        run.tip("validator-1", tip(20).lib(3));

        violated(run)
                .hasMessage("validator-1 took back what it had finalized: its last irreversible block was "
                        + id(10).toHex() + " at height 10, and is " + id(3).toHex()
                        + " at height 3 since it moved to height 20 at slot 19");
    }

    @Test
    void letsANodeThatWasRestartedBeginAtGenesis() {
        var run = new RecordedRun(2, 0)
                .chain(RecordedRun.slots(0, 20))
                .state("validator-1", NodeState.STOPPED, true)
                .state("validator-1", NodeState.SPAWNED, true)
                .tip("validator-1", tip(0).tookBack(20).lib(0))
                .state("validator-1", NodeState.READY, true)
                .tip("validator-1", tip(5).lib(0))
                .tip("validator-1", 20);
        holds(run);

        run.tip("validator-1", tip(20).lib(3));
        violated(run).hasMessageStartingWith("validator-1 took back what it had finalized");
    }

    @Test
    void saysThatOneNodeFinalizedTwoBlocksAndWhereTheBranchesPart() {
        var run = new RecordedRun(2, 0).chain(RecordedRun.slots(0, 12));
        branch(run, block(22).on(1).slot(1), 12).tip("validator-1", tip(33).lib(22));

        violated(run)
                .hasMessageStartingWith("two nodes finalized different blocks at height 2: validator-0 has ")
                .hasMessageContaining("the branches part after height 1: block " + id(2).toHex())
                .hasMessageContaining(" of slot 1, and block " + id(22).toHex());
    }

    @Test
    void findsANodeThatFinalizesBeforeABlockIsDeepEnough() {
        var run = new RecordedRun(2, 0).chain(RecordedRun.slots(0, 20));
        run.tip("validator-1", tip(20).lib(11));

        violated(run)
                .hasMessage(
                        "validator-1 finalized too early: its last irreversible block at height 11 is 9 blocks below"
                                + " its tip at height 20; a block is final 10 blocks deep");
    }

    @Test
    void findsTwoBlocksOfOneSlotOnOneBranch() {
        var run = new RecordedRun(1, 0).seenByAll(block(1).slot(4)).seenByAll(block(2).slot(4));

        violated(run)
                .hasMessageStartingWith("two blocks of one slot on one branch: block " + id(2).toHex())
                .hasMessageContaining(" of slot 4 follows block " + id(1).toHex());
    }

    @Test
    void findsANodeWhoseAnswersContradictEachOther() {
        var run = new RecordedRun(2, 0).seenByAll(block(1));
        run.add(new JournalEvent.ContradictionSeen(
                RecordedRun.SLOT, "validator-1", "height of the tip", "height 1", "height 7", RecordedRun.SLOT, 1));

        assertThatCode(() -> run.watchWith(safety)).doesNotThrowAnyException();
        assertThatThrownBy(() -> safety.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("validator-1 gave answers that contradict what the node says elsewhere")
                .hasMessageContaining("validator-1, height of the tip: expected height 1, observed height 7");
    }

    @Test
    void cannotJudgeFinalityIfNoIrreversibleBlockWasEverSeen() {
        var run = new RecordedRun(1, 0);
        for (int i = 1; i <= 11; i++) {
            run.at(i).observed(block(i).slot(i)).tip("validator-0", tip(i).lib(0));
        }

        assertThatThrownBy(() -> safety.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage(
                        "no irreversible block was seen on any node, although a chain had 11 blocks and k is 10; what"
                                + " is final could not be judged");
    }

    @Test
    void isInconclusiveWithoutAnyBlock() {
        assertThatThrownBy(() -> safety.evaluate(new RecordedRun(1, 0)))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no block was observed on any node");
    }
}
