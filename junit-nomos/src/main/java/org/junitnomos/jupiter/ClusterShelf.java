package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.runner.Closer;
import org.junitnomos.runner.LiveCluster;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.topology.TopologySpec;

/** Keeps clusters that outlive a run, for the next run with an equal topology. Thread-safe. */
final class ClusterShelf implements AutoCloseable {
    /** Most clusters that are kept while nobody uses them. */
    private static final int IDLE = 4;

    private final List<Shelved> clusters = new ArrayList<>();
    private boolean closed;

    /** What two runs must have in common to use one cluster. */
    private record Key(
            TopologySpec topology,
            String backend,
            TimeMode time,
            boolean observability,
            @Nullable String observabilityImage) {
        static Key of(Scenario scenario) {
            return new Key(
                    scenario.topology(),
                    scenario.backend(),
                    scenario.timeMode(),
                    scenario.observability(),
                    scenario.observabilityImage());
        }
    }

    /** A cluster on the shelf, with its room in the budget. */
    static final class Shelved {
        private final Key key;
        private final LiveCluster cluster;
        private final Admission admission;
        private boolean leased = true;

        private Shelved(Key key, LiveCluster cluster, Admission admission) {
            this.key = key;
            this.cluster = cluster;
            this.admission = admission;
        }

        LiveCluster cluster() {
            return cluster;
        }

        Admission admission() {
            return admission;
        }

        private void close() throws Exception {
            var closer = new Closer();
            closer.add(admission);
            closer.add(cluster);
            closer.close();
        }
    }

    /**
     * Leases a cluster to one run.
     *
     * @param scenario topology, backend, time and Prometheus must be equal
     * @param create makes a new one if none is free
     * @param admission room of a new one
     * @return to be given back
     */
    synchronized Shelved take(Scenario scenario, Supplier<LiveCluster> create, Supplier<Admission> admission) {
        if (closed) {
            throw new IllegalStateException("the test session is over: its clusters are closed");
        }
        var key = Key.of(scenario);
        for (var shelved : clusters) {
            if (!shelved.leased && shelved.key.equals(key) && shelved.cluster.isReusable()) {
                shelved.leased = true;
                return shelved;
            }
        }
        var shelved = new Shelved(key, create.get(), admission.get());
        clusters.add(shelved);
        return shelved;
    }

    /** Ends a lease; a cluster that cannot be used again is closed, and so are the oldest ones too many. */
    void giveBack(Shelved shelved) throws Exception {
        var closer = new Closer();
        synchronized (this) {
            shelved.leased = false;
            if (!shelved.cluster.isReusable()) {
                clusters.remove(shelved);
                closer.add(shelved::close);
            }
            var idle = clusters.stream().filter(each -> !each.leased).toList();
            for (int i = 0; i < idle.size() - IDLE; i++) {
                clusters.remove(idle.get(i));
                closer.add(idle.get(i)::close);
            }
        }
        closer.close();
    }

    /** Ends the lease of a run that could not be made. */
    void giveBackAfter(Throwable primary, Shelved shelved) {
        var closer = new Closer();
        closer.add(() -> giveBack(shelved));
        closer.closeAfter(primary);
    }

    /** Closes one cluster that nobody uses; false if there is none. */
    boolean evict() throws Exception {
        Shelved oldest;
        synchronized (this) {
            oldest = clusters.stream()
                    .filter(each -> !each.leased && each.admission.permit().isPresent())
                    .findFirst()
                    .orElse(null);
            if (oldest == null) {
                return false;
            }
            clusters.remove(oldest);
        }
        oldest.close();
        return true;
    }

    @Override
    public void close() throws Exception {
        var closer = new Closer();
        synchronized (this) {
            closed = true;
            clusters.forEach(shelved -> closer.add(shelved::close));
            clusters.clear();
        }
        closer.close();
    }
}
