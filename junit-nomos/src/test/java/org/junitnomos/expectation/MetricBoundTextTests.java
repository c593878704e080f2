package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.scenario.InconclusiveException;

/** What bounds of metrics say beside numbers. */
class MetricBoundTextTests {
    private final RecordedRun run = new RecordedRun(2, 0);

    private void told(int second, String metric, int value) {
        run.add(new MetricsSampled(
                Duration.ofSeconds(second).toNanos(), "validator-0", Map.of(metric, Integer.toString(value)), null));
    }

    @Test
    void processorsAreToldAsSuch() {
        told(0, "nomos_process_cpu_seconds", 1);
        told(10, "nomos_process_cpu_seconds", 16);

        assertThatThrownBy(() -> new NodeProcessor(0.5).evaluate(run))
                .hasMessageStartingWith(
                        "expected the rate of nomos_process_cpu_seconds to be at most 0.5 processors but:\n"
                                + "  validator-0: 1.5 processors at 10 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heigth | height | ; did you mean height?",
                "heigth | height{of=\"tip\"} | ; did you mean height?",
                "height{of=\"lib\"} | height{of=\"tip\"} | ; it has other labels, as in height{of=\"tip\"}",
                "height{of=\"lib\"} | height | ; it has other labels, as in height",
                "balance | height | ''",
            })
    void theMetricThatWasProbablyMeantIsNamed(String bound, String told, String meant) {
        told(0, told, 1);

        assertThatThrownBy(() -> MetricBound.of(bound).atMost(5).evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage(
                        "the value of " + bound + " was not measured:\n  validator-0: it tells no such metric" + meant);
    }
}
