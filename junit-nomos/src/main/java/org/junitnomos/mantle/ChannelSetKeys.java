package org.junitnomos.mantle;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The keys that may write to a channel from now on (node contract 2.6).
 *
 * @param channel the channel
 * @param keys the new keys, at most 255; the first one administers the channel
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public record ChannelSetKeys(ChannelId channel, List<Ed25519PublicKey> keys) implements Op {

    static final int OPCODE = 0x02;

    public ChannelSetKeys {
        Objects.requireNonNull(channel, "channel");
        keys = WireLimits.atMost("keys", keys, 255);
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public long executionGas() {
        return 22;
    }
}
