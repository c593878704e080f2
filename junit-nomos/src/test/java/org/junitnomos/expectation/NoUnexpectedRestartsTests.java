package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

class NoUnexpectedRestartsTests {
    private final NoUnexpectedRestarts expectation = new NoUnexpectedRestarts();
    private final RecordedRun run = new RecordedRun(3, 0).driveFrom(0).chain(RecordedRun.slots(0, 5));

    private void changed(NodeState state, String reason) {
        run.add(new NodeStateChanged(run.clock().now().toNanos(), "validator-1", state, false, reason));
    }

    @ParameterizedTest
    @EnumSource(
            value = NodeState.class,
            names = {"STOPPED", "SPAWNED", "PAUSED", "REMOVED"})
    void whatWasAskedForIsNoCrash(NodeState state) {
        run.at(5).fault(1, "kill").state("validator-0", state, true).healed(1);
        assertThatCode(() -> expectation.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesNodeReasonTimeAndThatNothingWasBroken() {
        run.at(3).fault(1, "isolate").healed(1);
        run.at(5);
        changed(NodeState.DEAD, "exit code 137, SIGKILL");

        assertThatThrownBy(() -> expectation.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected that no node ends or comes back by itself but was:\n"
                        + "  validator-1: ended by itself at 10.5 s: exit code 137, SIGKILL; no fault was in force");
    }

    @Test
    void namesTheFaultsThatWereInForce() {
        run.at(5).fault(1, "isolate").fault(2, "pause");
        changed(NodeState.DEAD, "it broke");
        changed(NodeState.SPAWNED, "its container was restarted");
        run.healed(1).healed(2);

        assertThatThrownBy(() -> expectation.evaluate(run))
                .hasMessage("expected that no node ends or comes back by itself but was:\n"
                        + "  validator-1: ended by itself at 10.5 s: it broke; in force: isolate of validator-0 (fault"
                        + " 1) and pause of validator-0 (fault 2)\n"
                        + "  validator-1: came back by itself at 10.5 s: its container was restarted; in force: isolate"
                        + " of validator-0 (fault 1) and pause of validator-0 (fault 2)");
    }

    @Test
    void namesADefectThatExplainsTheEnd() {
        run.at(5).add(new FaultRequested(run.clock().now().toNanos(), 1, "defect", List.of("validator-1"), "dies"));
        changed(NodeState.DEAD, "a defect ends the node");

        assertThatThrownBy(() -> expectation.evaluate(run))
                .hasMessageEndingWith(": a defect ends the node; in force: defect dies of validator-1 (fault 1)");
    }

    @Test
    void hasAName() {
        assertThat(expectation.name()).isEqualTo("no unexpected restarts");
    }
}
