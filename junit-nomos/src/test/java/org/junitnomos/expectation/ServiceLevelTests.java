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
import org.junitnomos.journal.JournalEvent.Note;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.opentest4j.AssertionFailedError;

/** Judged on journals that are written by hand, with slots of 2 s. */
class ServiceLevelTests {
    private final RecordedRun run =
            new RecordedRun(Scenario.builder().validators(2).runFor(Duration.ofSeconds(80)));

    private void holds(Expectation level) {
        assertThatCode(() -> level.evaluate(run)).doesNotThrowAnyException();
    }

    private void fails(Expectation level, String... lines) {
        assertThatThrownBy(() -> level.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage(String.join("\n", lines));
    }

    private void isInconclusive(Expectation level, String... lines) {
        assertThatThrownBy(() -> level.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage(String.join("\n", lines));
    }

    private static void isRefused(Expectation level, String problem) {
        assertThatThrownBy(() -> Scenario.builder()
                        .validators(2)
                        .runFor(Duration.ofSeconds(80))
                        .expect(level)
                        .build())
                .isInstanceOf(ScenarioValidationException.class)
                .hasMessageContaining(problem);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Nested
    class OfTransactions {
        private void included(int transaction, int block) {
            long at = run.clock().now().toNanos();
            run.add(new JournalEvent.TransactionIncluded(at, RecordedRun.hash(transaction), RecordedRun.id(block), 1));
        }

        private void finished(int transaction, int block) {
            long at = run.clock().now().toNanos();
            run.add(new JournalEvent.TransactionFinal(at, RecordedRun.hash(transaction), RecordedRun.id(block)));
        }

        /** Nine of ten take 4 s to be included and 20 s to be final; the tenth is never in a block. */
        private void load() {
            run.driveFrom(1);
            for (int i = 1; i <= 10; i++) {
                run.at(i).accepted(i, i % 2 == 0 ? "validator-0" : "validator-1");
            }
            for (int i = 1; i <= 9; i++) {
                run.at(i + 2);
                included(i, i);
                run.at(i + 10);
                finished(i, i);
            }
            run.driveUntil(30).at(40);
        }

        @Test
        void holdForAsManyAsAreWanted() {
            load();

            holds(new InclusionLatency(90, seconds(4)));
            holds(new FinalityLatency(90, seconds(20)));
            assertThat(run.journal().events(Note.class).get(0))
                    .returns("latency of inclusion of 90 % within 4 s", Note::author)
                    .returns("p50 4 s, p95 59.5 s, p99 59.5 s", Note::text);
        }

        @Test
        void tellThePercentileTheWorstAndTheSeries() {
            load();

            fails(
                    new InclusionLatency(95, seconds(4)),
                    "expected 95 % of the accepted transactions to be on the chain within 4 s but:",
                    "  all nodes: 95 % took up to 59.5 s; 1 of 10 accepted transactions were late, 1 of these are not"
                            + " over, p50 4 s, p95 59.5 s, p99 59.5 s; the worst began at 20.5 s and took more than"
                            + " 59.5 s",
                    "    measured: 4 s from 2.5 s, 4 s from 4.5 s, 4 s from 6.5 s, 4 s from 8.5 s, 4 s from 10.5 s,"
                            + " 4 s from 12.5 s, 4 s from 14.5 s, 4 s from 16.5 s, 4 s from 18.5 s, 59.5 s from 20.5"
                            + " s");
        }

        @Test
        void areJudgedForOneNodeOrEach() {
            load();

            holds(new InclusionLatency(100, seconds(4)).on("validator-1"));
            assertThatThrownBy(() ->
                            new InclusionLatency(100, seconds(4)).onEachNode().evaluate(run))
                    .hasMessageContaining("  validator-0: 100 % took up to 59.5 s")
                    .hasMessageNotContaining("validator-1");
        }

        @Test
        void areNotJudgedWhileTheyMayBeInTime() {
            load();

            fails(
                    new FinalityLatency(100, seconds(19)).on("validator-1"),
                    "expected 100 % of the accepted transactions to be final within 19 s but:",
                    "  validator-1: 100 % took up to 20 s; 5 of 5 accepted transactions were late, p50 20 s, p95 20 s,"
                            + " p99 20 s; the worst began at 2.5 s and took 20 s",
                    "    measured: 20 s from 2.5 s, 20 s from 6.5 s, 20 s from 10.5 s, 20 s from 14.5 s, 20 s from"
                            + " 18.5 s");
            holds(new FinalityLatency(100, seconds(60)));
        }

        @Test
        void areInconclusiveWithoutOne() {
            run.driveFrom(1).driveUntil(30);
            isInconclusive(new InclusionLatency(95, seconds(4)), "there were no accepted transactions to judge");
            run.at(2).accepted(1, "validator-0").at(3);
            isInconclusive(
                    new InclusionLatency(95, seconds(4)),
                    "not judged:",
                    "  all nodes: 1 accepted transactions are too young");
        }

        @Test
        void refuseWhatCanNotBeJudged() {
            isRefused(
                    new InclusionLatency(0, seconds(4)),
                    "percentile is 0, expected more than 0 and at most 100. Change it.");
            isRefused(new FinalityLatency(95, seconds(0)), "within is 0 s, expected more than 0. Give a longer time.");
            isRefused(
                    new InclusionLatency(95, seconds(4), "validator-7", true),
                    "node is \"validator-7\", expected one of [validator-0, validator-1]. Name one of them, or none.");
            isRefused(
                    new InclusionLatency(95, seconds(4), "validator-1", true),
                    "eachNode is true, expected false, because one node is named. Remove one of both.");
        }
    }

    @Nested
    class OfBlocks {
        private void chain() {
            run.driveFrom(1).chain(1, 2, 3, 5, 7, 11).driveUntil(13).at(14);
        }

        @Test
        void countThemByTheSlot() {
            chain();

            holds(new BlockRate(0.5));
            fails(
                    new BlockRate(0.6),
                    "expected blocks per slot to be at least 0.6 but was 0.5 (6 of 12 slots)",
                    "  worst: 0 from 8 s",
                    "  measured: 1 from 2 s, 1 from 4 s, 1 from 6 s, 0 from 8 s, 1 from 10 s, 0 from 12 s, 1 from 14 s,"
                            + " 0 from 16 s, 0 from 18 s, 0 from 20 s, 1 from 22 s, 0 from 24 s");
            fails(
                    new BlockRate(0, 0.4),
                    "expected blocks per slot to be from 0 to 0.4 but was 0.5 (6 of 12 slots)",
                    "  worst: 1 from 2 s",
                    "  measured: 1 from 2 s, 1 from 4 s, 1 from 6 s, 0 from 8 s, 1 from 10 s, 0 from 12 s, 1 from 14 s,"
                            + " 0 from 16 s, 0 from 18 s, 0 from 20 s, 1 from 22 s, 0 from 24 s");
            isRefused(new BlockRate(2), "atLeast is 2.0, expected 0 or more and at most 1");
        }

        @Test
        void areSeenInTime() {
            chain();

            holds(new FeedLag(100, Duration.ofMillis(500)));
            fails(
                    new FeedLag(50, Duration.ofMillis(499)),
                    "expected 50 % of the blocks to be seen after their slot began within 499 ms but:",
                    "  the feed: 50 % took up to 500 ms; 6 of 6 blocks were late, p50 500 ms, p95 500 ms, p99 500 ms;"
                            + " the worst began at 2 s and took 500 ms",
                    "    measured: 500 ms from 2 s, 500 ms from 4 s, 500 ms from 6 s, 500 ms from 10 s, 500 ms from"
                            + " 14 s, 500 ms from 22 s");
        }

        @Test
        void areInconclusiveWithoutASlot() {
            run.driveFrom(1).driveUntil(1);

            isInconclusive(new BlockRate(0.5), "the run window had no whole slot");
            isInconclusive(new FeedLag(50, seconds(1)), "there were no blocks to judge");
        }
    }

    @Nested
    class OfRequests {
        private void told(int second, String node, Object... values) {
            Map<String, String> told = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i += 2) {
                told.put(values[i].toString(), values[i + 1].toString());
            }
            run.add(new MetricsSampled(seconds(second).toNanos(), node, told, null));
        }

        private static String of(String what, String route) {
            return "nomos_client_" + what + "{route=\"" + route + "\"}";
        }

        private static String slower(String route, String than) {
            return "nomos_client_slower_requests{route=\"" + route + "\",than=\"" + than + "\"}";
        }

        private void load() {
            told(0, "validator-0", of("requests", "/a"), 100, of("errors", "/a"), 50);
            told(0, "validator-1", of("requests", "/a"), 100);
            told(10, "validator-0", of("requests", "/a"), 190, of("requests", "/b"), 10, slower("/b", "0.5"), 1);
            told(10, "validator-1", of("requests", "/a"), 200);
            told(20, "validator-0", of("requests", "/b"), 20, slower("/b", "0.5"), 6, of("errors", "/a"), 52);
            run.add(new JournalEvent.PhaseEnded(seconds(20).toNanos(), RunPhase.DRIVE, null));
            told(30, "validator-0", slower("/b", "0.5"), 1_000);
        }

        @Test
        void areCountedInTheRunWindow() {
            load();

            holds(new ApiLatency(92, Duration.ofMillis(500)));
            holds(new ApiLatency(98, Duration.ofSeconds(1)));
            holds(new ApiLatency(99, Duration.ofMillis(500), "validator-1", ""));
            fails(
                    new ApiLatency(95, Duration.ofMillis(500)),
                    "expected 95 % of the requests to be answered within 500 ms but:",
                    "  validator-0: 8 of 110 requests (7.273 %) were slower or failed; the worst was 7 of 10 requests"
                            + " (70 %) until 20 s",
                    "    measured: 1 of 100 until 10 s, 7 of 10 until 20 s");
            fails(
                    new ApiLatency(95, Duration.ofMillis(500), "validator-0", "/b"),
                    "expected 95 % of the requests to /b to be answered within 500 ms but:",
                    "  validator-0: 6 of 20 requests (30 %) were slower or failed; the worst was 5 of 10 requests"
                            + " (50 %) until 20 s",
                    "    measured: 1 of 10 until 10 s, 5 of 10 until 20 s");
        }

        @Test
        void mayFailForAShare() {
            load();

            holds(new ApiErrors(0.02));
            fails(
                    new ApiErrors(0.01),
                    "expected at most 1 % of the requests to fail but:",
                    "  validator-0: 2 of 110 requests (1.818 %) failed; the worst was 2 of 10 requests (20 %)"
                            + " until 20 s",
                    "    measured: 0 of 100 until 10 s, 2 of 10 until 20 s");
        }

        @Test
        void areInconclusiveWithoutOne() {
            isInconclusive(new ApiErrors(0.01), "no node was asked for its metrics");
            load();
            isInconclusive(new ApiErrors(0.01, "", "/b"), "not judged:", "  validator-1: no request to /b was counted");
        }

        @Test
        void refuseWhatIsNotCounted() {
            isRefused(
                    new ApiLatency(95, Duration.ofMillis(300)),
                    "within is 300 ms, expected one of [5 ms, 10 ms, 20 ms, 50 ms, 100 ms, 200 ms, 500 ms, 1 s, 2 s, 5"
                            + " s, 10 s, 20 s], by which requests are counted. Take the next one.");
            isRefused(new ApiErrors(1.5), "atMost is 1.5, expected 0 to 1. Change the share.");
        }

        @Test
        void tellWhatMachinesSay() {
            var memory = "nomos_process_resident_memory_bytes";
            told(0, "validator-0", memory, 100 << 20, "nomos_process_cpu_seconds", 1);
            told(10, "validator-0", memory, 300 << 20, "nomos_process_cpu_seconds", 7);
            run.add(new JournalEvent.PhaseEnded(seconds(10).toNanos(), RunPhase.DRIVE, null));
            told(20, "validator-0", memory, 180 << 20);

            holds(new NodeMemory(300, 80, ""));
            assertThatThrownBy(() -> new NodeMemory(299).evaluate(run))
                    .hasMessageContaining("314572800 (300.0 MiB) at 10 s was the worst");
            assertThatThrownBy(() -> new NodeMemory(300, 79, "validator-0").evaluate(run))
                    .hasMessageContaining("validator-0: 83886080 (80.0 MiB) at 20 s");
            holds(new NodeProcessor(0.6));
            assertThatThrownBy(() -> new NodeProcessor(0.5).evaluate(run))
                    .hasMessageContaining(
                            "expected the rate of nomos_process_cpu_seconds to be at most 0.5 processors but:\n"
                                    + "  validator-0: 0.6 processors at 10 s");
            isRefused(
                    new NodeMemory(Double.POSITIVE_INFINITY),
                    "is used without a bound, expected mebibytes, growth or both. Give one.");
            isRefused(new NodeProcessor(0), "processors is 0.0, expected more than 0. Change the number.");
        }
    }
}
