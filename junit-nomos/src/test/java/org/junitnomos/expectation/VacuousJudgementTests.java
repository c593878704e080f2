package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.topology.NodeState;

/** With nothing to judge no expectation holds: it says what was missing. */
class VacuousJudgementTests {

    static Stream<Expectation> expectations() {
        return Stream.of(
                new ConsensusLiveness(),
                new Safety(),
                new HeightConvergence(),
                new Recovery(),
                new BoundedReorgs(),
                new NoUnexpectedRestarts(),
                new CleanLogs());
    }

    private static void cannotBeJudged(Expectation expectation, RecordedRun run) {
        assertThatThrownBy(() -> expectation.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .message()
                .isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void anEmptyJournal(Expectation expectation) {
        cannotBeJudged(expectation, new RecordedRun(3, 0));
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void oneEvent(Expectation expectation) {
        cannotBeJudged(expectation, new RecordedRun(3, 0).add(new JournalEvent.Note(0, "test", "nothing happened")));
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void aWindowWithoutAnyBlockOrNode(Expectation expectation) {
        var run = new RecordedRun(3, 0).driveFrom(0);
        run.at(0);
        if (!(expectation instanceof NoUnexpectedRestarts)) { // it sees that the nodes were stopped on purpose
            for (int i = 0; i < 3; i++) {
                run.state("validator-" + i, NodeState.STOPPED, true);
            }
        }
        cannotBeJudged(expectation, run.driveUntil(60));
    }
}
