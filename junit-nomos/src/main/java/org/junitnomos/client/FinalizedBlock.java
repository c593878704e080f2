package org.junitnomos.client;

import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;

/**
 * One line of {@code GET /cryptarchia/lib-stream}.
 *
 * @param height height of the block
 * @param headerId its id
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record FinalizedBlock(long height, HeaderId headerId) {}
