package org.junitnomos.mantle;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * One column of an extended blob with the proof that it belongs to the blob: a light share (node contract 1.4).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BlobShare {

    /** Length of a chunk in bytes: an element of 31 bytes as a little-endian number of 32. */
    public static final int CHUNK_LENGTH = 32;

    /** Smallest length of a proof in bytes. */
    public static final int PROOF_LENGTH = 49;

    private final int index;
    private final byte[] column;
    private final byte[] proof;

    /**
     * Creates a share.
     *
     * @param index the column, 0 to 65535
     * @param column the chunks of the column one after the other, 32 bytes each; copied
     * @param proof the proof; copied
     * @throws WireFormatException if the index is out of range or the column is not made of whole chunks
     */
    public BlobShare(int index, byte[] column, byte[] proof) {
        if (index < 0 || index > 0xffff) {
            throw new WireFormatException("share_idx", "expected a number from 0 to 65535 but was " + index);
        }
        if (column.length % CHUNK_LENGTH != 0) {
            throw new WireFormatException(
                    "column", "expected chunks of " + CHUNK_LENGTH + " bytes but was " + column.length + " bytes");
        }
        this.index = index;
        this.column = column.clone();
        this.proof = proof.clone();
    }

    /** {@return the index of this column, from 0} */
    public int index() {
        return index;
    }

    /** Counts the chunks: one a row of the blob. */
    public int rows() {
        return column.length / CHUNK_LENGTH;
    }

    /** {@return the chunks one after the other, a fresh array of 32 bytes a row} */
    public byte[] column() {
        return column.clone();
    }

    /** {@return the proof, as a fresh array} */
    public byte[] proof() {
        return proof.clone();
    }

    byte[] rawColumn() {
        return column;
    }

    byte[] rawProof() {
        return proof;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof BlobShare that
                        && index == that.index
                        && Arrays.equals(column, that.column)
                        && Arrays.equals(proof, that.proof));
    }

    @Override
    public int hashCode() {
        return 31 * index + Arrays.hashCode(proof);
    }

    @Override
    public String toString() {
        return "BlobShare[index=" + index + ", rows=" + rows() + "]";
    }
}
