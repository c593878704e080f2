package org.junitnomos.devnode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitnomos.devnode.chain.Chain;
import org.junitnomos.devnode.chain.InvalidBlockException;
import org.junitnomos.devnode.da.Sessions;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * Rebuilds the chain from the stored blocks: the longest branch becomes final as it was, and forks older than that stay
 * out.
 */
final class StoreReplay {
    private final Chain chain;
    private final Sessions sessions;
    private final NodeLog log;

    StoreReplay(Chain chain, Sessions sessions, NodeLog log) {
        this.chain = chain;
        this.sessions = sessions;
        this.log = log;
    }

    void run(List<Block> blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        Map<HeaderId, Integer> heights = new HashMap<>();
        Map<HeaderId, HeaderId> parents = new HashMap<>();
        heights.put(chain.tip().id(), 0);
        HeaderId best = chain.tip().id();
        int bestHeight = 0;
        for (Block block : blocks) {
            Integer parentHeight = heights.get(block.header().parent());
            if (parentHeight != null) {
                heights.put(block.id(), parentHeight + 1);
                parents.put(block.id(), block.header().parent());
                if (parentHeight + 1 > bestHeight) {
                    best = block.id();
                    bestHeight = parentHeight + 1;
                }
            }
        }
        int finalHeight = bestHeight - chain.parameters().securityParameter();
        Set<HeaderId> main = new HashSet<>();
        for (HeaderId id = best; id != null; id = parents.get(id)) {
            main.add(id);
        }
        for (Block block : blocks) {
            Integer height = heights.get(block.id());
            if (height != null && (height > finalHeight || main.contains(block.id()))) {
                apply(block);
            }
        }
        log.info("Replayed " + blocks.size() + " stored blocks, the tip is " + chain.tip() + ".");
    }

    private void apply(Block block) {
        try {
            sessions.follow(chain.replay(block).adopted());
        } catch (InvalidBlockException rejected) {
            // A branch that began before the LIB, or a store of other rules; the peers will tell.
            log.debug("Left out stored block " + block.id() + ": " + rejected.getMessage() + ".");
        }
    }
}
