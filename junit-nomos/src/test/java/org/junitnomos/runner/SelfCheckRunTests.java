package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.LinkTraffic;
import org.junitnomos.expectation.Safety;
import org.junitnomos.runner.DefectFinding.Outcome;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.topology.NetworkLayout;

/** A self-check runs a plan again, as it stands but for what its runs cannot have. */
class SelfCheckRunTests {
    @TempDir
    Path directory;

    private static ScenarioBuilder plan() {
        return Scenario.builder().name("checked").validators(3).runFor(Duration.ofSeconds(30));
    }

    private SelfCheckResult check(ScenarioBuilder plan, NodeDefect defect) throws InterruptedException {
        var settings = RunSettings.defaults().withDirectory(directory);
        return new SelfCheckRun(plan.build(), settings, List.of(defect), List.of(1L)).run();
    }

    @Test
    void aPlanThatAsksForUrlsIsRunWithoutThem() throws InterruptedException {
        var result = check(plan().urls(true).expect(new LinkTraffic()), NodeDefect.SEES_NO_PEERS);

        assertThat(result.alarms()).isEmpty();
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.NOTICED);
            assertThat(finding.notices().get(0).expectation()).isEqualTo("link traffic");
        });
    }

    @Test
    void aNodeThatForwardsNothingIsOneBetweenOthers() throws InterruptedException {
        var full = check(plan().layout(NetworkLayout.FULL).expect(new Safety()), NodeDefect.FORWARDS_NO_BLOCKS);
        var star = check(plan().layout(NetworkLayout.STAR).expect(new Safety()), NodeDefect.FORWARDS_NO_BLOCKS);

        assertThat(full.findings().get(0).outcome()).isEqualTo(Outcome.UNTOUCHED);
        assertThat(star.findings().get(0).acted()).isTrue();
        assertThat(star.findings().get(0).nodes()).containsExactly("validator-0");
    }

    @Test
    void aDefectOfCutsIsOnTheSideThatIsCutOff() throws InterruptedException {
        var cut = new PartitionFault(
                PartitionShape.ONE_NODE, new Schedule(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO));
        var plan = plan().validators(4)
                .layout(NetworkLayout.FULL)
                .workload(cut)
                .expect(new HeightConvergence())
                .expect(new ConsensusLiveness())
                .runFor(Duration.ofMinutes(2));

        assertThat(check(plan, NodeDefect.MUTE_AFTER_A_CUT).findings().get(0).outcome())
                .isEqualTo(Outcome.NOTICED);
    }

    @Test
    void onlyTheRunThatWasMissedIsKept() throws Exception {
        var result = check(plan().expect(new Safety()), NodeDefect.SEES_NO_PEERS);

        assertThat(result.missed())
                .singleElement()
                .satisfies(finding -> assertThat(finding.directory()).isDirectoryContaining("glob:**journal.jsonl"));
        try (var runs = Files.list(directory.resolve("checked"))) {
            assertThat(runs.filter(Files::isDirectory))
                    .containsExactly(result.missed().get(0).directory());
        }
    }

    @Test
    void withoutARestartADefectOfRestartsIsNotTouched() throws InterruptedException {
        var result = check(plan().expect(new Safety()), NodeDefect.DEAF_AFTER_A_RESTART);

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.UNTOUCHED);
            assertThat(finding.loaded()).isFalse();
        });
    }
}
