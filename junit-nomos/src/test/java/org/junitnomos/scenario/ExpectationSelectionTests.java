package org.junitnomos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.Capability;

class ExpectationSelectionTests {
    private record Depth(int blocks) implements Expectation {
        @Override
        public void validate(Scenario scenario, Problems problems) {
            if (blocks < 0) {
                problems.add("blocks", blocks, "0 or more", "Raise it");
            }
        }

        @Override
        public void evaluate(RunContext run) {}
    }

    private record Shares() implements Expectation {
        @Override
        public List<Capability> requires() {
            return List.of(Capability.OVERLAY);
        }

        @Override
        public void evaluate(RunContext run) {}
    }

    private record Group(List<Candidate> candidates) implements ExpectationGroup {
        @Override
        public List<Candidate> candidates(Scenario scenario) {
            return candidates;
        }
    }

    private record Load(Expectation judge) implements WorkloadGenerator {
        @Override
        public List<Expectation> expectations(Scenario scenario) {
            return List.of(judge);
        }

        @Override
        public void drive(RunContext run) {}
    }

    private static ScenarioBuilder plan() {
        return Scenario.builder().runFor(Duration.ofMinutes(1));
    }

    private static Group group(Expectation... expectations) {
        return new Group(List.of(expectations).stream()
                .map(ExpectationGroup.Candidate::of)
                .toList());
    }

    @Test
    void takesWhatIsNamedAndNoGroup() {
        var selection = plan().expect(new Depth(1)).expect(group()).build().selection();

        assertThat(selection.expectations()).containsExactly(new Depth(1));
        assertThat(selection.brought()).isEmpty();
    }

    @Test
    void whatIsNamedTakesThePlaceOfWhatAGroupOrAWorkloadBrings() {
        var selection = plan().expect(group(new Depth(2)))
                .expect(new Depth(1))
                .workload(new Load(new Depth(3)))
                .build()
                .selection();

        assertThat(selection.expectations()).containsExactly(new Depth(1));
        assertThat(selection.leftOut()).isEmpty();
    }

    @Test
    void whatAGroupBringsTakesThePlaceOfWhatAWorkloadBrings() {
        var selection = plan().workload(new Load(new Depth(3)))
                .expect(group(new Depth(2)))
                .build()
                .selection();

        assertThat(selection.expectations()).containsExactly(new Depth(2));
        assertThat(selection.brought()).containsExactly(new Depth(2));
    }

    @Test
    void aWorkloadAloneBringsWhatJudgesItOnce() {
        var selection = plan().workload(new Load(new Depth(3)))
                .workload(new Load(new Depth(4)))
                .build()
                .selection();

        assertThat(selection.expectations()).containsExactly(new Depth(3));
    }

    @Test
    void whatThePlanCannotDecideIsLeftOutWithTheReason() {
        var missing = new ExpectationGroup.Candidate(Expectation.that("tides", run -> {}), "there is no sea");
        var group = new Group(List.of(
                missing,
                group(new Depth(-1)).candidates().get(0),
                group(new Shares()).candidates().get(0)));
        var plan = plan().expect(group).build();

        assertThat(plan.selection().expectations()).isEmpty();
        assertThat(plan.selection().leftOut())
                .containsExactly(
                        new LeftOut("tides", "there is no sea"),
                        new LeftOut("depth", "depth: blocks is -1, expected 0 or more. Raise it"),
                        new LeftOut("shares", "backend 'embedded' does not have the capability 'overlay'"));
        assertThat(plan.print()).contains("left out: tides: there is no sea");
    }

    @Test
    void thePlanTellsWhatItBrings() {
        assertThat(plan().workload(new Load(new Depth(3))).build().print())
                .contains("expectation: depth (blocks 3), brought by the plan");
    }
}
