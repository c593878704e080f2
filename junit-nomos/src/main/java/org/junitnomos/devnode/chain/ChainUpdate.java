package org.junitnomos.devnode.chain;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What changed with the tip.
 *
 * @param orphaned blocks that left the branch of the tip, newest first
 * @param adopted blocks that joined it, oldest first
 * @param finalized blocks that became final, oldest first
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ChainUpdate(List<ChainBlock> orphaned, List<ChainBlock> adopted, List<ChainBlock> finalized) {
    /** Nothing changed. */
    public static final ChainUpdate NONE = new ChainUpdate(List.of(), List.of(), List.of());

    public ChainUpdate {
        orphaned = List.copyOf(orphaned);
        adopted = List.copyOf(adopted);
        finalized = List.copyOf(finalized);
    }
}
