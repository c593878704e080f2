package org.junitnomos.devnode.chain;

import org.apiguardian.api.API;

/**
 * Chooses the longest chain that reorganizes at most k blocks; while bootstrapping, and if more than k blocks would go,
 * the chain that is denser right after the fork.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class LongestChain implements ForkChoice {
    /** The only instance; it has no state. */
    public static final LongestChain INSTANCE = new LongestChain();

    private LongestChain() {}

    @Override
    public boolean prefers(ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online) {
        ChainBlock fork = ChainBlock.commonAncestor(candidate, tip);
        int depth = tip.height() - fork.height();
        if (depth <= parameters.securityParameter()) {
            return candidate.height() > tip.height();
        }
        if (online) {
            return false;
        }
        long end = fork.slot() + parameters.densityWindow();
        return heightAt(candidate, end) > heightAt(tip, end);
    }

    private static int heightAt(ChainBlock branch, long slot) {
        ChainBlock block = branch;
        while (block.slot() > slot && block.parent() != null) {
            block = block.parent();
        }
        return block.height();
    }
}
