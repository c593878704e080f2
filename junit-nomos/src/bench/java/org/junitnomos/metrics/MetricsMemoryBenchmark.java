package org.junitnomos.metrics;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junitnomos.client.HttpTransport;
import org.junitnomos.client.NodeClient;
import org.junitnomos.client.NodeClients;
import org.junitnomos.client.NodeEndpoint;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is kept in memory of the metrics of a run, by the length of its run window. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MetricsMemoryBenchmark {
    private static final Duration SLOT = Duration.ofSeconds(2);
    private static final int NODES = 5;

    /** How long, and how much. */
    @State(Scope.Benchmark)
    public static class Run {
        /** Length of the run window. */
        @Param({"1", "24", "240"})
        public int hours;

        /** What each node tells; a dev node outside of the test JVM tells 16. */
        @Param({"16", "1000"})
        public int metrics;
    }

    /** What is left when the run window ends. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Kept {
        /** Of the heap. */
        public long kibibytes;

        /** Of all nodes. */
        public long events;
    }

    private record Node(NodeSpec spec, NodeClient client) implements NodeHandle {
        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public boolean isPaused() {
            return false;
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }
    }

    /** Five nodes, of which every metric is another one each time. */
    @Benchmark
    public InMemoryJournal kept(Run run, Kept kept) throws Exception {
        long before = used();
        var asked = new AtomicLong();
        var journal = new InMemoryJournal();
        var nodes = new ArrayList<NodeHandle>();
        var window = Duration.ofHours(run.hours);
        try (var timeline = new VirtualTimeline();
                var clients = NodeClients.over(request -> answer(asked.incrementAndGet(), run.metrics))) {
            for (int i = 0; i < NODES; i++) {
                var address = URI.create("http://validator-" + i);
                nodes.add(new Node(
                        new NodeSpec("validator-" + i, NodeRole.VALIDATOR, i),
                        clients.client(new NodeEndpoint("validator-" + i, address, address))));
            }
            var collector = new MetricsCollector(
                    timeline, cluster(nodes), journal, MetricsCollector.period(SLOT, window), PushedMetrics.NONE);
            timeline.call(() -> {
                collector.sample();
                collector.start();
                timeline.sleep(window);
                collector.stop();
                return true;
            });
            kept.kibibytes = (used() - before) / 1024;
            kept.events = journal.events().size();
        }
        return journal;
    }

    private static HttpTransport.Response answer(long asked, int metrics) {
        String text = IntStream.range(0, metrics)
                .mapToObj(i -> "nomos_dev_node_metric_" + i + " " + (asked + i) + "\n")
                .collect(Collectors.joining());
        return new HttpTransport.Response(
                200, Map.of(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Cluster cluster(List<NodeHandle> nodes) {
        return (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> nodes);
    }

    private static long used() {
        System.gc();
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
