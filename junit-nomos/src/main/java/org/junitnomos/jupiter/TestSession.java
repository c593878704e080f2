package org.junitnomos.jupiter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.jupiter.NodeBudget.Permit;
import org.junitnomos.time.Threads;
import org.slf4j.LoggerFactory;

/**
 * What all test classes of a launcher session share: the budget, shared clusters, and every open run, so that what
 * JUnit did not close is closed at the end. Thread-safe.
 *
 * <p>Closing never throws: a failure there would take the whole launcher down.
 */
final class TestSession implements AutoCloseable {

    private static final long CLOSE_LIMIT_MILLIS = 3_000;
    private static final long ABORT_LIMIT_MILLIS = 1_000;
    private static final long KILL_LIMIT_MILLIS = 5_000;

    private final NodeBudget budget;
    private final ClusterShelf shared = new ClusterShelf();
    private final List<ClusterShelf> shelves = new CopyOnWriteArrayList<>();
    private final Set<OpenRun> open = new LinkedHashSet<>();
    private final Thread hook = new Thread(this::endWithTheJvm, "nomos-shutdown");
    private boolean over;

    /**
     * Begins a session.
     *
     * @param maxNodes most nodes at once; 0 for no limit
     * @param notices what users should know, told once
     */
    TestSession(int maxNodes, List<String> notices) {
        notices.forEach(LoggerFactory.getLogger(TestSession.class)::warn);
        budget = new NodeBudget(maxNodes == 0 ? Integer.MAX_VALUE : maxNodes);
        shelves.add(shared);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns the clusters of all classes. */
    ClusterShelf shared() {
        return shared;
    }

    /** Makes a shelf for the clusters of one class; what is idle on it makes room for others. */
    ClusterShelf shelf() {
        var shelf = new ClusterShelf();
        shelves.add(shelf);
        return shelf;
    }

    Permit admit(String owner, int nodes, List<Permit> ancestors) throws InterruptedException {
        return budget.acquire(owner, nodes, ancestors, this::evict);
    }

    /**
     * Takes note of a run.
     *
     * @throws IllegalStateException if the JVM is ending: nobody would clean up
     */
    synchronized void opened(OpenRun run) {
        if (over) {
            throw new IllegalStateException("the JVM is ending: no run can begin any more");
        }
        open.add(run);
    }

    void closed(OpenRun run) {
        synchronized (this) {
            open.remove(run);
        }
        budget.changed();
    }

    @Override
    public void close() {
        cutOff(left(), "JUnit ended its session without ending the run");
        closeAll();
        Session.ofThisJvm().endIfUnused();
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

    /**
     * Ends what is open, because the JVM ends: the evidence first, then in good order, but not for ever, then by force.
     * A thread of a run may be the one that ends the JVM, and never go on; so nothing here waits for one without limit.
     */
    private void endWithTheJvm() {
        List<OpenRun> left;
        synchronized (this) {
            over = true;
            left = left();
        }
        String reason = EndOfJvm.reason();
        Threads.within(CLOSE_LIMIT_MILLIS, "shutdown-close", () -> {
            cutOff(left, reason);
            closeAll();
        });
        Threads.within(ABORT_LIMIT_MILLIS, "shutdown-abort", () -> left.forEach(OpenRun::abort));
        Threads.within(
                KILL_LIMIT_MILLIS, "shutdown-kill", () -> Session.ofThisJvm().close());
    }

    private synchronized List<OpenRun> left() {
        return List.copyOf(open);
    }

    private static void cutOff(List<OpenRun> runs, String reason) {
        for (var run : runs) {
            try {
                run.cutOff(reason);
            } catch (RuntimeException | Error e) {
                LoggerFactory.getLogger(TestSession.class).warn("The evidence of a run is not complete", e);
            }
        }
    }

    private void closeAll() {
        List<OpenRun> left;
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
