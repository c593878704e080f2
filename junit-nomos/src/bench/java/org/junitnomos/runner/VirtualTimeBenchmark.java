package org.junitnomos.runner;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junitnomos.defect.NodeDefect;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.expectation.Healthy;
import org.junitnomos.expectation.HeightConvergence;
import org.junitnomos.expectation.Safety;
import org.junitnomos.expectation.TransactionInclusion;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.workload.HostileTransactionsWorkload;
import org.junitnomos.workload.TransactionWorkload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Whole runs in virtual time, all six phases: how many seconds of the wall an hour of protocol time takes; and the
 * processor time, which says more on a machine that does other work as well.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class VirtualTimeBenchmark {
    private static final List<Expectation> FOUR =
            List.of(new ConsensusLiveness(), new TransactionInclusion(), new Safety(), new HeightConvergence());

    /** Where the runs of one trial write. */
    @State(Scope.Benchmark)
    public static class Runs {
        private Path directory = Path.of("unset");
        private long seed = 4711;
        private long begin;

        /** Make a place for the runs. */
        @Setup
        public void create() throws IOException {
            directory = Files.createTempDirectory("nomos-bench");
        }

        /** Begin to count. */
        @Setup(Level.Iteration)
        public void begin() {
            begin = processorNanos();
        }

        /** Tell what the whole JVM took, compilation and collection of garbage included. */
        @TearDown(Level.Iteration)
        public void tell() {
            System.out.println("processor time " + TimeUnit.NANOSECONDS.toMillis(processorNanos() - begin) + " ms");
        }

        private static long processorNanos() {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getProcessCpuTime();
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

        RunSettings settings() {
            var parameters = new TreeMap<>(Map.of(
                    "nomos.directory", directory.toString(), "nomos.seed", "" + seed++, "nomos.progress", "off"));
            return RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of());
        }

        RunResult run(Scenario scenario) {
            return run(scenario, run -> {});
        }

        RunResult run(Scenario scenario, ScenarioRunner.Body body) {
            var result = ScenarioRunner.run(scenario, settings(), body);
            if (result.verdict() != Verdict.PASSED) {
                throw new IllegalStateException("seed " + (seed - 1) + ": " + result.failures());
            }
            return result;
        }
    }

    /** How many nodes. */
    @State(Scope.Benchmark)
    public static class Size {
        /** Validators, in a star. */
        @Param({"1", "5", "10", "25", "50", "100"})
        public int nodes;
    }

    /** Who judges. */
    @State(Scope.Benchmark)
    public static class Judges {
        /** Liveness, inclusion, safety and convergence; or all that can be decided. */
        @Param({"four", "healthy"})
        public String judges = "";
    }

    /** One hour of protocol time: slot 2 s, 5 transactions per block, four expectations. */
    @Benchmark
    public RunResult oneHour(Runs runs, Size size) {
        return runs.run(hour(size.nodes, FOUR));
    }

    /** The same with five nodes, and with more expectations. */
    @Benchmark
    public RunResult judgedHour(Runs runs, Judges judges) {
        return runs.run(hour(5, judges.judges.equals("four") ? FOUR : List.of(new Healthy())));
    }

    /** How often metrics are taken beside the usual times. */
    @State(Scope.Benchmark)
    public static class Sampling {
        /** Further times every five slots. */
        @Param({"0", "49"})
        public int more;
    }

    /** An hour of five nodes, metrics taken once or fifty times every five slots: a 49th of the difference is theirs. */
    @Benchmark
    public RunResult sampledHour(Runs runs, Sampling sampling) {
        int more = sampling.more;
        return runs.run(hour(5, FOUR), run -> {
            var begin = run.clock().now();
            while (run.clock().now().minus(begin).compareTo(Duration.ofMinutes(59)) < 0) {
                run.clock().sleepSlots(5);
                for (int i = 0; i < more; i++) {
                    run.metrics().sample();
                }
            }
        });
    }

    private static Scenario hour(int nodes, List<Expectation> expectations) {
        var builder = Scenario.builder()
                .name("hour")
                .validators(nodes)
                .wallets(50)
                .workload(new TransactionWorkload(5, 20))
                .runFor(Duration.ofHours(1));
        expectations.forEach(builder::expect);
        return builder.build();
    }

    /** The self-check of ten minutes of four nodes: every defect of the catalogue, and all that can be decided. */
    @Benchmark
    public SelfCheckResult selfCheck(Runs runs) throws InterruptedException {
        var scenario = Scenario.builder()
                .name("self-check")
                .validators(4)
                .layout(NetworkLayout.FULL)
                .wallets(20)
                .workload(new TransactionWorkload(3, 20))
                .workload(new HostileTransactionsWorkload())
                .expect(new Healthy())
                .runFor(Duration.ofMinutes(10))
                .build();
        var result = new SelfCheckRun(scenario, runs.settings(), List.of(NodeDefect.values()), List.of(4711L)).run();
        System.out.println(result.findings().size() + " defects");
        if (!result.alarms().isEmpty()) {
            throw new IllegalStateException(result.alarms().toString());
        }
        return result;
    }
}
