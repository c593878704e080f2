package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.LeftOut;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.junitnomos.workload.TransactionWorkload;

class HealthyTests {
    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .validators(3)
                .executors(1)
                .wallets(10)
                .expect(new Healthy())
                .runFor(Duration.ofMinutes(2));
    }

    private static List<String> names(Scenario plan) {
        return plan.selection().expectations().stream().map(Expectation::name).toList();
    }

    private static String whyNot(Scenario plan, String expectation) {
        return plan.selection().leftOut().stream()
                .filter(out -> out.expectation().equals(expectation))
                .map(LeftOut::reason)
                .findFirst()
                .orElseThrow(() -> new AssertionError(expectation + " is not left out"));
    }

    @Test
    void bringsWhatASteadyPlanCanDecide() {
        var plan = plan().workload(new TransactionWorkload(3, 10)).build();

        assertThat(names(plan))
                .contains("consensus liveness", "safety", "height convergence", "clean logs", "transaction inclusion")
                .doesNotContain("healthy", "recovery", "blob inclusion");
        assertThat(whyNot(plan, "recovery")).isEqualTo("no workload hits nodes, links or clocks");
        assertThat(whyNot(plan, "blob inclusion")).isEqualTo("no workload publishes blobs");
    }

    @Test
    void bringsBlobsWithTheirLoad() {
        var plan = plan().workload(new DataAvailabilityWorkload(1)).build();

        assertThat(names(plan)).contains("blob inclusion", "retrievability", "channel order");
        assertThat(whyNot(plan, "availability recovery")).isEqualTo("no workload brings a fault that is healed");
        assertThat(whyNot(plan, "transaction inclusion")).isEqualTo("no workload submits transactions");
    }

    @Test
    void limitsFollowTheFaults() {
        var plan = plan().workload(new TransactionWorkload(3, 10))
                .workload(new RandomRestartsFault())
                .build();

        assertThat(names(plan)).contains("recovery");
        assertThat(plan.selection().expectations())
                .contains(new TransactionInclusion(30, 95, 90, 5), new CleanLogs(0, true, CleanLogs.DEFAULT_PATTERN));
        assertThat(whyNot(plan, "bounded reorgs"))
                .isEqualTo("what a node makes before it has found the chain again is a reorg, too; more than k = 10 is"
                        + " for safety to refuse");
    }

    @Test
    void boundsReorgsWhereSlotsHaveFewWinners() {
        var plan = plan().activeSlotCoefficient("0.05")
                .securityParameter(20)
                .workload(new PartitionFault(PartitionShape.HALVES, Duration.ofMinutes(1), Duration.ofSeconds(10)))
                .runFor(Duration.ofMinutes(20))
                .build();

        assertThat(plan.selection().expectations())
                .filteredOn(BoundedReorgs.class::isInstance)
                .singleElement()
                .satisfies(
                        found -> assertThat(((BoundedReorgs) found).maxDepth()).isBetween(4, 8));
        assertThat(whyNot(plan().build(), "bounded reorgs"))
                .startsWith("two branches may grow side by side for k = 10");
    }

    @Test
    void whatIsNamedTakesThePlaceOfWhatIsBrought() {
        var plan = plan().workload(new TransactionWorkload(3, 10))
                .expect(new TransactionInclusion(7, 50))
                .build();

        assertThat(plan.selection().expectations())
                .filteredOn(TransactionInclusion.class::isInstance)
                .containsExactly(new TransactionInclusion(7, 50));
    }
}
