package org.junitnomos.runner;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalViews;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.metrics.MetricsCollector;
import org.junitnomos.metrics.RecordedMetrics;
import org.junitnomos.metrics.RunMetrics;
import org.junitnomos.scenario.FaultPlan;
import org.junitnomos.scenario.RunBlobs;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.RunLedgers;
import org.junitnomos.scenario.RunTransactions;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.scenario.Submission;
import org.junitnomos.time.SeededRandoms;
import org.junitnomos.time.Timeline;

/** What workloads, expectations and bodies see of a run; refuses them once the run is closed. */
final class RunView implements RunContext {
    private static final String TEST_BODY = "test body";

    private final RunInfo info;
    private final Timeline timeline;
    private final Cluster cluster;
    private final BlockFeed feed;
    private final Journal journal;
    private final JournalViews views;
    private final MetricsCollector collector;
    private final RunMetrics metrics;
    private final Path directory;
    private final DriveState drive;
    private final WorkloadThreads threads;
    private final NodeControl control;
    private final ScenarioClock clock;
    private final SeededRandoms randoms;
    private final AtomicBoolean closed;
    private final RunSubmissions submissions;
    private final RunTransactions transactions;
    private final RunBlobs blobs;
    private final BiFunction<String, String, String> texts;
    private final String author;
    private final FaultPlan faultPlan;

    RunView(
            RunParts parts,
            LiveCluster.Running running,
            RunRecord record,
            WorkloadThreads threads,
            NodeControl control,
            SeededRandoms randoms) {
        this.info = parts.info;
        this.timeline = running.timeline();
        this.feed = new RunFeed(running.feed(), this);
        this.texts = (about, found) -> parts.texts().render(about, found);
        this.transactions = RunLedgers.transactions(this);
        this.blobs = RunLedgers.blobs(this);
        this.journal = record.journal();
        this.views = new JournalViews(journal);
        var plan = info.scenario();
        this.collector = new MetricsCollector(
                timeline,
                running.deployment(),
                journal,
                MetricsCollector.period(plan.topology().consensus().slotDuration(), plan.runWindow()),
                running.metrics().pushed());
        running.metrics().show(collector::page);
        this.metrics = new RecordedMetrics(
                journal, collector::sample, () -> running.metrics().prometheus());
        this.directory = record.directory();
        this.drive = parts.drive;
        this.threads = threads;
        this.randoms = randoms;
        this.closed = new AtomicBoolean();
        this.cluster = new RunCluster(running.deployment(), control, () -> open(closed), this);
        this.control = cluster.control();
        this.submissions = new RunSubmissions();
        this.author = TEST_BODY;
        this.faultPlan = new JournaledFaultPlan("test", null, journal, timeline::nanos, timeline.nanos());
        this.clock = new RunClock(
                timeline, drive, feed, info.scenario().topology().consensus().slotDuration(), cluster.chainStart());
    }

    private RunView(RunView of, String author, FaultPlan faultPlan) {
        this.info = of.info;
        this.timeline = of.timeline;
        this.cluster = of.cluster;
        this.feed = of.feed;
        this.journal = of.journal;
        this.views = of.views;
        this.collector = of.collector;
        this.metrics = of.metrics;
        this.directory = of.directory;
        this.drive = of.drive;
        this.threads = of.threads;
        this.control = of.control;
        this.clock = of.clock;
        this.randoms = of.randoms;
        this.closed = of.closed;
        this.submissions = of.submissions;
        this.transactions = of.transactions;
        this.blobs = of.blobs;
        this.texts = of.texts;
        this.author = author;
        this.faultPlan = faultPlan;
    }

    /**
     * The same run as a workload sees it.
     *
     * @param name of the workload; several may have one
     * @param unique name of its thread
     */
    RunView of(String name, String unique, @Nullable Replay replay, long driveStart) {
        return new RunView(this, name, new JournaledFaultPlan(unique, replay, journal, timeline::nanos, driveStart));
    }

    /** What fills the metrics, for who says when. */
    MetricsCollector collector() {
        return collector;
    }

    void close() {
        closed.set(true);
    }

    /** Looks into no more blocks. */
    void leaveFeed() throws Exception {
        submissions.close();
    }

    private <T> T open(T part) {
        if (closed.get()) {
            throw new IllegalStateException(
                    "the run of scenario '" + info.scenario().name() + "' (seed " + info.seed()
                            + ") is closed; nothing can be asked of its cluster any more");
        }
        return part;
    }

    @Override
    public Scenario scenario() {
        return info.scenario();
    }

    @Override
    public long seed() {
        return info.seed();
    }

    @Override
    public ScenarioClock clock() {
        return open(clock);
    }

    @Override
    public Random random(String stream) {
        return randoms.random(Objects.requireNonNull(stream, "stream"));
    }

    @Override
    public Cluster cluster() {
        return open(cluster);
    }

    @Override
    public NodeControl control() {
        return open(control);
    }

    @Override
    public FaultPlan faultPlan() {
        return open(faultPlan);
    }

    @Override
    public ZkPublicKey ownerOf(Ed25519PrivateKey key) {
        return cluster.genesis().signer().ownerOf(key);
    }

    @Override
    public SignedMantleTx sign(MantleTx transaction, Ed25519PrivateKey key, Ed25519PrivateKey... more) {
        var keys = Stream.concat(Stream.of(key), Arrays.stream(more)).toList();
        return cluster.genesis().signer().sign(transaction, keys);
    }

    @Override
    public Submission submit(SignedMantleTx transaction, String... nodes) {
        return open(submissions).submit(this, author, transaction, nodes);
    }

    @Override
    public BlockFeed feed() {
        return open(feed);
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public RunMetrics metrics() {
        return open(metrics);
    }

    @Override
    public RunTransactions transactions() {
        return transactions;
    }

    @Override
    public RunBlobs blobs() {
        return blobs;
    }

    @Override
    public String explain(String about, String found) {
        return texts.apply(about, found);
    }

    @Override
    public JournalViews views() {
        return views;
    }

    @Override
    public boolean isDriving() {
        return drive.isOpen();
    }

    @Override
    public void spawn(String name, Body body) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
        open(threads).start(name, unique -> body.run());
    }

    @Override
    public void note(String author, String text) {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(text, "text");
        open(journal).append(new JournalEvent.Note(timeline.nanos(), author, text));
    }

    @Override
    public Path directory() {
        return directory;
    }
}
