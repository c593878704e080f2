package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.id;
import static org.junitnomos.expectation.RecordedRun.move;
import static org.junitnomos.expectation.RecordedRun.note;

import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** The text of a late transaction begins with the likely reason. */
class LateReasonsTests {
    private final RecordedRun run = new RecordedRun(3, 1).driveFrom(0).at(0);

    private void expectStart(String text) {
        expectStart(run, text);
    }

    private static void expectStart(RecordedRun run, String text) {
        assertThatThrownBy(() -> new TransactionInclusion().evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(text);
    }

    private void emptyBlocks(int from, int to) {
        for (int i = from; i <= to; i++) {
            run.seenByAll(block(i).slot(i));
        }
    }

    @Test
    void isOneNodeThatAcceptedAllLateOnes() {
        var included = new TransactionSummary[20];
        for (int i = 0; i < 20; i++) {
            run.accepted(i, "validator-" + i % 2);
            included[i] = empty(i);
        }
        for (int i = 20; i < 32; i++) {
            run.accepted(i, "validator-2");
        }
        run.seenByAll(block(1).slot(1).with(included));
        emptyBlocks(2, 14);

        expectStart("all 12 late ones were accepted by validator-2, which does not seem to pass on what it accepts\n"
                + "expected every accepted transaction on the chain within 10 blocks but 12 of 32 were not:\n");
    }

    @Test
    void isNotOneNodeIfNobodyElseAcceptedAny() {
        for (int i = 0; i < 12; i++) {
            run.accepted(i, "validator-2");
        }
        emptyBlocks(1, 14);

        expectStart("expected every accepted transaction on the chain within 10 blocks but 12 of 12 were not:\n");
    }

    @Test
    void isABranchThatHasTheTransactionAndTheNodesThatAreThere() {
        run.accepted(1, "validator-2");
        run.at(1).observed(block(100).on(0).slot(1).with(empty(1)));
        emptyBlocks(1, 12);
        run.tip("validator-2", 100);

        expectStart("validator-2 is on another chain, of height 1, since height 0, than validator-0 and validator-1\n"
                + "expected every accepted transaction on the chain within 10 blocks but 1 of 1 were not:\n  "
                + RecordedRun.hash(1).toHex()
                + ": accepted by validator-2 at 500 ms (height 0), not on the chain at height 12, but in block "
                + id(100).toHex() + " at height 1 of another chain, that of validator-2\n");
    }

    @Test
    void ofManyNodesThatStayedTogetherIsToldHowMany() {
        var many = new RecordedRun(7, 1).driveFrom(0).at(0).accepted(1, "validator-2");
        many.at(1).observed(block(100).on(0).slot(1).with(empty(1)));
        for (int i = 1; i <= 12; i++) {
            many.seenByAll(block(i).slot(i));
        }
        many.tip("validator-2", 100);

        expectStart(
                many,
                "validator-2 is on another chain, of height 1, since height 0, than validator-0, validator-1,"
                        + " validator-3 and 3 others\n");
    }

    @Test
    void isALeaderThatFillsBlocksWithTransactionsOfItsOwn() {
        run.accepted(1, "validator-2").accepted(2, "validator-1");
        for (int i = 1; i <= 12; i++) {
            var block = new TransactionSummary[40];
            for (int j = 0; j < block.length; j++) {
                block[j] = empty(i == 1 && j == 0 ? 2 : 1000 * i + j);
            }
            run.seenByAll(block(i).slot(i).with(block));
        }

        expectStart("blocks from height 1 to 12 hold 479 transactions that this run did not submit, 39.9 a block,"
                + " beside 1 of its own\nexpected every accepted transaction on the chain");
    }

    @Test
    void isATransactionThatANodeChangedSoThatItsValueIsLost() {
        run.accepted(1, "validator-2");
        run.seenByAll(block(1).slot(1).with(move(77, run.genesisNote(0), note(7), 90)));
        emptyBlocks(2, 12);

        expectStart("transaction " + RecordedRun.hash(77).toHex() + " in block " + id(1).toHex()
                + " at height 1 is none that this run submitted, and breaks the rules: ");
    }

    @Test
    void isTheChainThatStoppedBeforeAnythingElse() {
        run.accepted(1, "validator-2").state("validator-2", NodeState.DEAD, false);
        emptyBlocks(1, 2);
        run.tip("validator-2", 1).driveUntil(200);

        expectStart("the chain stopped at height 2, slot 2: no block in the 197 slots (6.567 min) since then; 1"
                + " transaction waits for it\n"
                + "validator-2 ended by itself at 500 ms: as the test says\n"
                + "expected every accepted transaction");
    }
}
