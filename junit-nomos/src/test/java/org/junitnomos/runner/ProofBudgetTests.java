package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.workload.TransactionWorkload;

class ProofBudgetTests {
    /** 110 transactions in a minute. */
    private static final Scenario PLAN = Scenario.builder()
            .name("proofs")
            .validators(3)
            .wallets(20)
            .workload(new TransactionWorkload(5, 20))
            .runFor(Duration.ofMinutes(1))
            .build();

    @Test
    void saysNothingWhereThereIsTimeEnough() {
        Duration cost = Duration.ofMinutes(2).dividedBy(PLAN.plannedTransactions());

        assertThat(ProofBudget.shortage(PLAN, cost, 2)).isEmpty();
        assertThat(ProofBudget.shortage(PLAN, cost, 1)).isPresent();
    }

    @Test
    void saysWhatIsPlannedWhatIsPossibleAndWhatToDo() {
        assertThat(ProofBudget.shortage(PLAN, Duration.ofMillis(1_500), 2))
                .hasValue("the plan has about " + PLAN.plannedTransactions()
                        + " transactions in 1 min, but this machine can prove at most 80 in that time (1.5 s of one"
                        + " of its 2 processors for each), and fewer while nodes work on it as well. The rest will be"
                        + " missing from the load: lower the rate, let slots last longer, or run it on a larger"
                        + " machine.");
    }
}
