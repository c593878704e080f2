package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.journal.Verdict;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.runner.RunSettings;
import org.junitnomos.runner.ScenarioRunner;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.TimeMode;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.workload.TransactionWorkload;

/** Measures five validators as pods, and prints the figures; what it asserts is only that they are of real clusters. */
@Tag("campaign")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KubernetesSpeedTests {
    private static final int NODES = 5;
    private static final int ROUNDS = Integer.getInteger("campaign.speed.rounds", 7);
    private static final Duration WINDOW = Duration.ofSeconds(Integer.getInteger("campaign.speed.seconds", 60));
    private static final String KUBECONFIG = "nomos.kubernetes.kubeconfig";

    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    @Test
    void deploysAndRemovesFivePods() throws Exception {
        List<Double> deploys = new ArrayList<>();
        List<Double> removals = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            try (var run = new ClusterRun(Files.createDirectory(directory.resolve("round-" + round)))) {
                run.timeline.call(() -> {
                    long begin = System.nanoTime();
                    var deployed = TestCluster.deploy(run, cluster.settings(), NODES);
                    deploys.add(millisSince(begin));
                    assertThat(deployed.nodes()).hasSize(NODES).allMatch(node -> node.isRunning());
                    begin = System.nanoTime();
                    deployed.close(); // fails unless the namespace is gone
                    removals.add(millisSince(begin));
                    return null;
                });
            }
        }
        print("five pods, nothing to ready", deploys);
        print("five pods, ready to namespace gone", removals);
        assertThat(deploys).hasSize(ROUNDS);
    }

    @Test
    void hearsOfBlocksThroughForwardedPorts() throws Exception {
        var before = System.getProperty(KUBECONFIG);
        System.setProperty(KUBECONFIG, cluster.userConfig().toString());
        var probe = new DelayProbe();
        try {
            var scenario = Scenario.builder()
                    .name("feed")
                    .backend(KubernetesDeployer.BACKEND)
                    .time(TimeMode.REAL)
                    .validators(NODES)
                    .slot(Duration.ofMillis(500))
                    .wallets(100)
                    .walletValue(1)
                    .cooldown(Duration.ofSeconds(10))
                    .runFor(WINDOW)
                    .workload(new TransactionWorkload(10, 50))
                    .workload(probe)
                    .build();
            var parameters = new TreeMap<>(
                    Map.of("nomos.directory", directory.toString(), "nomos.seed", "4711", "nomos.progress", "off"));
            var result = ScenarioRunner.run(
                    scenario, RunSettings.read(name -> Optional.ofNullable(parameters.get(name)), Map.of(), Map.of()));
            assertThat(result.verdict()).as("%s", result.failures()).isEqualTo(Verdict.PASSED);
        } finally {
            if (before == null) {
                System.clearProperty(KUBECONFIG);
            } else {
                System.setProperty(KUBECONFIG, before);
            }
        }
        print("block made to block heard of", probe.delays());
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void print(String what, List<Double> millis) {
        assertThat(millis).as(what).isNotEmpty();
        var sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        System.out.printf(
                "%s: %d times, p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, least %.0f ms, most %.0f ms%n",
                what, sorted.size(), at(sorted, 50), at(sorted, 90), at(sorted, 99), sorted.get(0), at(sorted, 100));
    }

    private static double at(List<Double> sorted, int percent) {
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    /** Notes when blocks are heard of, and compares that with the logs of the nodes: all have the clock of one machine. */
    private static final class DelayProbe implements WorkloadGenerator {
        private static final String PROPOSED = "Proposed block ";
        private static final int HEX_DIGITS = 64;

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
                                HeaderId.fromHex(line.substring(id, id + HEX_DIGITS)),
                                time,
                                (one, two) -> one.isBefore(two) ? one : two);
                    }
                }
            }
        }

        List<Double> delays() {
            List<Double> millis = new ArrayList<>();
            heard.forEach((block, at) -> {
                var begin = made.get(block);
                if (begin != null) {
                    millis.add(Duration.between(begin, at).toNanos() / 1e6);
                }
            });
            return millis;
        }
    }
}
