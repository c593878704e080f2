package org.junitnomos.mantle;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The commitment to the transactions of a block: a Blake2b-256 Merkle root over their hashes (node contract 2.3).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BlockRoot extends Id32 {

    private static final byte[] PADDING = Blake2b.hash(new byte[LENGTH]);

    /** Every node of this JVM and the feed ask for the root of the same block. */
    private static final Memo<List<TxHash>, BlockRoot> KNOWN = Memo.ofLastUsed(256);

    BlockRoot(byte[] bytes) {
        super(bytes);
    }

    /**
     * Wraps 32 bytes.
     *
     * @param bytes the bytes; copied
     * @return the root
     * @throws WireFormatException if there are not exactly 32 bytes
     */
    public static BlockRoot of(byte[] bytes) {
        return new BlockRoot(bytes.clone());
    }

    /**
     * Reads a root from text.
     *
     * @param hex 64 hexadecimal digits of either case, optionally after {@code 0x}
     * @return the root
     * @throws WireFormatException if the text is anything else
     */
    public static BlockRoot fromHex(String hex) {
        return new BlockRoot(Hex.decode(hex, LENGTH));
    }

    /**
     * Computes the root of a list of transactions.
     *
     * @param transactions the transaction hashes in block order; may be empty
     * @return the Merkle root
     */
    public static BlockRoot of(List<TxHash> transactions) {
        return KNOWN.get(List.copyOf(transactions), BlockRoot::compute);
    }

    private static BlockRoot compute(List<TxHash> transactions) {
        int width = Math.max(1, Integer.highestOneBit(Math.max(1, 2 * transactions.size() - 1)));
        byte[][] level = new byte[width][];
        for (int i = 0; i < width; i++) {
            level[i] = i < transactions.size()
                    ? Blake2b.hash(transactions.get(i).value().toLittleEndianBytes())
                    : PADDING;
        }
        for (int size = width; size > 1; size /= 2) {
            for (int i = 0; i < size / 2; i++) {
                level[i] = Blake2b.hash(level[2 * i], level[2 * i + 1]);
            }
        }
        return new BlockRoot(level[0]);
    }
}
