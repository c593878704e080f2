package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junitnomos.deploy.embedded.EmbeddedDeployer;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.VirtualTimeSettings;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.TopologySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How long ten nodes take on the embedded backend, from nothing to ready, and to be removed again. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class EmbeddedDeployBenchmark {
    private Path directory = Path.of("unset");
    private long seed;

    /** Make a place for the logs. */
    @Setup
    public void create() throws IOException {
        directory = Files.createTempDirectory("nomos-bench");
    }

    /** Remove the logs. */
    @TearDown
    public void remove() throws IOException {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Ten validators to ready and back; a seed of its own each time, so that nothing is remembered. */
    @Benchmark
    public int tenNodes() throws Exception {
        try (var timeline = new VirtualTimeline(VirtualTimeSettings.defaults())) {
            return timeline.call(() -> {
                var request = new DeployRequestValues(
                        TopologySpec.of(10, 0),
                        seed++,
                        timeline,
                        Files.createDirectory(directory.resolve("run-" + seed)),
                        Duration.ofMinutes(1),
                        LogLevel.INFO,
                        (node, state, intended, reason) -> {});
                try (var deployment = new EmbeddedDeployer().deploy(request)) {
                    return deployment.nodes().size();
                }
            });
        }
    }
}
