package org.junitnomos.runner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.scenario.RunContext;

/** The feed of a cluster as one of its runs hands it out. */
record RunFeed(BlockFeed feed, RunContext run) implements BlockFeed {
    @Override
    public long height() {
        return feed.height();
    }

    @Override
    public Optional<BlockRecord> tip() {
        return feed.tip();
    }

    @Override
    public List<BlockRecord> chain() {
        return feed.chain();
    }

    @Override
    public Optional<BlockRecord> find(HeaderId id) {
        return feed.find(id);
    }

    @Override
    public Optional<BlockRecord> including(TxHash transaction) {
        return feed.including(transaction);
    }

    @Override
    public Optional<NodeView> view(String node) {
        return feed.view(node);
    }

    @Override
    public AutoCloseable subscribe(Consumer<BlockRecord> subscriber) {
        return feed.subscribe(subscriber);
    }

    @Override
    public AutoCloseable onChain(Consumer<ChainUpdate> listener) {
        return feed.onChain(listener);
    }

    @Override
    public boolean awaitHeight(long height, Duration timeout) throws InterruptedException {
        return feed.awaitHeight(height, timeout);
    }

    @Override
    public <T> Optional<T> owner(Class<T> type) {
        return Optional.of(run).filter(type::isInstance).map(type::cast);
    }

    @Override
    public String toString() {
        return "block feed at height " + height();
    }
}
