package org.junitnomos.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.feed.LooseBlocks.Loose;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.time.Timeline;

/** Reads one node: where it stands, and the blocks that nobody has shown yet. */
final class NodePoller {

    /** How many blocks that other nodes did not serve are asked for in one poll. */
    private static final int MISSING_PER_POLL = 16;

    /** Gives access to the state of the feed, one thread at a time, and delivers what comes of it. */
    interface Access {

        /** Looks at the state or changes it. */
        <T extends @Nullable Object> T with(Function<FeedState, T> action);

        /** Delivers what was found out; holds no lock. */
        void deliver();
    }

    private final String node;
    private final NodeClient client;
    private final Timeline timeline;
    private final Access access;
    private final ReentrantLock busy = new ReentrantLock();
    private final Refusals refusals = new Refusals();
    private final NodeAudit audit;
    private final HeldBlocks held;
    private final StreamWatch stream;
    private final long patience;
    private long polls;
    private volatile boolean retired;

    /**
     * Creates the poller of a node.
     *
     * @param period how often the node is read
     */
    NodePoller(NodeClient client, Timeline timeline, Access access, Duration period) {
        this.node = client.endpoint().node();
        this.client = client;
        this.timeline = timeline;
        this.access = access;
        this.audit = new NodeAudit(client, access, this::tell);
        int needed = timeline.isVirtual() ? Contradictions.AT_ONCE : NodeAudit.NEEDED;
        this.held = new HeldBlocks(client, access, this::tell, period, needed);
        this.stream = new StreamWatch(node, period);
        // In virtual time nodes are asked one after the other: who began to fetch a block goes on before anybody asks.
        this.patience = timeline.isVirtual() ? Long.MAX_VALUE : period.toNanos() / 2;
    }

    String node() {
        return node;
    }

    /** Lets the node be: nothing that it still answers counts. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Returns what waits for the next block of the node. */
    StreamWakeUp wakeUp() {
        return new StreamWakeUp(client, timeline, new StreamWakeUp.Listener() {
            @Override
            public void announced(ApiBlock block) {
                tell(state -> stream.announced(state, block, timeline.nanos()));
            }

            @Override
            public void lost() {
                tell(state -> stream.lost());
            }
        });
    }

    /** Reads the node once and says whether it answered; returns at once, with true, if another thread is doing so. */
    boolean poll() {
        if (retired || busy.isHeldByCurrentThread() || !busy.tryLock()) {
            return true;
        }
        boolean answered = false;
        polls++;
        try {
            CryptarchiaInfo info = client.cryptarchiaInfo();
            fetchMissing(fetchBelow(info.tip()));
            tell(state -> {
                state.stands(node, info, timeline.nanos());
                stream.polled(state, info, timeline.nanos());
            });
            answered = true;
            held.afterPoll(info, timeline.nanos());
            audit.afterPoll(info, timeline.nanos());
        } catch (NodeApiException e) {
            held.lost();
            if (e.kind() != NodeApiException.Kind.CLOSED) { // else it is the harness that ends
                tell(state -> state.blind(node, e.reason(), timeline.nanos()));
            }
        } finally {
            busy.unlock();
        }
        access.deliver();
        return answered;
    }

    /** Changes what is known of this node. */
    private void tell(Consumer<FeedState> action) {
        change(state -> {
            if (!retired) {
                action.accept(state);
            }
        });
    }

    private void change(Consumer<FeedState> action) {
        access.<@Nullable Void>with(state -> {
            action.accept(state);
            return null;
        });
    }

    private @Nullable HeaderId claimBelow(FeedState state, HeaderId id) {
        return state.loose.claimBelow(id, state::knows, timeline.nanos(), patience);
    }

    /**
     * Walks from a block towards genesis and fetches what is not there; returns a block that the node does not give.
     */
    private @Nullable HeaderId fetchBelow(HeaderId tip) {
        HeaderId wanted = access.<@Nullable HeaderId>with(state -> claimBelow(state, tip));
        while (wanted != null) {
            HeaderId id = wanted;
            Block block = fetch(id);
            if (block == null) {
                change(state -> notGiven(state, id));
                return id;
            }
            wanted = take(id, block);
        }
        return null;
    }

    /** A block that was just made may not be stored yet: only the second time it counts. */
    private void notGiven(FeedState state, HeaderId id) {
        if (state.loose.notServed(id, node)) {
            String what = refusals.contains(id) ? "is refused: what is served for it does not fit" : "is not served";
            String reason = "gap: block " + id + ", an ancestor of its tip or the tip itself, " + what;
            state.blind(node, reason, timeline.nanos());
        }
    }

    /** Fetches blocks that the node of their chain did not give, perhaps because it lost them, died or lied. */
    private void fetchMissing(@Nullable HeaderId justRefused) {
        for (HeaderId missing : access.with(state -> state.loose.missing(MISSING_PER_POLL))) {
            boolean ask = !missing.equals(justRefused)
                    && access.with(state -> state.loose.claimMissing(missing, timeline.nanos(), patience));
            HeaderId wanted = ask ? missing : null;
            while (wanted != null) {
                HeaderId id = wanted;
                Block block = fetch(id);
                if (block == null) {
                    change(state -> state.loose.notServed(id, node));
                }
                wanted = block == null ? null : take(id, block);
            }
        }
    }

    /** Asks for a claimed block; null if the node does not serve it, or what it serves does not fit. */
    private @Nullable Block fetch(HeaderId claimed) {
        if (refusals.waits(claimed, polls)) {
            return null;
        }
        Misfit misfit;
        try {
            Optional<Block> answer = client.block(claimed);
            if (answer.isEmpty()) {
                return null;
            }
            Block block = answer.get();
            misfit = BlockCheck.of(claimed, block.header(), block.transactions());
            if (misfit == null) {
                refusals.remove(claimed);
                return block;
            }
        } catch (NodeApiException e) {
            if (e.kind() != NodeApiException.Kind.MALFORMED) {
                change(state -> state.loose.release(claimed));
                throw e;
            }
            misfit = new Misfit(Misfit.FORM, "block " + claimed + " in the form of the node contract", e.reason());
        } catch (RuntimeException e) {
            change(state -> state.loose.release(claimed));
            throw e;
        }
        refusals.add(claimed, polls);
        Misfit refused = misfit;
        tell(state -> state.contradictions.seen(node, refused, Contradictions.AT_ONCE, timeline.nanos()));
        return null;
    }

    /** Hands over a fetched block; returns the next one to fetch, claimed, or null. */
    private @Nullable HeaderId take(HeaderId id, Block block) {
        return access.<@Nullable HeaderId>with(state -> {
            state.fetched(new Loose(id, block, node, timeline.nanos()));
            return claimBelow(state, block.header().parent());
        });
    }
}
