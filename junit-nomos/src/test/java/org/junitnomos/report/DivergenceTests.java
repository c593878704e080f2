package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.FaultPlanned;
import org.junitnomos.runner.RunInfo;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;

/** Of replays in real time, in which no event comes at the time at which it came in the original. */
class DivergenceTests {
    private static final String PLANNED = "{\"event\":\"fault-planned\",\"at\":%d,\"workload\":\"%s\",\"offset\":%d,"
            + "\"drift\":%d,\"kind\":\"kill\",\"targets\":[\"%s\"],\"duration\":0}\n";

    @TempDir
    Path original;

    @BeforeEach
    void recordTwoFaults() throws IOException {
        Files.writeString(
                original.resolve("journal.jsonl"),
                PLANNED.formatted(7_000_000_000L, "kills", 5_000_000_000L, 21_000_000L, "a")
                        + PLANNED.formatted(7_500_000_000L, "others", 5_500_000_000L, 3_000_000L, "b"));
    }

    private Map<String, Object> compared(JournalEvent... events) {
        var plan = Scenario.builder().name("x").validators(1).backend("process").build();
        var info = new RunInfo(plan, RunSettings.defaults().withReplay(original), 1, TimeMode.REAL, null);
        return Divergence.of(info, original, List.of(events));
    }

    private static FaultPlanned planned(long at, String workload, long offset, String target) {
        return new FaultPlanned(at, workload, offset, 40_000_000, "kill", List.of(target), 0);
    }

    @Test
    void faultsThatAreDueWhenTheyWereCarriedOutAreTheSame() {
        assertThat(compared(
                        planned(9_700_000_000L, "others", 5_503_000_000L, "b"),
                        planned(9_800_000_000L, "kills", 5_021_000_000L, "a")))
                .containsEntry("same", 2)
                .containsEntry("what", "faults that were decided on");
    }

    @Test
    void aFaultOfAnotherNodeIsTheFirstDifference() {
        assertThat(compared(
                        planned(9_700_000_000L, "kills", 5_021_000_000L, "a"),
                        planned(9_800_000_000L, "others", 5_503_000_000L, "a")))
                .containsEntry("event", 2)
                .containsEntry("before", "kills: kill [a], due 5.021 s after the beginning of the drive")
                .containsEntry("first", "others: kill [b], due 5.503 s after the beginning of the drive")
                .containsEntry("second", "others: kill [a], due 5.503 s after the beginning of the drive")
                .containsEntry("at", 9_800L);
    }

    @Test
    void aFaultThatIsMissingIsTheFirstDifference() {
        assertThat(compared(planned(9_700_000_000L, "kills", 5_021_000_000L, "a")))
                .containsEntry("event", 2)
                .containsEntry("second", "nothing: it has no more")
                .containsEntry("at", -1L);
    }
}
