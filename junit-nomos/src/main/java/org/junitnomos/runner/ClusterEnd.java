package org.junitnomos.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.time.DurationText;
import org.slf4j.LoggerFactory;

/** The end of a cluster that no run owns, within a limit of its own: it may hang as the cleanup of a run may. */
final class ClusterEnd implements Hanging {
    private final LiveCluster cluster;
    private final List<Throwable> problems = new ArrayList<>();

    ClusterEnd(LiveCluster cluster) {
        this.cluster = cluster;
    }

    /** Stops the nodes and everything around them. */
    void shutDown() throws Exception {
        var activities = new Activities();
        try (var deadline = new Deadline()) {
            var closing = activities.begin("the removal of the cluster");
            String found = name() + " was not removed within its limit of " + DurationText.format(LastResort.cleanup())
                    + " of real time";
            deadline.arm(LastResort.cleanup(), () -> {
                String text = found + "; " + String.join(", ", activities.texts());
                writeThreads(text);
                activities.interrupt();
                LastResort.begin(deadline, activities, this, found);
            });
            try {
                cluster.shutDown();
            } finally {
                activities.end(closing);
            }
        }
        synchronized (problems) {
            for (var problem : problems) {
                throw Rethrow.unchecked(problem);
            }
        }
    }

    private void writeThreads(String text) {
        Path directory = cluster.directory();
        if (directory == null) {
            return;
        }
        try {
            Deadline.dumpThreads(directory.resolve(Deadline.DUMP), text);
        } catch (IOException e) {
            LoggerFactory.getLogger(ClusterEnd.class).warn("cannot write the thread dump into {}", directory, e);
        }
    }

    @Override
    public String name() {
        return "the cluster of scenario '" + cluster.plan().name() + "'";
    }

    @Override
    public List<String> where() {
        return List.of("seed: " + cluster.seed(), "evidence: " + cluster.directory() + " (" + Deadline.DUMP + ")");
    }

    @Override
    public LiveCluster cluster() {
        return cluster;
    }

    @Override
    public void problem(Throwable problem) {
        synchronized (problems) {
            problems.add(problem);
        }
    }

    @Override
    public void last() {
        // the journals of its runs are closed
    }
}
