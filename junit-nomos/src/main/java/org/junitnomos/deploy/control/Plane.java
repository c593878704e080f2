package org.junitnomos.deploy.control;

import org.apiguardian.api.API;

/** One of the networks that nodes have among each other, each with ports of its own (node contract 5.3). */
@API(status = API.Status.INTERNAL, since = "0.1")
public enum Plane {
    /** Gossip of blocks and transactions, and the download of the chain: along the links of the layout. */
    GOSSIP,
    /**
     * Data availability: all members, and whoever disperses or samples, connect with each other by the locators of the
     * declarations, whatever the layout is (node contract 4.1, 4.3).
     */
    AVAILABILITY
}
