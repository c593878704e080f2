package org.junitnomos.feed;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.feed.LooseBlocks.Loose;
import org.junitnomos.internal.Timeline;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/** Reads one node: where it stands, and the blocks that nobody has shown yet. */
final class NodePoller {

    /** How many blocks that other nodes did not serve are asked for in one poll. */
    private static final int MISSING_PER_POLL = 16;

    /** Gives access to the state of the feed, one thread at a time, and delivers what comes of it. */
    interface Access {

        /** Look at the state or change it. */
        <T extends @Nullable Object> T with(Function<FeedState, T> action);

        /** Deliver what was found out; holds no lock. */
        void deliver();
    }

    private final String node;
    private final NodeClient client;
    private final Timeline timeline;
    private final Access access;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile boolean retired;

    NodePoller(NodeClient client, Timeline timeline, Access access) {
        this.node = client.endpoint().node();
        this.client = client;
        this.timeline = timeline;
        this.access = access;
    }

    String node() {
        return node;
    }

    /** Let the node be: nothing that it still answers counts. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Return what waits for the next block of the node. */
    StreamWakeUp wakeUp() {
        return new StreamWakeUp(client, timeline);
    }

    /** Read the node once and say whether it answered; returns at once, with true, if another thread is doing so. */
    boolean poll() {
        if (retired || busy.isHeldByCurrentThread() || !busy.tryLock()) {
            return true;
        }
        boolean answered = false;
        try {
            CryptarchiaInfo info = client.cryptarchiaInfo();
            fetchMissing(fetchBelow(info.tip()));
            tell(state -> state.stands(node, info, timeline.nanos()));
            answered = true;
        } catch (NodeApiException e) {
            if (e.kind() != NodeApiException.Kind.CLOSED) { // else it is the harness that ends
                tell(state -> state.blind(node, e.reason(), timeline.nanos()));
            }
        } finally {
            busy.unlock();
        }
        access.deliver();
        return answered;
    }

    /** Change what is known of this node. */
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

    /** Walk from a block towards genesis and fetch what is not there; returns a block that the node does not serve. */
    private @Nullable HeaderId fetchBelow(HeaderId tip) {
        HeaderId wanted = access.<@Nullable HeaderId>with(state -> state.loose.claimBelow(tip, state::knows));
        while (wanted != null) {
            HeaderId id = wanted;
            Optional<Block> block = fetch(id);
            if (block.isEmpty()) {
                change(state -> notServed(state, id));
                return id;
            }
            wanted = take(id, block.get());
        }
        return null;
    }

    /** A block that was just made may not be stored yet: only the second time it counts. */
    private void notServed(FeedState state, HeaderId id) {
        if (state.loose.notServed(id, node)) {
            String reason = "gap: block " + id + ", an ancestor of its tip or the tip itself, is not served";
            state.blind(node, reason, timeline.nanos());
        }
    }

    /** Fetch blocks that the node of their chain did not serve, perhaps because it lost them or died. */
    private void fetchMissing(@Nullable HeaderId justRefused) {
        for (HeaderId missing : access.with(state -> state.loose.missing(MISSING_PER_POLL))) {
            boolean ask = !missing.equals(justRefused) && access.with(state -> state.loose.claimMissing(missing));
            HeaderId wanted = ask ? missing : null;
            while (wanted != null) {
                HeaderId id = wanted;
                Optional<Block> block = fetch(id);
                if (block.isEmpty()) {
                    change(state -> state.loose.notServed(id, node));
                }
                wanted = block.isEmpty() ? null : take(id, block.get());
            }
        }
    }

    private Optional<Block> fetch(HeaderId claimed) {
        try {
            return client.block(claimed);
        } catch (RuntimeException e) {
            change(state -> state.loose.release(claimed));
            throw e;
        }
    }

    /** Hand over a fetched block; returns the next one to fetch, claimed, or null. */
    private @Nullable HeaderId take(HeaderId id, Block block) {
        return access.<@Nullable HeaderId>with(state -> {
            state.fetched(new Loose(id, block, node, timeline.nanos()));
            return state.loose.claimBelow(block.header().parent(), state::knows);
        });
    }
}
