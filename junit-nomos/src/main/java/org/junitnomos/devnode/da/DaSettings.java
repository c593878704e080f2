package org.junitnomos.devnode.da;

import org.apiguardian.api.API;

/**
 * The configuration of data availability; all nodes of a cluster have the same settings (node contract 4.1, 4.2, 5.4).
 *
 * @param columns number of columns of a blob and of subnets, a power of two from 2 to 256
 * @param replication number of members of each subnet, as far as there are as many nodes; 1 or more
 * @param sessionBlocks length of a session in blocks, 1 or more
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record DaSettings(int columns, int replication, long sessionBlocks) {
    /** The settings of the Rust framework. */
    public static final DaSettings STANDARD = new DaSettings(2, 2, 1000);

    /** Checks the ranges. */
    public DaSettings {
        if (columns < 2 || columns > 256 || Integer.bitCount(columns) != 1 || replication < 1 || sessionBlocks < 1) {
            throw new IllegalArgumentException("Data availability has " + columns + " columns, a replication of "
                    + replication + " and sessions of " + sessionBlocks
                    + " blocks, expected a power of two from 2 to 256, 1 or more, and 1 or more.");
        }
    }

    /** {@return how many columns give back a blob, half of them; a node samples as many} */
    public int needed() {
        return columns / 2;
    }
}
