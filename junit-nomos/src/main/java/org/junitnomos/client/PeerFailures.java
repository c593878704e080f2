package org.junitnomos.client;

import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * How often a peer failed lately, as answered by {@code GET /da/monitor-stats}; the unit is the node's own.
 *
 * @param dispersal rate of failed dispersals
 * @param sampling rate of failed samplings
 * @param replication rate of failed replications
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record PeerFailures(BigDecimal dispersal, BigDecimal sampling, BigDecimal replication) {}
