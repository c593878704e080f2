package org.junitnomos.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.NodeTimeline.History;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.NodeState;

/** The blocks of a run as a tree with numbered branches, and on which of them each node stood when. */
final class ChainData {
    private static final int MOST_TIPS = 40_000;

    private final ForkTree tree;
    private final List<BlockObserved> blocks;
    private final Map<HeaderId, Integer> indexes = new HashMap<>();
    private final Set<HeaderId> reference = new HashSet<>();
    private final int[] branches;
    private int lastBranch;

    ChainData(ForkTree tree) {
        this.tree = tree;
        this.blocks = tree.blocks();
        this.branches = new int[blocks.size()];
        tree.chain().forEach(block -> reference.add(block.block()));
        for (int i = 0; i < blocks.size(); i++) {
            indexes.put(blocks.get(i).block(), i);
        }
        nameBranches();
    }

    /** The reference chain is branch 0; a block goes on with the branch of its parent unless a sibling did. */
    private void nameBranches() {
        var continued = new HashSet<HeaderId>();
        for (int i = 0; i < branches.length; i++) {
            var block = blocks.get(i);
            if (!reference.contains(block.block())) {
                int parent = index(block.parent());
                boolean goesOn = parent >= 0 && branches[parent] > 0 && continued.add(block.parent());
                branches[i] = goesOn ? branches[parent] : ++lastBranch;
            }
        }
    }

    ForkTree tree() {
        return tree;
    }

    /** The place of a block in the columns of {@link #json}; -1 for genesis and what was not seen. */
    int index(HeaderId block) {
        return indexes.getOrDefault(block, -1);
    }

    /** The blocks as columns, in the order in which they were seen. */
    Map<String, Object> json(List<String> nodes) {
        int size = blocks.size();
        var ids = new String[size];
        var parents = new int[size];
        var slots = new long[size];
        var heights = new long[size];
        var times = new long[size];
        var first = new int[size];
        var transactions = new int[size];
        for (int i = 0; i < size; i++) {
            var block = blocks.get(i);
            ids[i] = block.block().toHex();
            parents[i] = index(block.parent());
            slots[i] = block.slot();
            heights[i] = block.height();
            times[i] = PageTexts.millis(block.at());
            first[i] = nodes.indexOf(block.node());
            transactions[i] = block.transactions().size();
        }
        var columns = new LinkedHashMap<String, Object>();
        columns.put("id", ids);
        columns.put("parent", parents);
        columns.put("slot", slots);
        columns.put("height", heights);
        columns.put("at", times);
        columns.put("node", first);
        columns.put("txs", transactions);
        columns.put("branch", branches);
        columns.put("branches", lastBranch);
        return columns;
    }

    /**
     * Returns how many blocks a node left with each change of its tip; less than zero if it has started in between, and
     * has begun without its chain.
     */
    static int[] reorgs(History node) {
        var tips = node.tips();
        var starts = node.states().stream()
                .filter(change -> change.state() == NodeState.SPAWNED)
                .mapToLong(NodeStateChanged::at)
                .toArray();
        var reorgs = new int[tips.size()];
        for (int i = 0; i < reorgs.length; i++) {
            long from = i == 0 ? Long.MIN_VALUE : tips.get(i - 1).at();
            long to = tips.get(i).at();
            boolean anew = Arrays.stream(starts).anyMatch(start -> start >= from && start <= to);
            reorgs[i] = anew ? -tips.get(i).reorgDepth() : tips.get(i).reorgDepth();
        }
        return reorgs;
    }

    /** Where a node stood, as columns: reorgs are never left out, and neither is the last tip. */
    Map<String, Object> tips(History node, int nodes, Thinning thinning) {
        var all = node.tips();
        var reorgs = reorgs(node);
        var depths = new IdentityHashMap<TipChanged, Integer>();
        for (int i = 0; i < reorgs.length; i++) {
            depths.put(all.get(i), reorgs[i]);
        }
        var last = all.isEmpty() ? null : all.get(all.size() - 1);
        int room = Math.max(100, MOST_TIPS / Math.max(1, nodes));
        var quiet = new Thinning();
        var tips = quiet.of("", all, room, tip -> tip.reorgDepth() > 0 || tip == last);
        if (tips.size() < all.size()) {
            thinning.note("blocks in the lanes of the nodes: every " + Math.max(2, all.size() / tips.size())
                    + "th or so, with all reorgs");
        }
        var at = new ArrayList<Long>();
        var block = new ArrayList<Integer>();
        var lib = new ArrayList<Long>();
        var reorg = new ArrayList<Integer>();
        var height = new ArrayList<Long>();
        for (var tip : tips) {
            at.add(PageTexts.millis(tip.at()));
            block.add(index(tip.tip()));
            height.add(tip.height());
            lib.add(tip.libHeight());
            reorg.add(depths.getOrDefault(tip, 0));
        }
        var columns = new LinkedHashMap<String, Object>();
        columns.put("at", at);
        columns.put("block", block);
        columns.put("height", height);
        columns.put("lib", lib);
        columns.put("reorg", reorg);
        return columns;
    }
}
