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
     * Where a node provides services over UDP.
     *
     * @param host address of its machine
     * @param availability port of its network of data availability
     * @param blend port of its Blend network
     */
    record ServicePorts(String host, int availability, int blend) {}

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
}
