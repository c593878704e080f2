package org.junitnomos.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.CryptarchiaInfo;
import org.junitnomos.feed.BlockFeed.ChainUpdate;
import org.junitnomos.feed.BlockFeed.NodeView;
import org.junitnomos.feed.LooseBlocks.Loose;
import org.junitnomos.journal.Broadcast;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;

/**
 * What the feed knows: every block that hangs together with genesis, and where each node stands. Not thread-safe; what
 * it finds out is added to the three broadcasts, whose owner delivers it.
 */
final class FeedState {

    /** Where a node stood last, and what was said of it. */
    private static final class Standing {
        private final Set<HeaderId> seen = new HashSet<>();
        private @Nullable NodeView view;
        private @Nullable String blindness;
    }

    final Broadcast<JournalEvent> events;
    final Broadcast<BlockRecord> blocks;
    final Broadcast<ChainUpdate> updates;
    final LooseBlocks loose = new LooseBlocks();
    final ReferenceChain chain;
    final TransactionTracker transactions;
    final BlobTracker blobs;
    final Contradictions contradictions;

    private final HeaderId genesis;
    private final ForkTree tree;
    private final InfoCheck infos;
    private final Map<HeaderId, BlockRecord> records = new HashMap<>();
    private final Map<String, Standing> nodes = new LinkedHashMap<>();

    /** The nearest block below each that another node showed first; null if there is none. */
    private final Map<HeaderId, @Nullable BlockRecord> belowOthers = new HashMap<>();

    FeedState(
            HeaderId genesis,
            Broadcast<JournalEvent> events,
            Broadcast<BlockRecord> blocks,
            Broadcast<ChainUpdate> updates) {
        this.genesis = genesis;
        this.events = events;
        this.blocks = blocks;
        this.updates = updates;
        this.tree = new ForkTree(genesis);
        this.chain = new ReferenceChain(genesis, tree, records::get);
        this.transactions = new TransactionTracker(chain, events::add);
        this.blobs = new BlobTracker(chain, events::add);
        this.contradictions = new Contradictions(events::add);
        this.infos = new InfoCheck(genesis, tree, contradictions);
    }

    boolean knows(HeaderId id) {
        return id.equals(genesis) || records.containsKey(id);
    }

    @Nullable
    BlockRecord find(HeaderId id) {
        return records.get(id);
    }

    @Nullable
    NodeView view(String node) {
        Standing standing = nodes.get(node);
        return standing == null ? null : standing.view;
    }

    /** Takes a fetched block, and with it all loose blocks above it, if its parent is known. */
    void fetched(Loose block) {
        if (knows(block.id())) {
            loose.release(block.id());
            return;
        }
        loose.add(block);
        if (knows(block.block().header().parent())) {
            connectAbove(block.block().header().parent(), block.at());
            ChainUpdate update = chain.follow();
            if (update != null) {
                updates.add(update);
                transactions.chainChanged(update, block.at());
                blobs.chainChanged(update, block.at());
            }
        }
    }

    private void connectAbove(HeaderId parent, long at) {
        Deque<HeaderId> parents = new ArrayDeque<>(List.of(parent));
        while (!parents.isEmpty()) {
            for (Loose child : loose.takeChildren(parents.remove())) {
                connect(child, at);
                parents.add(child.id());
            }
        }
    }

    private void connect(Loose block, long at) {
        HeaderId parent = block.block().header().parent();
        long height = tree.heightOf(parent) + 1;
        BlockRecord record = new BlockRecord(block.id(), height, block.block(), block.node(), block.at());
        BlockObserved event = new BlockObserved(
                at,
                block.node(),
                block.id(),
                parent,
                block.block().header().slot(),
                height,
                block.block().header().proofOfLeadership().leaderKey().toHex(),
                block.block().transactions().stream()
                        .map(TransactionSummary::of)
                        .toList());
        tree.accept(event);
        BlockRecord below = records.get(parent);
        if (below != null && below.firstSeenOn().equals(record.firstSeenOn())) {
            below = belowOthers.get(parent);
        }
        belowOthers.put(record.id(), below);
        records.put(record.id(), record);
        transactions.observed(record);
        blocks.add(record);
        events.add(event);
        blobs.observed(record, at);
        checkRules(block);
    }

    /** Its nodes did agree on such a block, so it is in the tree, but no node should have. */
    private void checkRules(Loose block) {
        Header header = block.block().header();
        BlockRecord parent = records.get(header.parent());
        long parentSlot = parent == null ? 0 : parent.block().header().slot();
        for (Misfit misfit : new Misfit[] {
            BlockCheck.slots(block.id(), header, parentSlot),
            BlockCheck.repeated(block.id(), block.block().transactions())
        }) {
            if (misfit != null) {
                contradictions.seen(block.node(), misfit, Contradictions.AT_ONCE, block.at());
            }
        }
    }

    /** Returns a block and the blocks below it, newest first, at most {@code limit}; genesis may be the last one. */
    List<HeaderId> path(HeaderId from, int limit) {
        List<HeaderId> path = new ArrayList<>();
        HeaderId at = from;
        while (path.size() < limit && knows(at)) {
            path.add(at);
            BlockRecord record = records.get(at);
            if (record == null) {
                break;
            }
            at = record.block().header().parent();
        }
        return path;
    }

    /** Returns the newest block of a chain, above a height, that another node showed first; if any, one not empty. */
    @Nullable
    HeaderId notShownBy(String node, HeaderId tip, long above) {
        HeaderId found = null;
        BlockRecord record = records.get(tip);
        while (record != null && record.height() > above) {
            if (record.firstSeenOn().equals(node)) {
                record = belowOthers.get(record.id());
                continue;
            }
            if (!record.block().transactions().isEmpty()) {
                return record.id();
            }
            found = found == null ? record.id() : found;
            record = records.get(record.block().header().parent());
        }
        return found;
    }

    boolean isOnChain(HeaderId block, HeaderId tip) {
        return tree.isAncestor(block, tip);
    }

    /** Returns the height of a block; -1 if it is not known. */
    long heightOf(HeaderId id) {
        return tree.heightOf(id);
    }

    /** Names a block with its height, for texts. */
    String name(HeaderId id) {
        long height = tree.heightOf(id);
        return "block " + id + (height < 0 ? ", which was not seen" : " at height " + height);
    }

    /** A node told where it stands; without effect while blocks between its tip and genesis are missing. */
    void stands(String node, CryptarchiaInfo info, long at) {
        if (!knows(info.tip())) {
            return;
        }
        boolean libFits = infos.check(node, info, at);
        Standing standing = nodes.computeIfAbsent(node, name -> new Standing());
        NodeView old = standing.view;
        boolean wasBlind = standing.blindness != null;
        if (old != null
                && !wasBlind
                && old.tip().equals(info.tip())
                && old.lib().equals(info.lib())) {
            return;
        }
        HeaderId oldTip = old == null ? genesis : old.tip();
        HeaderId fork = tree.commonAncestor(oldTip, info.tip());
        for (BlockObserved block : tree.branch(fork, info.tip())) {
            if (standing.seen.add(block.block())) {
                events.add(new BlockSeen(at, node, block.block()));
            }
        }
        int reorgDepth = Math.toIntExact(tree.heightOf(oldTip) - tree.heightOf(fork));
        long height = tree.heightOf(info.tip());
        long libHeight = tree.heightOf(info.lib());
        standing.blindness = null;
        standing.view = new NodeView(node, info.tip(), height, info.lib(), true);
        BlockRecord tip = records.get(info.tip());
        long slot = tip == null ? info.slot() : tip.block().header().slot(); // not what the node says of it
        events.add(new TipChanged(at, node, info.tip(), height, slot, info.lib(), libHeight, reorgDepth));
        if (libFits
                && libHeight > 0
                && libHeight <= chain.height()
                && chain.at(libHeight).id().equals(info.lib())) {
            transactions.irreversible(libHeight, at);
            blobs.irreversible(libHeight, at);
        }
    }

    /** A node is not read any more; the blocks it showed stay. */
    void forget(String node) {
        nodes.remove(node);
        infos.forget(node);
        contradictions.forget(node);
    }

    /** A node could not be read; said once, until it can be read again or the reason is another one. */
    void blind(String node, String reason, long at) {
        Standing standing = nodes.computeIfAbsent(node, name -> new Standing());
        if (reason.equals(standing.blindness)) {
            return;
        }
        standing.blindness = reason;
        NodeView old = standing.view;
        if (old != null) {
            standing.view = new NodeView(node, old.tip(), old.height(), old.lib(), false);
        }
        events.add(new FeedBlind(at, node, reason));
    }
}
