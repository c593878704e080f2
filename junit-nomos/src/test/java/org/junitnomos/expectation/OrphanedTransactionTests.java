package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.hash;

import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.scenario.InconclusiveException;
import org.opentest4j.AssertionFailedError;

/** What the chain itself loses is no fault of the cluster, and what it does not explain is. */
class OrphanedTransactionTests {
    private static final int LEFT = 100;

    private final RecordedRun run = new RecordedRun(2, 1).at(0);

    private void judge() {
        new TransactionInclusion().evaluate(run);
    }

    /** A block beside the chain holds some, the first of the chain others; then come more, empty ones. */
    private void fork(TransactionSummary[] left, TransactionSummary... taken) {
        run.at(1).observed(block(LEFT).on(0).slot(1).with(left));
        run.seenByAll(block(1).slot(1).with(taken));
        for (int i = 1; i < 12; i++) {
            run.seenByAll(block(i + 1).slot(i + 1));
        }
    }

    private static TransactionSummary[] these(TransactionSummary... transactions) {
        return transactions;
    }

    @Test
    void areCountedAndNamedButNotJudged() {
        run.accepted(1, "validator-0").accepted(2, "validator-1").accepted(3, "validator-1");
        fork(these(empty(1)), empty(2), empty(3));

        assertThatCode(this::judge).doesNotThrowAnyException();
        assertThat(run.journal().events())
                .filteredOn(JournalEvent.Note.class::isInstance)
                .singleElement()
                .extracting(note -> ((JournalEvent.Note) note).text())
                .isEqualTo("2 of 2 judged transactions were on time (submitted 3, accepted 3, refused none, too young"
                        + " to judge 0, not in time and not judged 1 (orphaned with their block, or built on such a"
                        + " one: real nodes do not take them up again))");
    }

    @Test
    void areExcusedAlsoWhereANodeKeptThemAndHasThemInABlockOfItsOwn() {
        run.accepted(1, "validator-0").accepted(2, "validator-1");
        fork(these(empty(1)), empty(2));
        run.at(13).observed(block(LEFT + 1).on(11).slot(13).with(empty(1))).tip("validator-1", LEFT + 1);

        assertThatCode(this::judge).doesNotThrowAnyException();
    }

    @Test
    void takeWhatBuildsOnThemWithThem() {
        run.accepted(1, "validator-0").accepted(2, "validator-1").accepted(3, "validator-1");
        run.accepted(4, "validator-1").accepted(5, "validator-1");
        run.add(new JournalEvent.ParentOrphaned(1, hash(2), hash(1)));
        fork(these(empty(1)), empty(3), empty(4), empty(5));

        assertThatCode(this::judge).doesNotThrowAnyException();
    }

    @Test
    void doNotExcuseOneThatVanishesWithoutABlock() {
        run.accepted(1, "validator-0").accepted(2, "validator-1").accepted(3, "validator-1");
        fork(these(empty(1)), empty(3));

        assertThatThrownBy(this::judge)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("1 of 2 were not:\n  " + hash(2).toHex())
                .hasMessageContaining("not in time and not judged 1 (orphaned with their block");
    }

    @Test
    void doNotExcuseWhatBuildsOnOneThatIsStillOnTheChain() {
        run.accepted(1, "validator-0").accepted(2, "validator-1");
        run.add(new JournalEvent.ParentOrphaned(1, hash(2), hash(1)));
        fork(these(), empty(1));

        assertThatThrownBy(this::judge).hasMessageContaining("1 of 2 were not:\n  " + hash(2).toHex());
    }

    @Test
    void areOnlyThoseOfABranchThatEverybodyLeft() {
        run.accepted(1, "validator-0").accepted(2, "validator-1").accepted(3, "validator-1");
        fork(these(empty(1)), empty(2), empty(3));
        run.tip("validator-1", LEFT);

        assertThatThrownBy(this::judge)
                .hasMessageContaining("1 of 3 were not:\n  " + hash(1).toHex())
                .hasMessageContaining("of another chain, that of validator-1");
    }

    @Test
    void areTooManyIfTheyAreMoreThanWhatIsJudged() {
        run.accepted(1, "validator-0").accepted(2, "validator-1").accepted(3, "validator-1");
        fork(these(empty(1), empty(2)), empty(3));

        assertThatThrownBy(this::judge)
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith("too few transactions could be judged, 1: 2 were orphaned with their block");
    }
}
