package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.chaos.ChurnFault;
import org.junitnomos.chaos.PartitionFault;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.chaos.PausedNodeFault;
import org.junitnomos.chaos.RandomRestartsFault;
import org.junitnomos.chaos.RestartMode;
import org.junitnomos.chaos.Schedule;
import org.junitnomos.expectation.Safety;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.journal.JournalEvent.FaultRequested;
import org.junitnomos.journal.JournalReader;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.NetworkLayout;

/** A run is repeated from the journal of another one: its seed, its faults, their targets and their times. */
class ReplayTests {
    @TempDir
    Path directory;

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static ScenarioBuilder plan() {
        return Scenario.builder()
                .name("replayed")
                .validators(4)
                .layout(NetworkLayout.FULL)
                .workload(
                        new RandomRestartsFault(seconds(10), seconds(30), seconds(20)).by(RestartMode.KILL, seconds(4)))
                .workload(new PartitionFault(PartitionShape.ISOLATE_LEADER, seconds(15), seconds(6), seconds(40)))
                .workload(new PartitionFault(PartitionShape.HALVES, seconds(30), seconds(6)))
                .workload(new PausedNodeFault("", new Schedule(seconds(20), seconds(5), seconds(30))))
                .workload(new ChurnFault(seconds(10), seconds(20)))
                .expect(new Safety())
                .runFor(Duration.ofMinutes(2));
    }

    private RunSettings settings() {
        return RunSettings.defaults().withDirectory(directory);
    }

    private static Path directoryOf(RunResult result) {
        var found = result.directory();
        assertThat(found).isNotNull();
        return found;
    }

    private static <E> List<E> events(Path run, Class<E> type) throws IOException {
        return JournalReader.read(run.resolve(RunResult.JOURNAL)).events().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** All but the moments at which workloads have nothing more to do. */
    @Test
    void inVirtualTimeTheWholeRunIsTheSame() throws IOException {
        var first = directoryOf(ScenarioRunner.run(plan().build(), settings().withSeed(17L)));
        var second = directoryOf(ScenarioRunner.run(plan().build(), settings().withReplay(first)));

        assertThat(events(first, FaultPlanned.class))
                .extracting(FaultPlanned::kind)
                .contains("kill", "partition", "pause", "add");
        assertThat(second).isNotEqualTo(first);
        assertThat(withoutEnds(second)).isEqualTo(withoutEnds(first));
    }

    private static List<String> withoutEnds(Path run) throws IOException {
        return Files.readAllLines(run.resolve(RunResult.JOURNAL)).stream()
                .filter(line -> !line.startsWith("{\"event\":\"workload-ended\""))
                .toList();
    }

    /** Moves a decision of the recorded run, which was late: the schedule comes from its journal, not from the seed. */
    @Test
    void theJournalDecidesAndNotTheSeed() throws IOException {
        var first = directoryOf(ScenarioRunner.run(plan().build(), settings().withSeed(17L)));
        var edited = Files.createDirectories(directory.resolve("edited"));
        var recorded = Files.readString(first.resolve(RunResult.JOURNAL));
        var drawn = "\"workload\":\"partition halves\",\"offset\":30000000000,\"drift\":0,";
        assertThat(recorded).containsOnlyOnce(drawn);
        Files.writeString(
                edited.resolve(RunResult.JOURNAL),
                recorded.replace(drawn, drawn.replace("30000000000,\"drift\":0", "30000000000,\"drift\":40000000000")));

        var second = directoryOf(ScenarioRunner.run(plan().build(), settings().withReplay(edited)));
        assertThat(events(second, FaultPlanned.class))
                .filteredOn(decision -> decision.workload().equals("partition halves"))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.offset()).isEqualTo(seconds(70).toNanos());
                    assertThat(decision.targets()).hasSize(3);
                });
    }

    @Test
    void inRealTimeFaultsTargetsAndOffsetsAreTheSame() throws IOException {
        var plan = Scenario.builder()
                .name("replayed in real time")
                .validators(3)
                .layout(NetworkLayout.FULL)
                .slot(Duration.ofMillis(200))
                .time(TimeMode.REAL)
                .workload(
                        new RandomRestartsFault(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(500)))
                .runFor(seconds(3))
                .cooldown(Duration.ofMillis(500))
                .build();
        var first = directoryOf(ScenarioRunner.run(plan, settings()));
        var second = ScenarioRunner.run(plan, settings().withReplay(first));

        var recorded = events(first, FaultPlanned.class);
        var replayed = events(directoryOf(second), FaultPlanned.class);
        assertThat(second.verdict()).as(second.failures().toString()).isEqualTo(Verdict.PASSED);
        assertThat(recorded).hasSizeGreaterThan(2);
        assertThat(replayed)
                .extracting(FaultPlanned::targets)
                .containsExactlyElementsOf(recorded.stream()
                        .map(FaultPlanned::targets)
                        .limit(replayed.size())
                        .toList());
        assertThat(replayed.size()).isGreaterThanOrEqualTo(recorded.size() - 1); // the last one may come too late
        for (int i = 0; i < replayed.size(); i++) {
            assertThat(replayed.get(i).offset())
                    .isEqualTo(recorded.get(i).offset() + recorded.get(i).drift());
            assertThat(replayed.get(i).drift()).isBetween(0L, seconds(1).toNanos());
        }
        assertThat(events(directoryOf(second), FaultRequested.class)).hasSameSizeAs(replayed);
        assertThat(second.info().replayCommand(second.directory()))
                .isEqualTo("run the same program again with -Dnomos.replay=" + second.directory());
    }

    @Nested
    class Refuses {
        private Path recorded() {
            return directoryOf(ScenarioRunner.run(plan().build(), settings().withSeed(17L)));
        }

        @Test
        void anotherPlan() {
            var first = recorded();
            var other = plan().validators(5).runFor(Duration.ofMinutes(3)).build();
            assertThatThrownBy(() -> ScenarioRunner.run(other, settings().withReplay(first)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Setting 'nomos.replay' is \"" + first
                            + "\", but that run had another plan than scenario 'replayed'. Differences:\n"
                            + "  recorded: nodes: 4 (validator-0, validator-1, validator-2, validator-3)\n")
                    .hasMessageContaining("\n  recorded: run window: 2 min")
                    .hasMessageContaining("\n  now: nodes: 5 (")
                    .hasMessageContaining("\n  now: run window: 3 min")
                    .hasMessageEndingWith("\nReplay it with the test, the version and the settings that made it.");
        }

        @Test
        void otherSettingsOfAFault() {
            var first = recorded();
            var other =
                    plan().workload(new ChurnFault(seconds(10), seconds(21))).build();
            assertThatThrownBy(() -> ScenarioRunner.run(other, settings().withReplay(first)))
                    .hasMessageContaining("\n  now: workload: churn, ")
                    .hasMessageContaining("maxDelay 21 s");
        }

        @Test
        void anotherSeed() {
            var first = recorded();
            var both = settings().withSeed(18L).withReplay(first);
            assertThatThrownBy(() -> ScenarioRunner.run(plan().build(), both))
                    .hasMessage("Setting 'nomos.seed' is 18, but 'nomos.replay' is \"" + first
                            + "\", a run with seed 17. Remove one of them.");
        }

        @Test
        void aDirectoryWithoutAJournal() {
            assertThatThrownBy(
                            () -> ScenarioRunner.run(plan().build(), settings().withReplay(directory)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Setting 'nomos.replay' is \"" + directory
                            + "\", expected the directory of a run, with its journal.jsonl, which cannot be read.");
        }

        @Test
        void aJournalThatIsNone() throws IOException {
            Files.write(directory.resolve("journal.jsonl"), "{}\n".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(
                            () -> ScenarioRunner.run(plan().build(), settings().withReplay(directory)))
                    .hasMessageContaining("expected the directory of a run, but its journal is broken: ")
                    .hasMessageContaining("field 'event' is missing");
            Files.write(directory.resolve("journal.jsonl"), new byte[0]);
            assertThatThrownBy(
                            () -> ScenarioRunner.run(plan().build(), settings().withReplay(directory)))
                    .hasMessageContaining("but its journal does not begin with the start of one.");
        }
    }
}
