package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.opentest4j.AssertionFailedError;

/** Judged on journals that are written by hand. */
class MetricPercentileTests {
    private static final MetricBound HEIGHT = MetricBound.of("height");

    private final RecordedRun run =
            new RecordedRun(Scenario.builder().validators(2).runFor(Duration.ofSeconds(40)));

    private MetricPercentileTests told(int second, String node, Object value) {
        return told(second, node, "height", value);
    }

    private MetricPercentileTests told(int second, String node, String metric, Object value) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(metric, value.toString());
        run.add(new MetricsSampled(nanos(second), node, values, null));
        return this;
    }

    private MetricPercentileTests silent(int second, String node, String problem) {
        run.add(new MetricsSampled(nanos(second), node, Map.of(), problem));
        return this;
    }

    private MetricPercentileTests driven(int second) {
        run.add(new JournalEvent.PhaseEnded(nanos(second), RunPhase.DRIVE, null));
        return this;
    }

    private static long nanos(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    private void holds(MetricBound bound) {
        assertThatCode(() -> bound.evaluate(run)).doesNotThrowAnyException();
    }

    private void fails(MetricBound bound, String... lines) {
        assertThatThrownBy(() -> bound.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage(String.join("\n", lines));
    }

    private void isInconclusive(MetricBound bound, String... lines) {
        assertThatThrownBy(() -> bound.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage(String.join("\n", lines));
    }

    private MetricPercentileTests load() {
        told(0, "validator-0", 99);
        for (int i = 1; i <= 19; i++) {
            told(i, "validator-0", i == 7 ? 30 : 2);
        }
        return told(20, "validator-0", 8).driven(20).told(30, "validator-0", 900);
    }

    @Test
    void weighByTime() {
        load();

        holds(HEIGHT.percentile(90).atMost(2).on("validator-0"));
        holds(HEIGHT.percentile(95).atMost(8));
        fails(
                HEIGHT.percentile(95).atMost(7),
                "expected the 95th percentile of height to be at most 7 but:",
                "  validator-0: 8 at 20 s; 30 at 7 s was the worst",
                "    measured: 99 at 0 s, 2 at 1 s, 2 at 2 s, 2 at 4 s, 2 at 5 s, 2 at 6 s, 30 at 7 s, 2 at 8 s, 2"
                        + " at 9 s, 2 at 10 s, 2 at 12 s, 2 at 13 s, 2 at 14 s, 2 at 16 s, 2 at 17 s, 2 at 18 s, 8"
                        + " at 20 s (of 21)");
        holds(HEIGHT.percentile(95).atMost(8).sum());
    }

    @Test
    void areTakenOfSpans() {
        load();

        var bound = HEIGHT.percentile(50).inEvery(Duration.ofSeconds(2)).atMost(7);
        holds(bound);
        assertThatThrownBy(() -> HEIGHT.percentile(60)
                        .inEvery(Duration.ofSeconds(2))
                        .atMost(29)
                        .evaluate(run))
                .hasMessageContaining("expected the 60th percentile over 2 s of height to be at most 29 but:\n"
                        + "  validator-0: 30 at 7 s was the worst; out of bounds 2 of 19 times");
        assertThatThrownBy(() -> run.watchWith(HEIGHT.percentile(60)
                        .inEvery(Duration.ofSeconds(2))
                        .atMost(29)
                        .continuously()))
                .isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void needMoreThanTheBaseline() {
        told(0, "validator-0", 99).driven(0);

        isInconclusive(
                HEIGHT.percentile(95).atMost(8),
                "the 95th percentile of height was not measured:",
                "  validator-0: it was not asked often enough");
    }

    private static void isRefused(MetricBound bound, String problem) {
        assertThatThrownBy(() -> Scenario.builder()
                        .validators(2)
                        .runFor(Duration.ofSeconds(40))
                        .expect(bound)
                        .build())
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refuseWhatCanNotBeJudged() {
        isRefused(
                HEIGHT.percentile(101).atMost(1), "percentile is 101, expected more than 0 and at most 100. Give one.");
        isRefused(
                HEIGHT.percentile(95).measured(MetricMeasure.VALUE).atMost(1),
                "percentile is 95, expected 0, because the value has none. Remove it, or measure the percentile.");
        isRefused(
                HEIGHT.percentile(95).exceptFor(0.1).atMost(1),
                "breach is 0.1, expected 0, because the 95th percentile is judged once.");
    }
}
