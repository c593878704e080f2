package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junitnomos.topology.NodeState;

class WitnessesTests {
    private static final String NODE = "validator-0";

    private final RecordedRun run = new RecordedRun(2, 0).driveFrom(0);

    private boolean isFirst() {
        return new Witnesses(run).isInItsFirstLife(NODE);
    }

    @Test
    void aNodeThatBeganInThisRunAndNeverWentIsInItsFirstLife() {
        run.state(NODE, NodeState.SPAWNED, true).state(NODE, NodeState.READY, true);
        assertThat(isFirst()).isTrue();
    }

    @Test
    void aNodeThatWasRestartedIsNot() {
        run.state(NODE, NodeState.SPAWNED, true).state(NODE, NodeState.STOPPED, true);
        run.state(NODE, NodeState.SPAWNED, true).state(NODE, NodeState.READY, true);
        assertThat(isFirst()).isFalse();
    }

    /** An earlier class may have restarted it. */
    @Test
    void ofANodeOfAnEarlierRunNobodyKnows() {
        run.state("validator-1", NodeState.SPAWNED, true);
        assertThat(isFirst()).isFalse();
    }
}
