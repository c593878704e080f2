package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The id of a block: the Blake2b-256 hash of its header (node contract 2.3).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class HeaderId extends Id32 {

    /** The id of 32 zero bytes. */
    public static final HeaderId ZERO = new HeaderId(new byte[LENGTH]);

    HeaderId(byte[] bytes) {
        super(bytes);
    }

    /**
     * Wraps 32 bytes.
     *
     * @param bytes the bytes; copied
     * @return the id
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static HeaderId of(byte[] bytes) {
        return new HeaderId(bytes.clone());
    }

    /**
     * Reads an id from text.
     *
     * @param hex 64 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the id
     * @throws WireFormatException if the text is anything else
     */
    public static HeaderId fromHex(String hex) {
        return new HeaderId(Hex.decode(hex, LENGTH));
    }
}
