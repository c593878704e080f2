package org.junitnomos.devnode.chain;

import org.apiguardian.api.API;

/** Chooses between two branches (node contract 3.4). */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface ForkChoice {
    /**
     * Tells whether a new block becomes the tip.
     *
     * @param candidate end of a branch that just grew
     * @param tip the tip so far
     * @param parameters the chain
     * @param online false while the node is bootstrapping
     * @return whether to switch; false keeps what was seen first
     */
    boolean prefers(ChainBlock candidate, ChainBlock tip, ChainParameters parameters, boolean online);

    /**
     * Returns how many blocks before the tip a branch may still begin.
     *
     * @param parameters the chain
     * @return a number of blocks, k or more
     */
    default int branchDepth(ChainParameters parameters) {
        return parameters.securityParameter();
    }
}
