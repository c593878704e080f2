package org.junitnomos.client;

import org.apiguardian.api.API;

/**
 * Connections of a node to members of a subnet, as answered by {@code GET /da/balancer-stats}.
 *
 * @param inbound number of those that peers opened
 * @param outbound number of those that the node opened
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SubnetConnections(long inbound, long outbound) {}
