package org.junitnomos.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.topology.TopologySpec;

/** Runs nodes that do not take the proofs of dev nodes: it makes the genesis, and proves it. Leases ports. */
@API(status = API.Status.INTERNAL, since = "0.1")
public interface ProvingCommand extends NodeCommand {
    /**
     * Where a node provides services over UDP, and where others reach it: at a relay, or where it listens.
     *
     * @param host address of its machine
     * @param gossip port at which others reach its gossip
     * @param availability port of its network of data availability
     * @param publicAvailability port at which others reach that
     * @param blend port of its Blend network
     */
    record ServicePorts(String host, int gossip, int availability, int publicAvailability, int blend) {}

    /**
     * Makes the genesis of a cluster; called once, before the first node is started. Blocks while it is proven.
     *
     * @param topology the cluster
     * @param seed seed of the run
     * @param services where each node provides services, by its name
     * @param directory an existing directory for what is written meanwhile, and by later proofs
     * @return the genesis
     * @throws IOException if it cannot be proven; says why
     */
    Genesis genesis(TopologySpec topology, long seed, Map<String, ServicePorts> services, Path directory)
            throws IOException, InterruptedException;

    /**
     * Says how to start a node; called before each start, also when it is started again.
     *
     * @param setup the node
     * @param services where each node that there is now provides services, by its name
     * @return its command line, environment and configuration
     * @throws IOException if something it needs cannot be written
     */
    NodeLaunch launch(NodeSetup setup, Map<String, ServicePorts> services) throws IOException;

    @Override
    default NodeLaunch launch(NodeSetup setup) {
        throw new UnsupportedOperationException("these nodes must be told where they provide services");
    }
}
