package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.process.ProcessDeployer;
import org.junitnomos.internal.RealTimeline;
import org.junitnomos.topology.TopologySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How long ten nodes take on the process backend, from nothing to ready; prints what memory they hold then. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class ProcessDeployBenchmark {
    private Path directory = Path.of("unset");
    private RealTimeline timeline = new RealTimeline();
    private Deployment deployed;
    private long seed;

    /** Make a place for logs and state. */
    @Setup
    public void create() throws IOException {
        directory = Files.createTempDirectory("nomos-bench");
    }

    /** Remove everything. */
    @TearDown
    public void remove() throws IOException {
        timeline.close();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Ten validators to ready, each a process. */
    @Benchmark
    public int tenNodes() throws Exception {
        deployed = timeline.call(() -> new ProcessDeployer()
                .deploy(new DeployRequest(
                        TopologySpec.of(10, 0),
                        seed++,
                        timeline,
                        Files.createDirectory(directory.resolve("run-" + seed)),
                        Duration.ofMinutes(1),
                        LogLevel.INFO,
                        (node, state, intended, reason) -> {})));
        return deployed.nodes().size();
    }

    /** Print the memory of the nodes, and stop them; not measured. */
    @TearDown(Level.Invocation)
    public void stop() throws Exception {
        var nodes = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("DevNodeMain"))
                .toList();
        var memory = nodes.stream().map(child -> kilobytes(child.pid())).toList();
        long processor = nodes.stream()
                .mapToLong(child ->
                        child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
                .sum();
        System.out.println(nodes.size() + " nodes, each, median: resident " + median(memory, 0) / 1024
                + " MB, of which its own share " + median(memory, 1) / 1024 + " MB; all: " + processor
                + " ms of processor time");
        timeline.call(() -> {
            deployed.close();
            return true;
        });
    }

    private static long median(List<List<Long>> values, int column) {
        var sorted = values.stream().map(row -> row.get(column)).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }

    /** Resident and proportional size of a process; 0 where the system does not tell. */
    private static List<Long> kilobytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            long rss = 0;
            long pss = 0;
            for (var line : lines.toList()) {
                if (line.startsWith("Rss:")) {
                    rss = Long.parseLong(line.replaceAll("[^0-9]", ""));
                } else if (line.startsWith("Pss:")) {
                    pss = Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
            return List.of(rss, pss);
        } catch (IOException e) {
            return List.of(0L, 0L);
        }
    }
}
