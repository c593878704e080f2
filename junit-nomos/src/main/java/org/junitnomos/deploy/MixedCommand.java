package org.junitnomos.deploy;

import org.apiguardian.api.API;
import org.junitnomos.topology.NodeSpec;

/** Runs nodes of which some may have another program than the others. Does not change; another one takes its place. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface MixedCommand extends NodeCommand {
    /** {@return what runs that node: it reads its log, and knows its exit codes} */
    NodeCommand of(NodeSpec node);

    /**
     * Makes a command that is the same but for the program of one node, which {@link #launch} checks with the node's
     * configuration.
     *
     * @param node the node
     * @param program as users write it
     * @throws IllegalArgumentException if it cannot run that node; says why
     */
    MixedCommand with(NodeSpec node, String program);
}
