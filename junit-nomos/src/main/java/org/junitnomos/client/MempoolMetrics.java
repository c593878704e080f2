package org.junitnomos.client;

import org.apiguardian.api.API;

/**
 * State of a mempool, as answered by {@code GET /mantle/metrics}.
 *
 * @param pendingItems number of pending transactions
 * @param lastItemTimestamp when the last one came, milliseconds since the epoch; 0 if none ever did
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MempoolMetrics(long pendingItems, long lastItemTimestamp) {}
