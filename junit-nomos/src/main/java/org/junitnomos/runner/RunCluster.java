package org.junitnomos.runner;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;

/**
 * The cluster as a run hands it out. Whatever is done to nodes and links through it goes through the run, and is on its
 * record; the way around, by the API of a node, is closed. It refuses every call once the run is closed, also if the
 * cluster goes on and serves another run.
 */
final class RunCluster implements Cluster {
    private final Cluster cluster;
    private final NodeControl control;
    private final Runnable check;
    private final RunContext run;
    private final Map<String, NodeHandle> nodes = new ConcurrentHashMap<>();

    /**
     * Hands out a cluster.
     *
     * @param control the control of the run
     * @param check throws once the run is closed
     * @param run what hands it out
     */
    RunCluster(Cluster cluster, NodeControl control, Runnable check, RunContext run) {
        this.cluster = cluster;
        this.control = Fence.of(check).around(NodeControl.class, control);
        this.check = check;
        this.run = run;
    }

    private Cluster open() {
        check.run();
        return cluster;
    }

    @Override
    public TopologySpec topology() {
        return cluster.topology();
    }

    @Override
    public String systemUnderTest() {
        return cluster.systemUnderTest();
    }

    @Override
    public List<NodeHandle> nodes() {
        return open().nodes().stream()
                .map(node -> nodes.computeIfAbsent(node.name(), name -> new Node(node, check, run)))
                .toList();
    }

    @Override
    public NodeControl control() {
        return control;
    }

    @Override
    public Optional<String> lost() {
        return open().lost();
    }

    @Override
    public Optional<String> networkId() {
        return open().networkId();
    }

    @Override
    public Genesis genesis() {
        return cluster.genesis();
    }

    @Override
    public Duration chainStart() {
        return cluster.chainStart();
    }

    @Override
    public <T> Optional<T> owner(Class<T> type) {
        return owner(run, type);
    }

    private static <T> Optional<T> owner(RunContext run, Class<T> type) {
        return Optional.of(run).filter(type::isInstance).map(type::cast);
    }

    @Override
    public String toString() {
        return cluster.systemUnderTest() + " " + cluster.topology();
    }

    /** A node of it. */
    private static final class Node implements NodeHandle {
        private final NodeHandle node;
        private final Runnable check;
        private final RunContext run;
        private final NodeClient client;

        Node(NodeHandle node, Runnable check, RunContext run) {
            this.node = node;
            this.check = check;
            this.run = run;
            this.client = new RunClients(check).around(node.client());
        }

        @Override
        public NodeSpec spec() {
            return node.spec();
        }

        @Override
        public NodeClient client() {
            return client;
        }

        @Override
        public URI url() {
            check.run();
            return node.url();
        }

        @Override
        public URI innerUrl() {
            check.run();
            return node.innerUrl();
        }

        @Override
        public boolean isRunning() {
            check.run();
            return node.isRunning();
        }

        @Override
        public boolean isPaused() {
            check.run();
            return node.isPaused();
        }

        @Override
        public Optional<Path> log() {
            return node.log();
        }

        @Override
        public <T> Optional<T> owner(Class<T> type) {
            return RunCluster.owner(run, type);
        }

        @Override
        public String toString() {
            return node.name();
        }
    }
}
