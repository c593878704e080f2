package org.junitnomos.feed;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.NodeClient;
import org.junitnomos.journal.Broadcast;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.time.Signal;
import org.junitnomos.time.Timeline;
import org.slf4j.LoggerFactory;

/**
 * Feeds blocks by asking every node, again and again, where it stands, and fetching the blocks nobody has shown yet.
 *
 * <p>Lives as long as the cluster and may serve several runs. In virtual time all nodes are read, in their order,
 * within one event; in real time each node has a thread of its own, so that one that hangs delays no other, and is read
 * as soon as its block stream announces a block, where it has one. Heights are counted from genesis, whatever the nodes
 * say. A block whose ancestors no node serves is held back, and the gap is reported as {@link JournalEvent.FeedBlind},
 * until any node serves them. A block that does not hash to the id that was asked for, or whose transactions do not
 * hash to the root of its header, is refused and asked of other nodes; answers of one node that contradict each other
 * are reported as {@link JournalEvent.ContradictionSeen}. A block that was on no node's best chain at any poll is not
 * seen.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ClusterFeed implements BlockFeed, AutoCloseable {

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(50);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

    private final Timeline timeline;
    private final Signal grown;
    private final Object lock = new Object();
    private final FeedState state;
    private final Broadcast<JournalEvent> events = new Broadcast<>(this::sinkFailed);
    private final Broadcast<BlockRecord> blocks = new Broadcast<>(this::subscriberFailed);
    private final Broadcast<ChainUpdate> updates = new Broadcast<>(this::subscriberFailed);
    private final NodePoller.Access access = new Guard();
    private final Duration period;
    private final FeedSchedule schedule;
    private volatile boolean closed;

    private ClusterFeed(Timeline timeline, HeaderId genesis, Duration period, List<NodeClient> nodes) {
        this.timeline = timeline;
        this.grown = timeline.signal("block feed");
        this.state = new FeedState(genesis, events, blocks, updates);
        this.period = period;
        this.schedule = new FeedSchedule(
                timeline, period, nodes.stream().map(this::poller).toList());
    }

    private NodePoller poller(NodeClient node) {
        return new NodePoller(node.withTimeout(REQUEST_LIMIT), timeline, access, period);
    }

    /**
     * Reads one more node from now on, after all others; does nothing if a node of that name is read already.
     *
     * @param node its client; not closed by the feed
     */
    public void watch(NodeClient node) {
        synchronized (lock) {
            String name = node.endpoint().node();
            if (!closed
                    && schedule.pollers().stream().noneMatch(each -> each.node().equals(name))) {
                schedule.add(poller(node));
            }
        }
    }

    /** Reads a node of that name no more; the blocks it showed stay. Does nothing if there is no such node. */
    public void unwatch(String node) {
        synchronized (lock) {
            for (NodePoller poller : schedule.pollers()) {
                if (poller.node().equals(node)) {
                    schedule.remove(poller);
                    state.forget(node);
                }
            }
        }
    }

    /**
     * Starts a feed with the usual period: half a slot in virtual time; a quarter of a slot in real time, at least 50
     * ms and at most 1 s.
     *
     * @param timeline the timeline on which the feed reads and waits
     * @param genesis id of the genesis block, which no node serves (node contract 1.4)
     * @param slotDuration length of a slot
     * @param nodes clients of the nodes in the order of the nodes; not closed by the feed
     * @return the running feed; the caller closes it
     */
    public static ClusterFeed start(
            Timeline timeline, HeaderId genesis, Duration slotDuration, List<NodeClient> nodes) {
        return start(timeline, genesis, nodes, usualPeriod(timeline.isVirtual(), slotDuration));
    }

    /**
     * Starts a feed with a period of one's own.
     *
     * @param timeline the timeline on which the feed reads and waits
     * @param genesis id of the genesis block
     * @param nodes clients of the nodes in the order of the nodes; at least one
     * @param period how often each node is read; positive
     * @return the running feed; the caller closes it
     * @throws IllegalArgumentException if there is no node, two have one name, or the period is not positive
     */
    public static ClusterFeed start(Timeline timeline, HeaderId genesis, List<NodeClient> nodes, Duration period) {
        Objects.requireNonNull(genesis, "genesis");
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period of a block feed must be positive but was " + period);
        }
        List<String> names = nodes.stream().map(node -> node.endpoint().node()).toList();
        if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException(
                    "a block feed needs at least one node, and each once, but was given " + names);
        }
        ClusterFeed feed = new ClusterFeed(timeline, genesis, period, nodes);
        feed.schedule.start();
        return feed;
    }

    static Duration usualPeriod(boolean virtual, Duration slotDuration) {
        if (virtual) {
            return slotDuration.dividedBy(2);
        }
        Duration period = slotDuration.dividedBy(4);
        if (period.compareTo(SHORTEST_PERIOD) < 0) {
            return SHORTEST_PERIOD;
        }
        return period.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : period;
    }

    /**
     * Reads every node once, now, on the calling thread; a node that another thread is reading just then is passed
     * over. Blocks for as long as the nodes need to answer, at most 5 s an exchange.
     */
    public void poll() {
        schedule.pollers().forEach(NodePoller::poll);
    }

    /**
     * Hands every event of the feed to a sink, those of the past first: blocks, tips, blindness, and the fate of
     * transactions and blobs that are tracked.
     *
     * @param sink must return quickly and must not block; one that throws misses an event, and the log says so
     * @return ends the subscription
     * @see #track(TxHash)
     */
    public AutoCloseable attach(Consumer<JournalEvent> sink) {
        return events.subscribe(sink);
    }

    /**
     * Writes every event of the feed to the journal of a run, those of the past first, and tracks the transactions and
     * blobs that the journal says were submitted. The fate of those of other runs is left out.
     *
     * @return ends it; the journal is not closed
     */
    public AutoCloseable attach(Journal journal) {
        JournalLink link = new JournalLink(this, journal);
        return link.connect();
    }

    /**
     * Tells the fate of a transaction from now on: included in the reference chain, orphaned, final. If it is included
     * already, that is told at once.
     *
     * @param transaction its id
     */
    public void track(TxHash transaction) {
        synchronized (lock) {
            state.transactions.track(transaction, timeline.nanos());
        }
        events.deliver();
    }

    /**
     * Tells the fate of a blob from now on: announced on the reference chain, orphaned, final. If it is announced there
     * already, that is told at once.
     */
    public void track(BlobId blob) {
        synchronized (lock) {
            state.blobs.track(blob, timeline.nanos());
        }
        events.deliver();
    }

    @Override
    public long height() {
        synchronized (lock) {
            return state.chain.height();
        }
    }

    @Override
    public Optional<BlockRecord> tip() {
        synchronized (lock) {
            return state.chain.tip();
        }
    }

    @Override
    public List<BlockRecord> chain() {
        synchronized (lock) {
            return state.chain.blocks();
        }
    }

    @Override
    public Optional<BlockRecord> find(HeaderId id) {
        synchronized (lock) {
            return Optional.ofNullable(state.find(id));
        }
    }

    @Override
    public Optional<BlockRecord> including(TxHash transaction) {
        synchronized (lock) {
            return state.transactions.including(transaction);
        }
    }

    @Override
    public Optional<NodeView> view(String node) {
        synchronized (lock) {
            return Optional.ofNullable(state.view(node));
        }
    }

    @Override
    public AutoCloseable subscribe(Consumer<BlockRecord> subscriber) {
        return blocks.subscribe(subscriber);
    }

    @Override
    public AutoCloseable onChain(Consumer<ChainUpdate> listener) {
        int next;
        List<BlockRecord> past;
        synchronized (lock) {
            next = updates.size();
            past = state.chain.blocks();
        }
        if (!past.isEmpty()) {
            try {
                listener.accept(new ChainUpdate(List.of(), past));
            } catch (RuntimeException | Error e) {
                subscriberFailed(e);
            }
        }
        return updates.subscribe(listener, next);
    }

    @Override
    public boolean awaitHeight(long height, Duration timeout) throws InterruptedException {
        return grown.await(() -> closed || height() >= height, timeout) && height() >= height;
    }

    /** Stops reading; what is known stays. Idempotent. */
    @Override
    public void close() {
        closed = true;
        schedule.close();
        if (timeline.isManaged()) {
            grown.raise();
        }
    }

    private void sinkFailed(Throwable failure) {
        LoggerFactory.getLogger(ClusterFeed.class).warn("A sink of the block feed failed and missed an event", failure);
    }

    private void subscriberFailed(Throwable failure) {
        LoggerFactory.getLogger(ClusterFeed.class).warn("A subscriber of the block feed failed", failure);
        String text = "a subscriber failed: " + failure.getClass().getSimpleName() + ": " + failure.getMessage();
        events.append(new JournalEvent.Note(timeline.nanos(), "block feed", text));
    }

    private final class Guard implements NodePoller.Access {

        @Override
        public <T extends @Nullable Object> T with(Function<FeedState, T> action) {
            synchronized (lock) {
                return action.apply(state);
            }
        }

        @Override
        public void deliver() {
            events.deliver();
            blocks.deliver();
            updates.deliver();
            grown.raise();
        }
    }
}
