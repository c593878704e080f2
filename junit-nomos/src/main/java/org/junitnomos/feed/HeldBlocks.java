package org.junitnomos.feed;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.mantle.HeaderId;

/**
 * Asks a node that stands below the longest chain whether it has the next block of that chain. A node stores what it
 * has found valid, and stands on the longest branch of that while it is Online (node contract 1.4, 3.4): so one that
 * has the block stands as high, at least. A node that misses it is merely behind, for whatever reason.
 *
 * <p>Branches that leave the chain below the node's last irreversible block are none that it may take. What an earlier
 * life stored stays readable although the chain begins at genesis again (node contract 5.2), so only blocks count that
 * nobody had shown when the node was last unreadable or fell.
 *
 * <p>In virtual time a node does all at once, so one such answer is enough. In real time it may store a block before it
 * stands on it, so there it takes {@value NodeAudit#NEEDED} polls in a row. Used by one thread at a time.
 */
final class HeldBlocks {
    private static final String ONLINE = "Online";

    private final String node;
    private final NodeClient client;
    private final NodePoller.Access access;
    private final Consumer<Consumer<FeedState>> tell;
    private final long patience;
    private final int needed;
    private long since = Long.MIN_VALUE;
    private long height = Long.MAX_VALUE;
    private boolean odd;

    /**
     * Creates what asks one node.
     *
     * @param tell changes the state, unless the node is not read any more
     * @param patience how long the block must have been known: one that is on its way says nothing
     * @param needed how many answers in a row make a contradiction
     */
    HeldBlocks(
            NodeClient client,
            NodePoller.Access access,
            Consumer<Consumer<FeedState>> tell,
            Duration patience,
            int needed) {
        this.node = client.endpoint().node();
        this.client = client;
        this.access = access;
        this.tell = tell;
        this.patience = patience.toNanos();
        this.needed = needed;
    }

    /** Asks if there is a reason to; {@code info} is what the node just said. */
    void afterPoll(CryptarchiaInfo info, long at) {
        BlockRecord wanted = access.<@Nullable BlockRecord>with(state -> wanted(state, info, at));
        Misfit misfit = wanted == null || !has(wanted.id()) ? null : misfit(wanted);
        if (misfit != null || odd) {
            odd = misfit != null;
            tell.accept(state -> state.contradictions.judge(node, Misfit.HELD_BLOCK, misfit, needed, at));
        }
    }

    /** The node could not be read: what it stores may be of an earlier life from now on. */
    void lost() {
        since = Long.MIN_VALUE;
        height = Long.MAX_VALUE;
    }

    /** Returns the block above the node's tip on the longest chain; null if it need not have what it stores of it. */
    private @Nullable BlockRecord wanted(FeedState state, CryptarchiaInfo info, long at) {
        long stands = state.heightOf(info.tip());
        if (stands < height) {
            since = at;
        }
        height = stands;
        if (stands < 0 || stands >= state.chain.height() || !info.mode().equals(ONLINE)) {
            return null;
        }
        BlockRecord next = state.chain.at(stands + 1);
        boolean isNew = next.firstSeenAtNanos() > since && at - next.firstSeenAtNanos() < patience;
        boolean mayBeOfAnEarlierLife = next.firstSeenAtNanos() <= since;
        return isNew || mayBeOfAnEarlierLife || !state.isOnChain(info.lib(), next.id()) ? null : next;
    }

    /** A node that does not answer shows that in other ways, and is not asked for that block again. */
    private boolean has(HeaderId block) {
        try {
            return client.block(block).isPresent();
        } catch (NodeApiException e) {
            lost();
            return false;
        }
    }

    /** It may have moved on before it was asked for the block. */
    private @Nullable Misfit misfit(BlockRecord has) {
        HeaderId tip;
        try {
            tip = client.cryptarchiaInfo().tip();
        } catch (NodeApiException e) {
            return null;
        }
        return access.<@Nullable Misfit>with(state -> {
            long stands = state.heightOf(tip);
            return stands != height
                    ? null
                    : new Misfit(
                            Misfit.HELD_BLOCK,
                            "a tip at height " + has.height() + " or more, where it has block " + has.id()
                                    + " of a longer branch",
                            "tip " + tip + " at height " + stands);
        });
    }
}
