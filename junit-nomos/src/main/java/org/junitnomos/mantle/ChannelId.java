package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The id of a channel of inscriptions and blobs; 32 bytes chosen by its first writer (node contract 2.6).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ChannelId extends Id32 {

    /** The id of 32 zero bytes. */
    public static final ChannelId ZERO = new ChannelId(new byte[LENGTH]);

    ChannelId(byte[] bytes) {
        super(bytes);
    }

    /**
     * Wraps 32 bytes.
     *
     * @param bytes the bytes; copied
     * @return the id
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static ChannelId of(byte[] bytes) {
        return new ChannelId(bytes.clone());
    }

    /**
     * Reads an id from text.
     *
     * @param hex 64 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the id
     * @throws WireFormatException if the text is anything else
     */
    public static ChannelId fromHex(String hex) {
        return new ChannelId(Hex.decode(hex, LENGTH));
    }
}
