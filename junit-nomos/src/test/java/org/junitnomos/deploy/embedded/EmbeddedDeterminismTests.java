package org.junitnomos.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

class EmbeddedDeterminismTests {
    private static final int REPETITIONS = 20;

    @TempDir
    Path directory;

    /** Return all that can be seen of a run with faults: states, answers, and the logs of the nodes. */
    private List<String> trace(String run, long seed) throws Exception {
        var trace = new ArrayList<String>();
        var topology = new TopologySpec(
                4,
                0,
                NetworkLayout.FULL,
                new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 5),
                new WalletSpec(3, 100),
                LinkSpec.DEFAULT,
                Map.of("validator-3", Duration.ofMillis(120)));
        try (var timeline = new VirtualTimeline()) {
            var request = new DeployRequestValues(
                    topology,
                    seed,
                    timeline,
                    Files.createDirectories(directory.resolve(run)),
                    Duration.ofSeconds(60),
                    LogLevel.DEBUG,
                    (node, state, intended, reason) ->
                            trace.add(timeline.nanos() + " " + node + " " + state + " " + intended + " " + reason));
            timeline.call(() -> {
                try (var cluster = new EmbeddedDeployer(DevNode::new).deploy(request)) {
                    var observer = timeline.spawn("observer", () -> {
                        for (int i = 0; i < 50; i++) {
                            timeline.sleep(Duration.ofMillis(1_300));
                            trace.add(timeline.nanos() + " " + answers(cluster));
                        }
                    });
                    timeline.sleep(Duration.ofSeconds(10));
                    trace.add(cluster.control().restart("validator-1").observed());
                    trace.add(cluster.control()
                            .partition(List.of(List.of("validator-0", "validator-2")))
                            .observed());
                    timeline.sleep(Duration.ofSeconds(20));
                    trace.add(cluster.control().heal().observed());
                    assertThat(observer.join(Duration.ofMinutes(5))).isTrue();
                }
                return null;
            });
        }
        trace.addAll(logs(run));
        return trace;
    }

    private static List<String> answers(Deployment cluster) {
        var answers = new ArrayList<String>();
        for (var node : cluster.nodes()) {
            if (node.isRunning()) {
                answers.add(
                        node.client().cryptarchiaInfo() + " " + node.client().networkInfo());
            }
        }
        return answers;
    }

    private List<String> logs(String run) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            lines.addAll(Files.readAllLines(directory.resolve(run).resolve("nodes/validator-" + i + ".log")));
        }
        return lines;
    }

    @Test
    void repeatsARunByteForByte() throws Exception {
        var first = trace("first", 4711);

        assertThat(first).hasSizeGreaterThan(100);
        for (int i = 1; i < REPETITIONS; i++) {
            assertThat(trace("run-" + i, 4711)).isEqualTo(first);
        }
    }

    @Test
    void runsOtherwiseWithAnotherSeed() throws Exception {
        assertThat(trace("one", 1)).isNotEqualTo(trace("two", 2));
    }
}
