package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The id of a blob of the data availability layer (node contract 2.3).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BlobId extends Id32 {

    /** The id of 32 zero bytes. */
    public static final BlobId ZERO = new BlobId(new byte[LENGTH]);

    BlobId(byte[] bytes) {
        super(bytes);
    }

    /**
     * Wraps 32 bytes.
     *
     * @param bytes the bytes; copied
     * @return the id
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static BlobId of(byte[] bytes) {
        return new BlobId(bytes.clone());
    }

    /**
     * Reads an id from text.
     *
     * @param hex 64 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the id
     * @throws WireFormatException if the text is anything else
     */
    public static BlobId fromHex(String hex) {
        return new BlobId(Hex.decode(hex, LENGTH));
    }
}
