package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.topology.NodeRole;

/** The annotations of faults: what they mean, and that they work on dev nodes. */
class ChaosAnnotationTests {
    @TempDir
    Path directory;

    @Topology(validators = 3, executors = 1)
    @RandomRestarts(minDelay = "5s", maxDelay = "10s", cooldown = "20s", roles = NodeRole.EXECUTOR)
    @RunFor("2m")
    static class Restarts {
        @ScenarioTest
        void restartsTheExecutor(Journal journal, org.junitnomos.scenario.RunContext run) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(60));
            assertThat(journal.events(JournalEvent.FaultHealed.class)).hasSizeBetween(2, 3);
            assertThat(journal.events(JournalEvent.FaultRequested.class))
                    .allMatch(fault -> fault.targets().equals(List.of("executor-0")));
        }
    }

    @Test
    void randomRestartsHitTheRoleTheyName() {
        var outcome = kit().with("nomos.directory", directory.toString()).execute(Restarts.class);
        assertThat(outcome.tests())
                .containsExactly("run 2 min on 3 validators, 1 executor, embedded, seed 4711 SUCCESSFUL");
    }

    @Test
    void attributesBecomeSettings() {
        var scenario = PlanReader.read(null, List.of(Restarts.class), null).scenario();
        assertThat(scenario.workloads())
                .containsExactly(new org.junitnomos.chaos.RandomRestarts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        List.of(NodeRole.EXECUTOR)));
    }

    @Topology(validators = 3)
    @RandomRestarts(minDelay = "soon")
    @RunFor("10m")
    static class RestartsSoon {}

    @Test
    void aWrongTimeIsToldWithItsAttribute() {
        assertThat(WrongPlanTests.problems(RestartsSoon.class))
                .singleElement()
                .asString()
                .contains(
                        "@RandomRestarts.minDelay is \"soon\", expected a duration such as 30s, 1500ms, 2m, 1h or PT30S");
    }
}
