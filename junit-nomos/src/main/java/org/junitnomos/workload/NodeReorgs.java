package org.junitnomos.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockFeed.NodeView;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.scenario.RunContext;

/** Sees which nodes left a branch: what one of them took may be dropped there, or in a block that was left. */
final class NodeReorgs {
    private final RunContext run;
    private final Map<String, NodeView> last = new HashMap<>();

    NodeReorgs(RunContext run) {
        this.run = run;
    }

    /** {@return the nodes whose tip is on another branch than when this was asked last} */
    List<String> look() {
        var moved = new ArrayList<String>();
        for (var node : run.cluster().nodes()) {
            var view = run.feed().view(node.name()).orElse(null);
            if (view != null) {
                var before = last.put(node.name(), view);
                if (before != null && !isBelow(before, view)) {
                    moved.add(node.name());
                }
            }
        }
        return moved;
    }

    private boolean isBelow(NodeView old, NodeView now) {
        BlockFeed feed = run.feed();
        HeaderId at = now.tip();
        for (long height = now.height(); height > old.height(); height--) {
            var block = feed.find(at);
            if (block.isEmpty()) {
                return true; // not read yet: the next look tells
            }
            at = block.get().block().header().parent();
        }
        return at.equals(old.tip());
    }
}
