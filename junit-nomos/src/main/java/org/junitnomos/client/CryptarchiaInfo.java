package org.junitnomos.client;

import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;

/**
 * Consensus state of one node, as answered by {@code GET /cryptarchia/info} (node contract 1.4).
 *
 * @param lib last irreversible block; the genesis block until the height exceeds k
 * @param tip best known block
 * @param slot slot of {@code tip}, not of the wall clock
 * @param height number of blocks from the LIB the node was started with to {@code tip}; genesis is 0
 * @param mode {@code "Bootstrapping"} or {@code "Online"}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record CryptarchiaInfo(HeaderId lib, HeaderId tip, long slot, long height, String mode) {}
