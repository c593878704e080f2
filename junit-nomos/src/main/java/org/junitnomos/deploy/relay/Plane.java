package org.junitnomos.deploy.relay;

import org.apiguardian.api.API;

/** One of the networks that nodes have among each other, each with ports of its own (node contract 5.3). */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Plane {
    /** Gossip of blocks and transactions, and the download of the chain. */
    GOSSIP,
    /** Data availability. */
    AVAILABILITY
}
