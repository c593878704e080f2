package org.junitnomos.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.jupiter.NomosExtension;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.workload.TransactionWorkload;

/** Expectations of your own, as a lambda and as a record, with the builder instead of annotations. */
// tag::programmatic[]
class CustomExpectationScenario {

    @RegisterExtension
    static final NomosExtension nomos = NomosExtension.scenario(Scenario.builder()
            .validators(3)
            .wallets(10)
            .workload(new TransactionWorkload(2, 10))
            .expect(Expectation.that("blocks on every node", CustomExpectationScenario::everyNodeHasBlocks))
            .expect(new ShallowReorgs(5))
            .runFor(Duration.ofMinutes(2))
            .build());

    @Test
    void keepsItsPromises() {}

    static void everyNodeHasBlocks(RunContext run) {
        for (var node : run.cluster().nodes()) {
            assertThat(node.client().cryptarchiaInfo().height()).as(node.name()).isPositive();
        }
    }

    /** No node may take back more than a few blocks at once: a pure function of the journal. */
    record ShallowReorgs(int maxDepth) implements Expectation {
        @Override
        public void evaluate(RunContext run) {
            assertThat(run.journal().events(JournalEvent.TipChanged.class))
                    .allSatisfy(change -> assertThat(change.reorgDepth())
                            .as("reorg on %s at height %d", change.node(), change.height())
                            .isLessThanOrEqualTo(maxDepth));
        }
    }
}
// end::programmatic[]
