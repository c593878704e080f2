package org.junitnomos.devnode.ledger;

import java.util.List;
import org.junitnomos.mantle.Ed25519PublicKey;
import org.junitnomos.mantle.MsgId;

/**
 * The state of a channel (node contract 2.6).
 *
 * @param tip its last message; {@link MsgId#ZERO} if it has none
 * @param keys the keys that may write to it; the first one may replace them
 */
record Channel(MsgId tip, List<Ed25519PublicKey> keys) {
    public Channel {
        keys = List.copyOf(keys);
    }
}
