package org.junitnomos.feed;

import org.apiguardian.api.API;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.HeaderId;

/**
 * A block as the feed saw it first.
 *
 * @param id its id
 * @param height blocks from genesis to it
 * @param block the block
 * @param firstSeenOn name of the node it was first seen on
 * @param firstSeenAtNanos when, nanoseconds of run time
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BlockRecord(HeaderId id, long height, Block block, String firstSeenOn, long firstSeenAtNanos) {}
