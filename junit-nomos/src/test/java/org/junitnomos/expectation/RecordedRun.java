package org.junitnomos.expectation;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.InMemoryJournal;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.metrics.RecordedMetrics;
import org.junitnomos.metrics.RunMetrics;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.FaultPlan;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioBuilder;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.scenario.Submission;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;

/** A run that was never run: a journal written by hand, for judges that are functions of the journal. */
final class RecordedRun implements RunContext {
    static final long SLOT = Duration.ofSeconds(2).toNanos();

    /** Time of day at which the time of the run is 0. */
    static final Instant EPOCH = Instant.parse("2024-01-01T00:00:00Z");

    private final List<NodeHandle> nodes = new ArrayList<>();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final Scenario scenario;
    private final Genesis genesis;
    private final RecordedBlocks blocks = new RecordedBlocks();
    private long time;

    RecordedRun(int validators, int wallets) {
        this(Scenario.builder().validators(validators).wallets(wallets));
    }

    RecordedRun(ScenarioBuilder plan) {
        scenario = plan.name("recorded").build();
        genesis = Genesis.derive(scenario.topology(), 1);
    }

    RecordedRun at(long slot) {
        time = slot * SLOT + SLOT / 4;
        return this;
    }

    RecordedRun add(JournalEvent event) {
        journal.append(event);
        return this;
    }

    RecordedRun driveFrom(long slot) {
        time = slot * SLOT;
        return add(new JournalEvent.PhaseStarted(time, RunPhase.DRIVE));
    }

    RecordedRun driveUntil(long slot) {
        time = slot * SLOT;
        return add(new JournalEvent.PhaseEnded(time, RunPhase.DRIVE, null));
    }

    /** A block made in its slot, seen by all nodes in the same slot. */
    RecordedRun seenByAll(RecordedBlock block) {
        at(block.slot()).observed(block);
        for (var node : scenario.topology().nodes()) {
            tip(node.name(), block.number());
        }
        return this;
    }

    /** A block that is no node's tip yet. */
    RecordedRun observed(RecordedBlock block) {
        return observed("validator-0", block);
    }

    RecordedRun observed(String node, RecordedBlock block) {
        blocks.add(block);
        return add(new BlockObserved(
                time,
                node,
                id(block.number()),
                id(block.parent()),
                block.slot(),
                blocks.heightOf(block.number()),
                leader(block.number()),
                block.transactions()));
    }

    /** Blocks have leaders of their own, so that forks are no equivocation. */
    private static String leader(int block) {
        return "leader-" + block;
    }

    /** A node moves to a block that was recorded, without a reorg, and finalizes what is k blocks below. */
    RecordedRun tip(String node, int block) {
        return tip(node, RecordedTip.tip(block));
    }

    RecordedRun tip(String node, RecordedTip tip) {
        int block = tip.block();
        int k = scenario.topology().consensus().securityParameter();
        int lib = Objects.requireNonNullElseGet(tip.lib(), () -> blocks.below(block, k));
        long height = Objects.requireNonNullElseGet(
                tip.height(), () -> blocks.heightOf(blocks.recorded(block).number()));
        long slot = Objects.requireNonNullElseGet(
                tip.slot(), () -> blocks.recorded(block).slot());
        return add(new JournalEvent.TipChanged(
                time, node, id(block), height, slot, id(lib), blocks.heightOf(lib), tip.reorgDepth()));
    }

    RecordedRun blind(String node, String reason) {
        return add(new JournalEvent.FeedBlind(time, node, reason));
    }

    RecordedRun state(String node, NodeState state, boolean intended) {
        return add(new JournalEvent.NodeStateChanged(time, node, state, intended, "as the test says"));
    }

    /** Let a node be part of the cluster that keeps that log. */
    RecordedRun log(String node, Path log) {
        nodes.add(new LoggingNode(new NodeSpec(node, NodeRole.VALIDATOR, nodes.size()), log));
        return this;
    }

    private record LoggingNode(NodeSpec spec, Path file) implements NodeHandle {
        @Override
        public NodeClient client() {
            throw new UnsupportedOperationException("a recorded node does not answer");
        }

        @Override
        public boolean isRunning() {
            return false;
        }

        @Override
        public Optional<Path> log() {
            return Optional.of(file);
        }
    }

    /** Let an expectation take its baseline, as the runner does. */
    RecordedRun capture(Expectation expectation) throws Exception {
        return add(new JournalEvent.BaselineTaken(time, expectation.name(), expectation.capture(this)));
    }

    RecordedRun fault(int fault, String kind) {
        return add(new JournalEvent.FaultRequested(time, fault, kind, List.of("validator-0"), ""));
    }

    RecordedRun healed(int fault) {
        return add(new JournalEvent.FaultHealed(time, fault, "seen"));
    }

    RecordedRun accepted(int transaction, String node) {
        add(new JournalEvent.TransactionSubmitted(time, hash(transaction), node, "transactions", 1));
        return add(new JournalEvent.TransactionAccepted(time, hash(transaction), node));
    }

    /** A chain with a block in each of some slots, numbered from 1. */
    RecordedRun chain(long... slots) {
        for (int i = 0; i < slots.length; i++) {
            seenByAll(RecordedBlock.block(i + 1).slot(slots[i]));
        }
        return this;
    }

    static long[] slots(int from, int until) {
        return java.util.stream.LongStream.range(from, until).toArray();
    }

    static HeaderId id(int number) {
        var bytes = new byte[32];
        bytes[0] = (byte) (number >> 8);
        bytes[1] = (byte) number;
        return HeaderId.of(bytes);
    }

    static TxHash hash(int number) {
        return new TxHash(Fr.of(number));
    }

    static TransactionSummary empty(int transaction) {
        return new TransactionSummary(hash(transaction), List.of(), List.of(), 0, List.of());
    }

    static NoteId note(int number) {
        return new NoteId(Fr.of(number));
    }

    static TransactionSummary move(int transaction, NoteId from, NoteId to, long value) {
        return new TransactionSummary(
                hash(transaction), List.of(from), List.of(new CreatedNote(to, value)), 0, List.of());
    }

    NoteId genesisNote(int wallet) {
        return genesis.wallets().get(wallet).genesisNote();
    }

    /** Let a watcher hear every event, as the runner does. */
    void watchWith(Expectation expectation) {
        var watcher = expectation.watch(this);
        new ArrayList<>(journal.events()).forEach(watcher::on);
    }

    @Override
    public Scenario scenario() {
        return scenario;
    }

    @Override
    public long seed() {
        return 1;
    }

    @Override
    public ScenarioClock clock() {
        return new FrozenClock();
    }

    @Override
    public Random random(String stream) {
        return new Random(BigInteger.ONE.longValue());
    }

    @Override
    public Cluster cluster() {
        return new Cluster() {
            @Override
            public TopologySpec topology() {
                return scenario.topology();
            }

            @Override
            public String systemUnderTest() {
                return "nothing";
            }

            @Override
            public List<NodeHandle> nodes() {
                return List.copyOf(nodes);
            }

            @Override
            public NodeControl control() {
                throw new UnsupportedOperationException("a recorded run has no nodes");
            }

            @Override
            public Genesis genesis() {
                return genesis;
            }

            @Override
            public Duration chainStart() {
                return Duration.ZERO;
            }
        };
    }

    @Override
    public NodeControl control() {
        return cluster().control();
    }

    @Override
    public FaultPlan faultPlan() {
        throw new UnsupportedOperationException("a recorded run decides nothing");
    }

    @Override
    public ZkPublicKey ownerOf(Ed25519PrivateKey key) {
        return genesis.signer().ownerOf(key);
    }

    @Override
    public SignedMantleTx sign(MantleTx transaction, Ed25519PrivateKey key, Ed25519PrivateKey... more) {
        return genesis.signer().sign(transaction, List.of(key));
    }

    @Override
    public Submission submit(SignedMantleTx transaction, String... to) {
        throw new UnsupportedOperationException("a recorded run submits nothing");
    }

    @Override
    public BlockFeed feed() {
        throw new UnsupportedOperationException("a recorded run has no feed");
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public RunMetrics metrics() {
        return new RecordedMetrics(journal, () -> cluster().control(), Optional::empty);
    }

    @Override
    public boolean isDriving() {
        return false;
    }

    @Override
    public void spawn(String name, Body body) {
        throw new UnsupportedOperationException("a recorded run has no threads");
    }

    @Override
    public void note(String author, String text) {
        add(new JournalEvent.Note(time, author, text));
    }

    @Override
    public Path directory() {
        throw new UnsupportedOperationException("a recorded run has no directory");
    }

    private final class FrozenClock implements ScenarioClock {
        @Override
        public Duration now() {
            return Duration.ofNanos(time);
        }

        @Override
        public Instant instant() {
            return EPOCH.plusNanos(time);
        }

        @Override
        public void sleep(Duration duration) {
            throw new UnsupportedOperationException("a recorded run does not wait");
        }

        @Override
        public void await(String description, Duration timeout, BooleanSupplier condition) {
            sleep(timeout);
        }

        @Override
        public void sleepSlots(long slots) {
            sleep(Duration.ZERO);
        }

        @Override
        public void awaitBlocks(long blocks, Duration timeout) {
            sleep(timeout);
        }

        @Override
        public long slot() {
            return time / SLOT;
        }

        @Override
        public boolean isVirtual() {
            return true;
        }

        @Override
        public Duration chainStart() {
            return Duration.ZERO;
        }
    }
}
