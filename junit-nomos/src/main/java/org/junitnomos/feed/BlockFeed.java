package org.junitnomos.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;

/**
 * Observes every block on every node of a cluster.
 *
 * <p>Survives the death of any node, gives late subscribers the history, never drops a block, and knows forks. The
 * reference chain is the longest one seen on any node, the first seen among equals. A subscriber that throws is
 * reported in the log and in the journal, and goes on hearing. Thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface BlockFeed {
    /** {@return the height of the reference chain, blocks from genesis; 0 if none was seen} */
    long height();

    /** {@return the newest block of the reference chain; empty if none was seen} */
    Optional<BlockRecord> tip();

    /** {@return the blocks of the reference chain, oldest first, without genesis} */
    List<BlockRecord> chain();

    /**
     * Finds a block.
     *
     * @param id its id
     * @return the block; empty if it was not seen
     */
    Optional<BlockRecord> find(HeaderId id);

    /**
     * Finds the block on the reference chain that holds a transaction.
     *
     * @param transaction its id
     * @return the block
     */
    Optional<BlockRecord> including(TxHash transaction);

    /**
     * Returns where a node stands.
     *
     * @param node name of the node
     * @return its last known chain; empty if never seen
     */
    Optional<NodeView> view(String node);

    /**
     * Hears every block once, in the order they were first seen; blocks of the past come first, at once.
     *
     * @param subscriber must return quickly and must not block
     * @return ends the subscription
     */
    AutoCloseable subscribe(Consumer<BlockRecord> subscriber);

    /**
     * Hears every change of the reference chain: blocks that left it and blocks that joined it. If there is a chain
     * already, the first update adds all of it, at once.
     *
     * @param listener must return quickly and must not block
     * @return ends the subscription
     */
    AutoCloseable onChain(Consumer<ChainUpdate> listener);

    /**
     * Waits until the reference chain reaches a height.
     *
     * @param height blocks from genesis
     * @param timeout longest wait, on the run's timeline
     * @return false if it was not reached in time, or the feed was closed
     * @throws InterruptedException if interrupted
     */
    boolean awaitHeight(long height, Duration timeout) throws InterruptedException;

    /**
     * Finds what it is part of.
     *
     * @param type the interface of the run that handed it out
     * @param <T> the interface
     * @return that run; empty if none did
     */
    @API(status = API.Status.INTERNAL, since = "0.1")
    default <T> Optional<T> owner(Class<T> type) {
        return Optional.empty();
    }

    /**
     * How the reference chain changed.
     *
     * @param removed blocks that left it, newest first
     * @param added blocks that joined it, oldest first
     */
    record ChainUpdate(List<BlockRecord> removed, List<BlockRecord> added) {
        public ChainUpdate {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }

    /**
     * Where a node stood when it was last read.
     *
     * @param node name of the node
     * @param tip its best block
     * @param height height of its best block from genesis
     * @param lib its last irreversible block
     * @param reachable whether the last read succeeded
     */
    record NodeView(String node, HeaderId tip, long height, HeaderId lib, boolean reachable) {}
}
