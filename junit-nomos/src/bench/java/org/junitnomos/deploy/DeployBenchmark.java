package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.RealTimeline;
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

/** How long validators take on one backend in real time: from nothing to ready, and from ready to nothing. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public abstract class DeployBenchmark {
    private final int nodes;
    private Path directory = Path.of("unset");
    private RealTimeline timeline = new RealTimeline();
    private Deployment deployed;
    private long seed;

    /** Deploy so many validators. */
    protected DeployBenchmark(int nodes) {
        this.nodes = nodes;
    }

    /** Return what deploys them. */
    protected abstract Deployer deployer();

    /** Look at the nodes that run; not measured. */
    protected void look() {}

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

    /** All of them to ready. */
    @Benchmark
    public int deploy() throws Exception {
        deployed = timeline.call(() -> deployer()
                .deploy(new DeployRequestValues(
                        TopologySpec.of(nodes, 0),
                        seed++,
                        timeline,
                        Files.createDirectory(directory.resolve("run-" + seed)),
                        Duration.ofMinutes(1),
                        LogLevel.INFO,
                        (node, state, intended, reason) -> {})));
        return deployed.nodes().size();
    }

    /** Stop and remove them, and print how long that took. */
    @TearDown(Level.Invocation)
    public void stop() throws Exception {
        look();
        long begin = System.nanoTime();
        timeline.call(() -> {
            deployed.close(); // fails if anything is left
            return true;
        });
        System.out.println("removed in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms");
    }
}
