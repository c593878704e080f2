package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.container.ContainerDeployer;
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

/** How long ten nodes take in containers: from nothing to ready with the image built, and from ready to nothing. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class ContainerDeployBenchmark {
    private Path directory = Path.of("unset");
    private RealTimeline timeline = new RealTimeline();
    private Deployment deployed;
    private long seed;

    /** Make a place for logs. */
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

    /** Ten validators to ready, each in a container. */
    @Benchmark
    public int tenNodes() throws Exception {
        deployed = timeline.call(() -> new ContainerDeployer()
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

    /** Stop and remove them, and print how long that took. */
    @TearDown(Level.Invocation)
    public void stop() throws Exception {
        long begin = System.nanoTime();
        timeline.call(() -> {
            deployed.close();
            return true;
        });
        System.out.println("removed in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms");
    }
}
