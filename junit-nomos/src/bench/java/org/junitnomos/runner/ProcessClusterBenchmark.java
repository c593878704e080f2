package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.TimeMode;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.workload.TransactionWorkload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Runs of a minute with five validators as processes, in real time. What they find out they print. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class ProcessClusterBenchmark {
    private static final int NODES = 5;
    private static final Duration WINDOW = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));
    /** About as many as a genesis has room for; each has one transaction on the way. */
    private static final int WALLETS = 240;

    private Path directory = Path.of("unset");
    private long seed = 4711;

    /** Make a place for the runs. */
    @Setup
    public void create() throws IOException {
        directory = Files.createTempDirectory("nomos-bench");
    }

    /** Remove what they left. */
    @TearDown
    public void remove() throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static ScenarioBuilder cluster(String name, Duration slot, int wallets) {
        return Scenario.builder()
                .name(name)
                .backend("process")
                .time(TimeMode.REAL)
                .validators(NODES)
                .slot(slot)
                .wallets(wallets)
                .walletValue(1)
                .cooldown(Duration.ofSeconds(10))
                .runFor(WINDOW);
    }

    private RunResult run(Scenario scenario) {
        var parameters = new TreeMap<>(
                Map.of("nomos.directory", directory.toString(), "nomos.seed", "" + seed++, "nomos.progress", "off"));
        return ScenarioRunner.run(
                scenario, RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of()));
    }

    /** Time from the moment a leader has made a block to the moment a subscriber of the feed hears of it. */
    @Benchmark
    public RunResult feedDelay() {
        var probe = new DelayProbe();
        var result = run(cluster("feed", Duration.ofMillis(500), 100)
                .workload(new TransactionWorkload(10, 50))
                .workload(probe)
                .build());
        if (result.verdict() != Verdict.PASSED) {
            throw new IllegalStateException("" + result.failures());
        }
        probe.print();
        return result;
    }

    /** Raise the transactions per block until not all of them are included any more. */
    @Benchmark
    public int highestRate() {
        int held = 0;
        for (int rate = Integer.getInteger("bench.rate", 10);
                rate <= WALLETS;
                rate = Math.max(rate + 5, rate * 5 / 4)) {
            var tally = new Tally();
            var result = run(cluster("rate", Duration.ofMillis(Integer.getInteger("bench.slot", 250)), WALLETS)
                    .workload(new TransactionWorkload(rate, WALLETS))
                    .workload(tally)
                    .expect(new TransactionInclusion())
                    .expect(new ConsensusLiveness())
                    .build());
            System.out.printf("%n%d per block: %s, %s%n", rate, tally, result.verdict());
            if (result.verdict() != Verdict.PASSED) {
                System.out.println(result.failures());
                break;
            }
            held = rate;
        }
        return held;
    }

    /** Counts transactions, and blocks while the load lasts. */
    private static final class Tally implements WorkloadGenerator {
        private volatile @Nullable RunContext run;
        private volatile long blocks;

        @Override
        public String name() {
            return "tally";
        }

        @Override
        public void drive(RunContext context) throws Exception {
            run = context;
            long before = context.feed().height();
            while (context.isDriving()) {
                context.clock().sleep(Duration.ofMillis(100));
                blocks = context.feed().height() - before;
            }
        }

        @Override
        public String toString() {
            var ended = run;
            if (ended == null) {
                return "nothing was run";
            }
            int accepted = ended.journal().events(TransactionAccepted.class).size();
            long included = ended.journal().events(TransactionIncluded.class).stream()
                    .map(TransactionIncluded::transaction)
                    .distinct()
                    .count();
            return String.format(
                    "%d blocks, %d accepted, %d included, %.1f a second",
                    blocks, accepted, included, (double) included / WINDOW.toSeconds());
        }
    }

    /** Notes when blocks are heard of, and compares that with the logs of the nodes. */
    private static final class DelayProbe implements WorkloadGenerator {
        private static final String PROPOSED = "Proposed block ";

        private final Map<HeaderId, Instant> heard = new ConcurrentHashMap<>();
        private final Map<HeaderId, Instant> made = new LinkedHashMap<>();

        @Override
        public String name() {
            return "delay probe";
        }

        @Override
        public void drive(RunContext run) throws Exception {
            try (var subscription = run.feed().subscribe(block -> heard.put(block.id(), Instant.now()))) {
                heard.clear();
                while (run.isDriving()) {
                    run.clock().sleep(Duration.ofMillis(100));
                }
            }
            for (var node : run.cluster().nodes()) {
                for (String line : Files.readAllLines(node.log().orElseThrow())) {
                    int at = line.indexOf(PROPOSED);
                    if (at > 0) {
                        int id = at + PROPOSED.length();
                        var time = Instant.parse(line.substring(0, line.indexOf(' ')));
                        made.merge(
                                HeaderId.fromHex(line.substring(id, id + 64)),
                                time,
                                (one, two) -> one.isBefore(two) ? one : two);
                    }
                }
            }
        }

        void print() {
            List<Double> millis = new ArrayList<>();
            heard.forEach((block, at) -> {
                var begin = made.get(block);
                if (begin != null) {
                    millis.add(Duration.between(begin, at).toNanos() / 1e6);
                }
            });
            millis.sort(Comparator.naturalOrder());
            System.out.printf(
                    "%nfeed: %d blocks, p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                    millis.size(), at(millis, 50), at(millis, 90), at(millis, 99), at(millis, 100));
        }

        private static double at(List<Double> sorted, int percent) {
            return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
        }
    }
}
