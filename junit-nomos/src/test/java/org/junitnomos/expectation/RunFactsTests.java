package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunFactsTests {
    private final RecordedRun run = new RecordedRun(2, 1).driveFrom(0);

    @Test
    void takesBlocksThatCameMeanwhileWhenReadOn() {
        run.seenByAll(RecordedBlock.block(1));
        var facts = new RunFacts(run);
        int known = facts.events.size();

        run.seenByAll(RecordedBlock.block(2));
        facts.readOn();

        assertThat(facts.tree.heightOf(RecordedRun.id(2))).isEqualTo(2);
        assertThat(facts.events).hasSize(known);
    }
}
