package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.MetricsSampled;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.opentest4j.AssertionFailedError;

/** Judged on journals that are written by hand. */
class MetricBoundTests {
    private static final MetricBound HEIGHT = MetricBound.of("height");

    private final RecordedRun run =
            new RecordedRun(Scenario.builder().validators(2).runFor(Duration.ofSeconds(40)));

    private MetricBoundTests told(int second, String node, Object value) {
        return told(second, node, "height", value);
    }

    private MetricBoundTests told(int second, String node, String metric, Object value) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(metric, value.toString());
        run.add(new MetricsSampled(nanos(second), node, values, null));
        return this;
    }

    private MetricBoundTests silent(int second, String node, String problem) {
        run.add(new MetricsSampled(nanos(second), node, Map.of(), problem));
        return this;
    }

    private MetricBoundTests driven(int second) {
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

    @Nested
    class OfValues {
        @Test
        void ofBytesAreToldAsPeopleReadThem() {
            told(5, "validator-0", "used_bytes", 60_579_840).driven(40);

            assertThatThrownBy(
                            () -> MetricBound.of("used_bytes").atMost(20 << 20).evaluate(run))
                    .hasMessageStartingWith("expected the value of used_bytes to be at most 20971520 (20.0 MiB) but:\n"
                            + "  validator-0: 60579840 (57.8 MiB) at 5 s");
        }

        @Test
        void holdOnEveryNode() {
            told(0, "validator-0", 1)
                    .told(0, "validator-1", 2)
                    .told(5, "validator-0", 3)
                    .told(5, "validator-1", 3);
            driven(5).told(9, "validator-0", 99).told(9, "validator-1", 99);

            holds(HEIGHT.atMost(3).atLeast(1));
        }

        @Test
        void tellTheWorstMomentAndTheSeries() {
            told(0, "validator-0", 1)
                    .told(0, "validator-1", 1)
                    .told(10, "validator-0", 7)
                    .told(10, "validator-1", 2);
            told(20, "validator-0", 9.25).told(20, "validator-1", 2).told(40, "validator-0", 2);
            driven(40);

            fails(
                    HEIGHT.atMost(5),
                    "expected the value of height to be at most 5 but:",
                    "  validator-0: 9.25 at 20 s was the worst; out of bounds 2 of 4 times, 50 % of 40 s",
                    "    measured: 1 at 0 s, 7 at 10 s, 9.25 at 20 s, 2 at 40 s");
            fails(
                    HEIGHT.atMost(5).exceptFor(0.4),
                    "expected the value of height to be at most 5 but for 40 % of the time but:",
                    "  validator-0: 9.25 at 20 s was the worst; out of bounds 2 of 4 times, 50 % of 40 s",
                    "    measured: 1 at 0 s, 7 at 10 s, 9.25 at 20 s, 2 at 40 s");
            holds(HEIGHT.atMost(5).exceptFor(0.5));
            holds(HEIGHT.atMost(5).on("validator-1"));
        }

        @Test
        void countForNoTimeWhereANodeHadNone() {
            told(0, "validator-0", 1)
                    .silent(10, "validator-0", "it does not run")
                    .silent(30, "validator-0", "it does not run");
            told(40, "validator-0", 9).driven(40);

            fails(
                    HEIGHT.atMost(5).exceptFor(0.9),
                    "expected the value of height to be at most 5 but for 90 % of the time but:",
                    "  validator-0: 9 at 40 s was the worst; out of bounds 1 of 2 times, 100 % of 10 s",
                    "    measured: 1 at 0 s, 9 at 40 s");
        }

        @Test
        void thatAreNoNumberAreOutOfBounds() {
            told(0, "validator-0", "NaN").driven(5);

            fails(
                    HEIGHT.atMost(5),
                    "expected the value of height to be at most 5 but:",
                    "  validator-0: NaN at 0 s",
                    "    measured: NaN at 0 s");
        }

        @Test
        void ofSeveralLabelsAreJudgedEach() {
            told(0, "validator-0", "errors{route=\"/a\"}", 0)
                    .told(0, "validator-0", "errors{route=\"/b\"}", 1)
                    .driven(5);

            fails(
                    MetricBound.of("errors").atMost(0),
                    "expected the value of errors to be at most 0 but:",
                    "  validator-0 errors{route=\"/b\"}: 1 at 0 s",
                    "    measured: 1 at 0 s");
            holds(MetricBound.of("errors{route=\"/a\"}").atMost(0));
        }

        @Test
        void areAddedUpOverTheNodesThatTell() {
            told(0, "validator-0", 1).told(0, "validator-1", 2);
            told(10, "validator-0", 5).silent(10, "validator-1", "it is paused");
            told(20, "validator-0", 5).told(20, "validator-1", 4).driven(20);

            fails(
                    HEIGHT.sum().atMost(8),
                    "expected the value of height to be at most 8 but:",
                    "  the sum: 9 at 20 s was the worst; out of bounds 1 of 3 times, 50 % of 20 s",
                    "    measured: 3 at 0 s, 5 at 10 s, 9 at 20 s");
            holds(HEIGHT.sum().atMost(9).atLeast(3));
        }

        @Test
        void areShownInPartOfALongRun() {
            for (int i = 0; i <= 100; i++) {
                told(i, "validator-0", i == 50 ? 7 : 1);
            }
            driven(100);

            assertThatThrownBy(() -> HEIGHT.atMost(5).evaluate(run))
                    .hasMessageContaining("measured: 1 at 0 s, 1 at 6 s, ")
                    .hasMessageContaining(", 7 at 50 s, ")
                    .hasMessageEndingWith(", 1 at 1.667 min (of 101)");
        }

        @Test
        void endARunThatCannotHoldAnyMore() {
            told(0, "validator-0", 1).told(20, "validator-0", 9);

            assertThatCode(() -> run.watchWith(HEIGHT.atMost(5).exceptFor(0.5).continuously()))
                    .doesNotThrowAnyException();
            told(21, "validator-0", 9);
            assertThatCode(() -> run.watchWith(HEIGHT.atMost(5))).doesNotThrowAnyException();
            assertThatThrownBy(
                            () -> run.watchWith(HEIGHT.atMost(5).exceptFor(0.5).continuously()))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining("9 at 20 s was the worst; out of bounds 2 of 3 times, 100 % of 21 s");
        }
    }

    @Nested
    class OfRates {
        @Test
        void takeTheWholeRunWindow() {
            told(0, "validator-0", 10)
                    .told(10, "validator-0", 12)
                    .told(20, "validator-0", 15)
                    .driven(20);
            told(30, "validator-0", 900);
            var rate = HEIGHT.measured(MetricMeasure.RATE);

            holds(rate.atLeast(0.25).atMost(0.25));
            fails(
                    rate.atLeast(0.5),
                    "expected the rate of height to be at least 0.5 but:",
                    "  validator-0: 0.25 at 20 s",
                    "    measured: 10 at 0 s, 12 at 10 s, 15 at 20 s");
        }

        @Test
        void beginAnewWithANewLife() {
            told(0, "validator-0", 100).told(10, "validator-0", 110).silent(15, "validator-0", "it does not run");
            told(30, "validator-0", 5)
                    .told(40, "validator-0", 15)
                    .told(50, "validator-0", 10)
                    .driven(50);

            holds(HEIGHT.measured(MetricMeasure.RATE).atLeast(1).atMost(1));
        }

        @Test
        void takeEverySpan() {
            told(0, "validator-0", 0)
                    .told(10, "validator-0", 10)
                    .told(20, "validator-0", 10)
                    .told(30, "validator-0", 11);
            driven(30);

            fails(
                    HEIGHT.rateOver(Duration.ofSeconds(15)).atLeast(0.1),
                    "expected the rate over 15 s of height to be at least 0.1 but:",
                    "  validator-0: 0.05 at 30 s was the worst; out of bounds 1 of 2 times, 50 % of 20 s",
                    "    measured: 0.5 at 20 s, 0.05 at 30 s");
            holds(HEIGHT.rateOver(Duration.ofSeconds(15)).atLeast(0.05));
        }
    }

    @Nested
    class OfTheEnd {
        @Test
        void compareWithTheBaseline() {
            told(0, "validator-0", 10).told(10, "validator-0", 90).driven(10).told(30, "validator-0", 14);

            holds(HEIGHT.measured(MetricMeasure.GROWTH).atMost(4));
            fails(
                    HEIGHT.measured(MetricMeasure.GROWTH).atMost(3),
                    "expected the growth of height to be at most 3 but:",
                    "  validator-0: 4 at 30 s",
                    "    measured: 10 at 0 s, 90 at 10 s, 14 at 30 s");
            holds(HEIGHT.measured(MetricMeasure.LAST).atMost(14));
            fails(
                    HEIGHT.measured(MetricMeasure.LAST).atMost(13),
                    "expected the last value of height to be at most 13 but:",
                    "  validator-0: 14 at 30 s",
                    "    measured: 10 at 0 s, 90 at 10 s, 14 at 30 s");
        }

        @Test
        void leaveOutWhoLeft() {
            told(0, "validator-0", 1)
                    .told(0, "validator-1", 50)
                    .told(10, "validator-0", 2)
                    .driven(10);

            holds(HEIGHT.measured(MetricMeasure.LAST).atMost(2));
            fails(
                    HEIGHT.measured(MetricMeasure.LAST).atMost(1).sum(),
                    "expected the last value of height to be at most 1 but:",
                    "  the sum: 2 at 10 s",
                    "    measured: 51 at 0 s, 2 at 10 s");
        }
    }

    @Nested
    class OfNothing {
        @Test
        void areInconclusive() {
            told(0, "validator-0", 1)
                    .silent(0, "validator-1", "connection refused")
                    .driven(0);

            isInconclusive(
                    HEIGHT.atMost(5), "the value of height was not measured:", "  validator-1: connection refused");
            holds(HEIGHT.atMost(5).on("validator-0"));
            holds(HEIGHT.atMost(5).sum());
            isInconclusive(
                    MetricBound.of("depth").atMost(5).sum(),
                    "the value of depth was not measured:",
                    "  validator-0: it tells no such metric",
                    "  validator-1: connection refused");
            isInconclusive(
                    HEIGHT.measured(MetricMeasure.RATE).atMost(5).on("validator-0"),
                    "the rate of height was not measured:",
                    "  validator-0: it was not asked often enough");
        }

        @Test
        void areInconclusiveIfNobodyWasAsked() {
            isInconclusive(HEIGHT.atMost(5), "the value of height was not measured:", "  no node was asked");
            told(0, "validator-0", 1);
            isInconclusive(
                    HEIGHT.atMost(5).on("validator-1"),
                    "the value of height was not measured:",
                    "  validator-1 was not asked");
        }

        @Test
        void areInconclusiveAtTheEndIfANodeIsDownThen() {
            told(0, "validator-0", 1).driven(1).silent(5, "validator-0", "it does not run");

            isInconclusive(
                    HEIGHT.measured(MetricMeasure.LAST).atMost(5),
                    "the last value of height was not measured:",
                    "  validator-0: it does not run");
        }
    }

    @Test
    void takesTheBaseline() {
        told(0, "validator-0", 1).told(0, "validator-1", "+Inf").silent(0, "validator-2", "it is paused");

        assertThat(HEIGHT.atMost(5).capture(run))
                .containsExactly(Map.entry("validator-0 height", "1"), Map.entry("validator-1 height", "+Inf"));
        assertThat(HEIGHT.on("validator-1").atMost(5).capture(run)).containsOnlyKeys("validator-1 height");
    }

    @Test
    void isNamedByWhatItClaims() {
        assertThat(HEIGHT.atMost(5).name()).isEqualTo("metric height at most 5");
        assertThat(HEIGHT.rateOver(Duration.ofMinutes(1))
                        .atLeast(0.5)
                        .atMost(2)
                        .exceptFor(0.05)
                        .sum()
                        .name())
                .isEqualTo("metric height rate over 1 min from 0.5 to 2 but for 5 % in sum");
        assertThat(HEIGHT.measured(MetricMeasure.GROWTH)
                        .atLeast(1)
                        .on("validator-0")
                        .name())
                .isEqualTo("metric height growth at least 1 on validator-0");
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
    void refusesWhatCanNotBeJudged() {
        isRefused(HEIGHT, "is used without a bound, expected atLeast, atMost or both. Give one.");
        isRefused(
                MetricBound.of("he ight").atMost(1),
                "metric is \"he ight\", expected a name, perhaps with labels, such as requests{route=\"/x\"}: expected"
                        + " nothing after the metric but was 'ight'. Write it as the node tells it.");
        isRefused(
                HEIGHT.atMost(1).on("validator-2"),
                "node is \"validator-2\", expected one of [validator-0, validator-1]. Name one of them, or none for"
                        + " each.");
        isRefused(HEIGHT.atMost(1).atLeast(2), "atLeast is 2, expected no more than the upper bound of 1.");
        isRefused(HEIGHT.atMost(Double.NaN), "atMost is NaN, expected a number. Give one.");
        isRefused(HEIGHT.atMost(1).exceptFor(1), "breach is 1.0, expected 0 or more and less than 1.");
        isRefused(
                HEIGHT.measured(MetricMeasure.LAST).atMost(1).exceptFor(0.1),
                "breach is 0.1, expected 0, because the last value is judged once.");
        isRefused(
                HEIGHT.rateOver(Duration.ofMinutes(1)).atMost(1),
                "over is 1 min, expected at most the run window of 40 s. Lower it or run longer.");
        isRefused(HEIGHT.rateOver(Duration.ZERO).atMost(1), "over is 0 s, expected more than 0. Give a longer time.");
        isRefused(
                HEIGHT.rateOver(Duration.ofSeconds(1))
                        .measured(MetricMeasure.LAST)
                        .atMost(1),
                "over is 1 s, expected nothing, because the last value has no span. Remove it.");
        isRefused(
                HEIGHT.measured(MetricMeasure.RATE).atMost(1).continuously(),
                "continuous is true, expected false, because the rate of the whole run is known at its end.");
    }
}
