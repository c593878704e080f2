package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junitnomos.expectation.BlobInclusion;
import org.junitnomos.expectation.Retrievability;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.workload.DataAvailabilityWorkload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Publish blobs with three validators and two executors, and get every one back. What it finds out it prints. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class BlobRateBenchmark {
    private static final Duration WINDOW = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));

    @Param({"embedded", "process"})
    private String backend;

    /** Blobs per block; a block comes about every 1.2 s. */
    @Param({"4", "8", "16"})
    private int rate;

    private Path directory = Path.of("unset");

    /** Make a place for the run. */
    @Setup
    public void create() throws IOException {
        directory = Files.createTempDirectory("nomos-bench");
    }

    /** Remove what it left. */
    @TearDown
    public void remove() throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** One run; in virtual time on the embedded backend. */
    @Benchmark
    public Verdict publish() {
        var count = new Count();
        var result = ScenarioRunner.run(
                Scenario.builder()
                        .name("blobs")
                        .backend(backend)
                        .validators(3)
                        .executors(2)
                        .slot(Duration.ofMillis(500))
                        .workload(new DataAvailabilityWorkload(rate))
                        .workload(count)
                        .expect(new BlobInclusion())
                        .expect(new Retrievability())
                        .runFor(WINDOW)
                        .build(),
                RunSettings.read(
                        name -> Optional.ofNullable(Map.of(
                                        "nomos.directory", directory.toString(),
                                        "nomos.seed", "4711",
                                        "nomos.progress", "off")
                                .get(name)),
                        Map.of(),
                        Map.of()));
        System.out.printf("%n%s, %d per block: %s, %s%n", backend, rate, count.text(), result.verdict());
        if (result.verdict() != Verdict.PASSED) {
            System.out.println(result.failures());
        }
        return result.verdict();
    }

    /** Keeps the run to count its blobs when it is over. */
    private static final class Count implements WorkloadGenerator {
        private volatile Optional<RunContext> run = Optional.empty();

        @Override
        public String name() {
            return "count";
        }

        @Override
        public void drive(RunContext context) {
            run = Optional.of(context);
        }

        private String text() {
            var ledger = BlobLedger.of(run.orElseThrow().journal().events());
            int retrievable = ledger.count(BlobLedger.State.RETRIEVABLE);
            return String.format(
                    "%d blobs submitted, %d final and given back, %.1f a second",
                    ledger.size(), retrievable, (double) retrievable / WINDOW.toSeconds());
        }
    }
}
