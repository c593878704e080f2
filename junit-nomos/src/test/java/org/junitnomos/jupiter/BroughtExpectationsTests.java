package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.PlanReaderTests.read;

import org.junit.jupiter.api.Test;
import org.junitnomos.expectation.Healthy;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.workload.TransactionWorkload;

/** Annotations bring the expectations that judge what they declare. */
class BroughtExpectationsTests {
    @Topology(validators = 2)
    @Wallets(8)
    @Transactions
    @ExpectHealthy
    @ExpectInclusion(withinBlocks = 12)
    static class HealthyWithALimitOfItsOwn {}

    @Test
    void bringWhatThePlanCanDecide() {
        var scenario = read(HealthyWithALimitOfItsOwn.class).scenario();
        assertThat(scenario)
                .isEqualTo(Scenario.builder()
                        .name(scenario.name())
                        .validators(2)
                        .wallets(8)
                        .workload(new TransactionWorkload())
                        .expect(new Healthy())
                        .expect(new TransactionInclusion(12, 100))
                        .build());
        assertThat(scenario.selection().expectations())
                .contains(new Safety(), new TransactionInclusion(12, 100))
                .doesNotContain(new Healthy(), new TransactionInclusion());
    }

    @Topology
    @Wallets(8)
    @Transactions
    static class LoadAlone {}

    @Topology
    @Wallets(8)
    @Transactions(judged = false)
    static class LoadThatNobodyJudges {}

    @Test
    void loadBringsWhatJudgesItUnlessSwitchedOff() {
        assertThat(read(LoadAlone.class).scenario().selection().expectations())
                .containsExactly(new TransactionInclusion());
        assertThat(read(LoadThatNobodyJudges.class).scenario().selection().expectations())
                .isEmpty();
    }
}
