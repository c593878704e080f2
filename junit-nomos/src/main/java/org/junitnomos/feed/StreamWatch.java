package org.junitnomos.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.mantle.ApiBlock;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.Memo;

/**
 * Compares what the block stream of one node tells with where the node says it stands, in real time, where there is
 * such a stream (node contract 1.4). Changes and reads the state of the feed, so it is used with the feed locked.
 *
 * <p>A node announces a block after it has applied it, and follows the longest chain while it is Online: so it stands
 * on a block at least as high. That is demanded only {@value #PATIENCE} periods later, of three polls in a row, of
 * blocks that were announced while it was Online: while Bootstrapping it may prefer a shorter branch (node contract
 * 3.4). A node that restarts loses its stream, and with it what it announced.
 */
final class StreamWatch {

    private static final int PATIENCE = 8;
    private static final int REMEMBERED = 64;

    private final String node;
    private final long patience;
    private final Memo<HeaderId, Long> heights = Memo.ofLastAdded(REMEMBERED);
    private boolean online;
    private @Nullable HeaderId newest;
    private long height;
    private long announcedAt;

    StreamWatch(String node, Duration period) {
        this.node = node;
        this.patience = period.multipliedBy(PATIENCE).toNanos();
    }

    void announced(FeedState state, ApiBlock block, long at) {
        Misfit misfit = BlockCheck.of(block.id(), block.header(), block.transactions());
        if (misfit != null) {
            Misfit streamed = new Misfit(Misfit.STREAM, misfit.expected(), misfit.observed());
            state.contradictions.seen(node, streamed, Contradictions.AT_ONCE, at);
            return;
        }
        HeaderId parent = block.header().parent();
        Long announcedBelow = heights.get(parent);
        long below = announcedBelow == null ? state.heightOf(parent) : announcedBelow;
        if (below < 0) {
            return;
        }
        heights.put(block.id(), below + 1);
        if (online && (newest == null || below + 1 > height)) {
            newest = block.id();
            height = below + 1;
            announcedAt = at;
        }
    }

    void polled(FeedState state, CryptarchiaInfo info, long at) {
        online = info.mode().equals("Online");
        HeaderId announced = newest;
        long stands = state.heightOf(info.tip());
        if (!online || announced == null || stands < 0) {
            newest = null;
        } else if (stands >= height) {
            newest = null;
            state.contradictions.fits(node, Misfit.STREAM_AND_TIP, at);
        } else if (at - announcedAt >= patience) {
            Misfit misfit = new Misfit(
                    Misfit.STREAM_AND_TIP,
                    "a tip at height " + height + " or more, where its block stream told of block " + announced,
                    "tip " + info.tip() + " at height " + stands);
            state.contradictions.seen(node, misfit, NodeAudit.NEEDED, at);
        }
    }

    /** The stream ended: whatever comes after it may be another life of the node. */
    void lost() {
        newest = null;
        heights.clear();
    }
}
