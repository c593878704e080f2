package org.junitnomos.jupiter;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.Verdict;
import org.junitnomos.runner.Closer;
import org.junitnomos.runner.RunResult;
import org.junitnomos.runner.ScenarioRun;
import org.junitnomos.runner.ThrowingBody;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.ScenarioClock;

/**
 * One run as JUnit sees it: lazily deployed within the budget, driven by the first test node that comes, closed with
 * the store that holds it or before. Thread-safe.
 */
final class TestRun implements OpenRun {
    private final Plan plan;
    private final ScenarioRun run;
    private final Admission admission;
    private final List<Admission> ancestors;
    private final Closer closer = new Closer();
    private final AtomicBoolean driven = new AtomicBoolean();
    private volatile @Nullable Handles handles;
    private volatile boolean started;
    private volatile boolean over;
    private volatile @Nullable Throwable startFailure;
    private volatile @Nullable RunResult result;

    /**
     * Holds a run.
     *
     * @param plan what runs
     * @param run its phases
     * @param admission asked before the deploy
     * @param ancestors held by runs that end after this one
     * @param afterwards closed after the run: what gives its cluster back
     * @param closed told when all of it is closed
     */
    TestRun(
            Plan plan,
            ScenarioRun run,
            Admission admission,
            List<Admission> ancestors,
            AutoCloseable afterwards,
            Consumer<TestRun> closed) {
        this.plan = plan;
        this.run = run;
        this.admission = admission;
        this.ancestors = List.copyOf(ancestors);
        closer.add(() -> closed.accept(this));
        closer.add(afterwards);
        closer.add(run);
    }

    Plan plan() {
        return plan;
    }

    ScenarioRun phases() {
        return run;
    }

    Admission admission() {
        return admission;
    }

    /** What tests are given; taken once, so that it can still be handed out, if not used, after the end of the run. */
    record Handles(
            RunContext context,
            Cluster cluster,
            NodeControl control,
            BlockFeed feed,
            Journal journal,
            ScenarioClock clock,
            List<NodeHandle> nodes,
            Path directory) {
        static Handles of(RunContext context) {
            return new Handles(
                    context,
                    context.cluster(),
                    context.control(),
                    context.feed(),
                    context.journal(),
                    context.clock(),
                    context.cluster().nodes(),
                    context.directory());
        }
    }

    /** Returns the nodes as they are now; after the end of the run those that were deployed. */
    List<NodeHandle> nodes() {
        var given = deploy();
        return over ? given.nodes() : given.cluster().nodes();
    }

    /** Returns what tests are given; waits for room and deploys if needed. */
    Handles deploy() {
        var taken = handles;
        if (taken == null) {
            if (!run.isDeployFailed()) {
                admission.await(ancestors);
            }
            taken = Handles.of(run.deploy());
            handles = taken;
        }
        return taken;
    }

    /** Tells how to replay the run beside a failure whose own text is the user's; not before there is a cluster. */
    void addReplay(Throwable failure) {
        var taken = handles;
        if (taken != null) {
            ThrownResult.addReplay(failure, run.info(), taken.directory());
        }
    }

    /** Ends a run whose body never came: because of what the test failed with, if it did. */
    void giveUp(@Nullable Throwable failure) {
        if (failure != null) {
            run.fail(failure);
            finish();
        }
    }

    boolean isDeployFailed() {
        return run.isDeployFailed();
    }

    /** Lets the first test node that asks drive the run. */
    boolean claim() {
        return driven.compareAndSet(false, true);
    }

    /** Takes the baselines and begins to drive. What fails is told by {@link #finish()}; the body must not run then. */
    void start() {
        try {
            deploy();
            run.start();
            started = true;
        } catch (RuntimeException | Error e) {
            startFailure = e;
        }
    }

    boolean isStartFailed() {
        return startFailure != null;
    }

    boolean isStarted() {
        return started;
    }

    Optional<Throwable> startFailure() {
        return Optional.ofNullable(startFailure);
    }

    /**
     * Runs a test body as part of the run.
     *
     * @param endsWindow whether a failure of the body ends the run window: not if the run spans several tests
     */
    void body(ThrowingBody body, boolean endsWindow) throws Throwable {
        if (endsWindow) {
            run.body(body);
            return;
        }
        var thrown = new Throwable[1];
        run.body(() -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                thrown[0] = e;
            }
        });
        if (thrown[0] != null) {
            throw thrown[0];
        }
    }

    /** Waits for the end of the run window and judges. */
    RunResult finish() {
        var finished = result;
        if (finished == null) {
            finished = run.finish();
            result = finished;
        }
        return finished;
    }

    Optional<RunResult> result() {
        return Optional.ofNullable(result);
    }

    /** Cleans up, and leaves the verdict open for what fails later. */
    void tearDown() {
        over = true;
        run.tearDown();
    }

    /** Cleans up and writes what is kept, and leaves the verdict open for what fails later. */
    void settle() {
        over = true;
        run.settle();
    }

    /** Says whether a failure that is not told yet would change the verdict, and nothing is lost by waiting for it. */
    boolean mayGetWorse() {
        var verdict = run.result().map(RunResult::verdict);
        return verdict.filter(each ->
                        each == Verdict.PASSED || each == Verdict.INCONCLUSIVE && plan.cluster() == ClusterScope.RUN)
                .isPresent();
    }

    @Override
    public void cutOff(String reason) {
        run.cutOff(reason);
    }

    @Override
    public void abort() {
        run.abort();
    }

    @Override
    public void close() throws Exception {
        over = true;
        closer.close();
    }
}
