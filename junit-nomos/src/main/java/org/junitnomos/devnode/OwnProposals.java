package org.junitnomos.devnode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junitnomos.devnode.NodeStore.OwnBlock;
import org.junitnomos.mantle.Block;

/** Publishes the blocks that this node makes, and remembers the last ones, in earlier lives, too. */
final class OwnProposals {
    private static final int MOST = 64;

    private final Deque<OwnBlock> last = new ArrayDeque<>();
    private final NodeStore store;
    private final Gossip gossip;

    OwnProposals(NodeStore store, Gossip gossip) {
        this.store = store;
        this.gossip = gossip;
    }

    /** Takes up what the node made in earlier lives. */
    void open() {
        store.ownBlocks().forEach(this::remember);
    }

    void publish(Block block, long height, long now) {
        OwnBlock own = new OwnBlock(block.id(), block.header().slot(), height);
        store.append(own);
        remember(own);
        gossip.propose(block, now);
    }

    private void remember(OwnBlock own) {
        if (last.size() == MOST) {
            last.removeFirst();
        }
        last.addLast(own);
    }

    /** The last blocks that this node made, oldest first. */
    List<OwnBlock> last() {
        return List.copyOf(last);
    }
}
