package org.junitnomos.jupiter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junitnomos.jupiter.NodeBudget.Permit;
import org.slf4j.LoggerFactory;

/**
 * Hold what all test classes of a launcher session share: the budget, shared clusters, and every open run, so that what
 * JUnit did not close is closed at the end. Thread-safe.
 *
 * <p>Closing never throws: a failure there would take the whole launcher down.
 */
final class TestSession implements AutoCloseable {

    private final NodeBudget budget;
    private final ClusterShelf shared = new ClusterShelf();
    private final List<ClusterShelf> shelves = new CopyOnWriteArrayList<>();
    private final Set<AutoCloseable> open = new LinkedHashSet<>();
    private final Thread hook = new Thread(this::closeAll, "nomos-shutdown");

    /**
     * Begin a session.
     *
     * @param maxNodes most nodes at once; 0 for no limit
     */
    TestSession(int maxNodes) {
        budget = new NodeBudget(maxNodes == 0 ? Integer.MAX_VALUE : maxNodes);
        shelves.add(shared);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Return the clusters of all classes. */
    ClusterShelf shared() {
        return shared;
    }

    /** Make a shelf for the clusters of one class; what is idle on it makes room for others. */
    ClusterShelf shelf() {
        var shelf = new ClusterShelf();
        shelves.add(shelf);
        return shelf;
    }

    Permit admit(String owner, int nodes, List<Permit> ancestors) throws InterruptedException {
        return budget.acquire(owner, nodes, ancestors, this::evict);
    }

    synchronized void opened(AutoCloseable run) {
        open.add(run);
    }

    void closed(AutoCloseable run) {
        synchronized (this) {
            open.remove(run);
        }
        budget.changed();
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LoggerFactory.getLogger(TestSession.class).debug("the JVM shuts down", e);
        }
    }

    private boolean evict() {
        for (var shelf : shelves) {
            try {
                if (shelf.evict()) {
                    return true;
                }
            } catch (Exception e) {
                LoggerFactory.getLogger(TestSession.class).warn("A cluster that nobody used could not be closed", e);
                return true;
            }
        }
        return false;
    }

    private void closeAll() {
        List<AutoCloseable> left;
        synchronized (this) {
            left = List.copyOf(open);
            open.clear();
        }
        left.forEach(TestSession::closeQuietly);
        shelves.forEach(TestSession::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(TestSession.class)
                    .warn("A cluster could not be cleaned up at the end of the test session", e);
        }
    }
}
