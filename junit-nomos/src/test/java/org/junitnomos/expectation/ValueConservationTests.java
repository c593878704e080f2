package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedRun.move;
import static org.junitnomos.expectation.RecordedRun.note;

import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.InconclusiveException;
import org.opentest4j.AssertionFailedError;

class ValueConservationTests {
    private final ValueConservation value = new ValueConservation();
    private final RecordedRun run = new RecordedRun(2, 1).driveFrom(0);

    @Test
    void holdsWhereNotesMove() {
        run.seenByAll(RecordedBlock.block(1).with(move(1, run.genesisNote(0), note(100), 100)));
        assertThatCode(() -> value.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesTheTransactionThatLosesValue() {
        run.seenByAll(RecordedBlock.block(1).with(move(1, run.genesisNote(0), note(100), 90)));
        assertThatThrownBy(() -> value.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(
                        "expected that value is neither lost nor created but:\n  transaction " + RecordedRun.hash(1))
                .hasMessageContaining("inputs of 100, outputs of 90 and a fee of 0");
    }

    @Test
    void isInconclusiveWithoutAnyBlock() {
        assertThatThrownBy(() -> value.evaluate(run)).isInstanceOf(InconclusiveException.class);
    }
}
