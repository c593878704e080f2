package org.junitnomos.client;

import org.apiguardian.api.API;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.ZkPublicKey;

/**
 * Balance of a key, as answered by {@code GET /wallet/:public_key/balance}.
 *
 * @param tip block it was read at
 * @param balance sum of its notes, in base units (unsigned)
 * @param address the key
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WalletBalance(HeaderId tip, long balance, ZkPublicKey address) {}
