package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.workload.TransactionWorkload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Runs of a minute with five validators on one backend in real time. What they find out they print. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public abstract class ClusterBenchmark {
    /** How long the load lasts. */
    protected static final Duration WINDOW = Duration.ofSeconds(Integer.getInteger("bench.seconds", 60));

    private static final int NODES = 5;

    private final String backend;
    private Path directory = Path.of("unset");
    private long seed = 4711;

    /** Run on a backend. */
    protected ClusterBenchmark(String backend) {
        this.backend = backend;
    }

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

    /** Describe the cluster. */
    protected final ScenarioBuilder cluster(String name, Duration slot, int wallets) {
        return Scenario.builder()
                .name(name)
                .backend(backend)
                .time(TimeMode.REAL)
                .validators(NODES)
                .slot(slot)
                .wallets(wallets)
                .walletValue(1)
                .cooldown(Duration.ofSeconds(10))
                .runFor(WINDOW);
    }

    /** Run a scenario, with a seed of its own. */
    protected final RunResult run(Scenario scenario) {
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
}
