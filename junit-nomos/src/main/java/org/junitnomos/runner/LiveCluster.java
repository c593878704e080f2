package org.junitnomos.runner;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.defect.PlantedDefect;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployer;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.feed.ClusterFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioValidationException;
import org.junitnomos.settings.RunSettings;
import org.junitnomos.settings.TimeMode;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.time.Timeline;
import org.junitnomos.time.VirtualTimeSettings;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.NodeState;

/**
 * Owns a cluster: its clock, deployment, block feed and directory. It is deployed by the first run that needs it and
 * may serve several runs, one after the other. Thread-safe.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class LiveCluster implements AutoCloseable {
    /** Fresh seeds are short, because people type them. */
    private static final int FRESH_SEEDS = 1_000_000_000;

    private final Scenario scenario;
    private final RunSettings settings;
    private final Deployer deployer;
    private final List<PlantedDefect> planted;
    private final TimeMode time;
    private final long seed;
    private final Timeline timeline;
    private final LazyClients httpClients = new LazyClients();
    private final ClusterMetrics metrics;
    private final Object lock = new Object();
    private @Nullable Running running;
    private @Nullable Throwable failure;
    private volatile @Nullable Journal journal;
    private volatile Consumer<String> notices = text -> {};
    private volatile Consumer<String> losses = text -> {};
    private int runs;
    private boolean inUse;
    private boolean failed;
    private boolean stopped;
    private boolean closed;
    private boolean logsCopied;
    private @Nullable Path directory;

    private LiveCluster(Scenario scenario, RunSettings settings, Deployer deployer, List<PlantedDefect> planted) {
        this.planted = List.copyOf(planted);
        this.scenario = scenario;
        this.settings = settings;
        this.deployer = deployer;
        this.time = scenario.timeMode();
        Long fixed = Replay.seed(settings);
        this.seed = fixed != null ? fixed : new SecureRandom().nextInt(FRESH_SEEDS);
        this.timeline = time == TimeMode.VIRTUAL
                ? new VirtualTimeline(VirtualTimeSettings.defaults().withNotices(text -> notices.accept(text)))
                : new RealTimeline();
        this.metrics = new ClusterMetrics(settings, timeline, text -> notices.accept(text));
    }

    /** The parts of a cluster that runs. */
    record Running(
            Timeline timeline, Deployment deployment, ClusterFeed feed, Path directory, ClusterMetrics metrics) {}

    /**
     * Prepares a cluster; nothing is started yet.
     *
     * @param scenario topology, backend and time are taken from it, with the settings applied
     * @return the cluster; owned by the caller, who must close it
     * @throws ScenarioValidationException if the plan cannot run with these settings
     */
    public static LiveCluster of(Scenario scenario, RunSettings settings) {
        Scenario plan = SettingsApplication.apply(settings, scenario);
        return of(plan, settings, Deployers.load().find(plan.backend()));
    }

    /** Prepares a cluster of a plan to which the settings were applied. */
    static LiveCluster of(Scenario plan, RunSettings settings, Deployer deployer) {
        return of(plan, settings, deployer, List.of());
    }

    /** Prepares a cluster some of whose nodes have defects. */
    static LiveCluster of(Scenario plan, RunSettings settings, Deployer deployer, List<PlantedDefect> planted) {
        return new LiveCluster(plan, settings, deployer, planted);
    }

    /** {@return the seed of the cluster and of every run on it: that of the settings, or a fresh one} */
    public long seed() {
        return seed;
    }

    /**
     * Says whether another run may use it: it was deployed, or never tried, is not closed or in use, and no run on it
     * failed.
     */
    public boolean isReusable() {
        synchronized (lock) {
            return !closed && !stopped && !failed && !inUse && failure == null;
        }
    }

    Scenario plan() {
        return scenario;
    }

    TimeMode time() {
        return time;
    }

    /** Tells the run that uses the cluster now who stops its virtual clock, and how to avoid it. */
    void onNotice(Consumer<String> receiver) {
        notices = receiver;
    }

    /** Tells the run that uses the cluster now when it is lost. */
    void onLoss(Consumer<String> receiver) {
        losses = receiver;
    }

    Timeline timeline() {
        return timeline;
    }

    String systemUnderTest() {
        synchronized (lock) {
            return SystemText.of(
                    scenario,
                    deployer,
                    running != null ? running.deployment().systemUnderTest() : deployer.systemUnderTest());
        }
    }

    /** What the backend tells before the deploy, which is the same for every run of one plan and setting. */
    String declaredSystem() {
        return SystemText.of(scenario, deployer, deployer.systemUnderTest());
    }

    @Nullable
    Running running() {
        synchronized (lock) {
            return running;
        }
    }

    /** Begins a run; returns its number, from 1. */
    int beginRun() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the cluster of scenario '" + scenario.name() + "' is closed");
            }
            if (inUse) {
                throw new IllegalStateException("the cluster of scenario '" + scenario.name()
                        + "' serves another run just now. Close that run first");
            }
            inUse = true;
            return ++runs;
        }
    }

    /** Records what happens to the nodes in that journal until the run ends. */
    void recordIn(Journal newJournal) {
        journal = newJournal;
    }

    void endRun(boolean passed) {
        synchronized (lock) {
            inUse = false;
            failed |= !passed;
            journal = null;
        }
    }

    /** Deploys unless that was done before; called on a managed thread, by one run at a time. */
    Running deploy(Path runDirectory) throws InterruptedException {
        synchronized (lock) {
            if (running != null) {
                return running;
            }
            if (failure != null) {
                throw Rethrow.unchecked(failure);
            }
            directory = runDirectory;
        }
        try {
            var deployed = launch(runDirectory);
            synchronized (lock) {
                running = deployed;
            }
            return deployed;
        } catch (InterruptedException | RuntimeException | Error e) {
            synchronized (lock) {
                failure = e;
            }
            throw e;
        }
    }

    private Running launch(Path directory) throws InterruptedException {
        var request = new DeployRequestValues(
                scenario.topology(),
                seed,
                timeline,
                directory,
                settings.readinessTimeout(),
                settings.logLevel(),
                new NodeEvents(),
                httpClients::client,
                planted,
                metrics.sink());
        metrics.prepare(scenario);
        var deployment = Objects.requireNonNull(deployer.deploy(request), "deployer returned no deployment");
        try {
            metrics.start(scenario, directory);
            var clients = deployment.nodes().stream().map(node -> node.client()).toList();
            var feed = ClusterFeed.start(
                    timeline,
                    deployment.genesis().id(),
                    scenario.topology().consensus().slotDuration(),
                    clients);
            return new Running(timeline, deployment, feed, directory, metrics);
        } catch (RuntimeException | InterruptedException | Error e) {
            var closer = new Closer();
            closer.add(metrics);
            closer.add(deployment);
            closer.closeAfter(e);
            throw e;
        }
    }

    /** Writes down what happens to nodes. */
    private final class NodeEvents implements NodeStateListener {
        @Override
        public void onState(String node, NodeState state, boolean intended, String reason) {
            follow(node, state);
            var current = journal;
            if (current != null) {
                current.append(new JournalEvent.NodeStateChanged(timeline.nanos(), node, state, intended, reason));
            }
            var known = running();
            if (state == NodeState.DEAD && known != null) {
                known.deployment().lost().ifPresent(losses);
            }
        }

        @Override
        public void onUpgrade(String node, String from, String to) {
            var current = journal;
            if (current != null) {
                current.append(new JournalEvent.NodeUpgraded(timeline.nanos(), node, from, to));
            }
        }
    }

    /** Lets the feed read a node that was added, and leave one that was removed. */
    private void follow(String node, NodeState state) {
        Running current;
        synchronized (lock) {
            current = running;
        }
        if (current == null) {
            return;
        }
        if (state == NodeState.REMOVED) {
            current.feed().unwatch(node);
        } else if (state == NodeState.READY) {
            current.feed().watch(current.deployment().node(node).client());
        }
    }

    /** Stops the nodes, then everything around them, at last the clock. Idempotent. */
    void shutDown() throws Exception {
        Running stopping;
        Path deployedTo;
        synchronized (lock) {
            if (stopped) {
                return;
            }
            stopped = true;
            stopping = running;
            deployedTo = directory;
        }
        var closer = new Closer();
        if (deployedTo != null) {
            closer.add(() -> LeakAudit.check(deployedTo));
        }
        closer.add(timeline);
        closer.add(httpClients);
        closer.add(metrics);
        if (stopping != null) {
            closer.add(() -> timeline.call(() -> {
                var nodes = new Closer();
                nodes.add(stopping.deployment());
                nodes.add(stopping.feed());
                nodes.close();
                return true;
            }));
        }
        closer.close();
    }

    /**
     * Copies the logs of the nodes where the settings say; once, and not before the nodes have ended.
     *
     * @throws java.io.UncheckedIOException if they cannot be copied
     */
    void copyLogs() {
        Path copied;
        synchronized (lock) {
            copied = logsCopied ? null : directory;
            logsCopied = true;
        }
        if (copied != null) {
            Evidence.copyLogs(copied, settings);
        }
    }

    /** The steps that remove the nodes whatever threads of a run do: in order, then by the ledger alone. */
    List<CleanupStep> removal() {
        return List.of(this::shutDown, () -> {
            Path deployedTo = directory();
            if (deployedTo != null) {
                LeakAudit.check(deployedTo);
            }
        });
    }

    /** Keeps or drops what the nodes left, by the settings. */
    void tidy() {
        Path tidied;
        boolean passed;
        synchronized (lock) {
            tidied = directory;
            directory = null;
            passed = !failed && failure == null;
        }
        if (tidied != null) {
            Evidence.tidy(tidied, settings, passed);
        }
    }

    /** Returns the directory in which the nodes keep logs and state; null before the deploy. */
    @Nullable
    Path directory() {
        synchronized (lock) {
            return directory;
        }
    }

    /**
     * Stops and removes everything. Idempotent.
     *
     * @throws DeploymentException if something is left behind; names it
     */
    @Override
    public void close() {
        boolean deployed;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            deployed = !stopped;
        }
        try {
            if (deployed) {
                new ClusterEnd(this).shutDown();
            }
            copyLogs();
        } catch (Exception e) {
            synchronized (lock) {
                failed = true;
            }
            throw Rethrow.unchecked(e);
        } finally {
            tidy();
        }
    }
}
