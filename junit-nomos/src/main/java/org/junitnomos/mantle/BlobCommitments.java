package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The commitment to the columns of a blob: one entry of 48 bytes a row (node contract 1.4).
 *
 * <p>A real node puts KZG commitments there. The entries of a dev node hold the root of a Blake2b tree over the
 * columns, the number of the row, the number of rows, the number of columns (32, 4, 4 and 4 bytes, little-endian) and
 * 4 zero bytes. A share then proves itself by its path in that tree, padded with zeros to 49 bytes.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class BlobCommitments {

    /** Length of an entry in bytes. */
    public static final int ENTRY_LENGTH = 48;

    /** Length of an entry in the hash that is the blob id (node contract 2.3); of a dev node's the rest is zero. */
    private static final int HASHED_LENGTH = BlsPoint.LENGTH;

    private static final int ROOT = 32;
    private static final int ROWS_AT = 36;
    private static final int COLUMNS_AT = 40;

    private final List<byte[]> entries;
    private @Nullable BlobId blobId;
    private int columns = -1;

    BlobCommitments(List<byte[]> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Wraps commitments that a node made, of whatever kind.
     *
     * @param entries one entry a row, 48 bytes each; copied
     * @return the commitments
     * @throws WireFormatException if an entry has another length
     */
    public static BlobCommitments of(List<byte[]> entries) {
        List<byte[]> copies = new ArrayList<>();
        for (byte[] entry : entries) {
            if (entry.length != ENTRY_LENGTH) {
                throw new WireFormatException(
                        "rows_commitments[" + copies.size() + "]",
                        "expected " + ENTRY_LENGTH + " bytes but was " + entry.length);
            }
            copies.add(entry.clone());
        }
        return new BlobCommitments(copies);
    }

    static BlobCommitments ofTree(byte[] root, int rows, int columns) {
        List<byte[]> entries = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            entries.add(entry(root, row, rows, columns));
        }
        return new BlobCommitments(entries);
    }

    private static byte[] entry(byte[] root, int row, int rows, int columns) {
        byte[] entry = Arrays.copyOf(root, ENTRY_LENGTH);
        LittleEndian.putInt(entry, ROOT, row);
        LittleEndian.putInt(entry, ROWS_AT, rows);
        LittleEndian.putInt(entry, COLUMNS_AT, columns);
        return entry;
    }

    /** {@return the entries, fresh arrays of 48 bytes, one a row} */
    public List<byte[]> entries() {
        List<byte[]> copies = new ArrayList<>(entries.size());
        entries.forEach(entry -> copies.add(entry.clone()));
        return copies;
    }

    List<byte[]> rawEntries() {
        return entries;
    }

    /** Counts the rows. */
    public int rows() {
        return entries.size();
    }

    /**
     * Counts the columns, as these commitments of a dev node tell: a power of two from 2 to 256; 0 if they are not
     * well-formed ones of a dev node.
     */
    public int columns() {
        if (columns < 0) {
            columns = countColumns();
        }
        return columns;
    }

    private int countColumns() {
        if (entries.isEmpty()) {
            return 0;
        }
        byte[] first = entries.get(0);
        int count = LittleEndian.getInt(first, COLUMNS_AT);
        if (!BlobCoding.isColumnCount(count)) {
            return 0;
        }
        byte[] root = Arrays.copyOf(first, ROOT);
        for (int row = 0; row < entries.size(); row++) {
            if (!Arrays.equals(entries.get(row), entry(root, row, entries.size(), count))) {
                return 0;
            }
        }
        return count;
    }

    /**
     * Checks whether these are the commitments of a blob, made by a dev node or by a real one, whose entries are
     * compressed points and are hashed as uncompressed ones (node contract 2.3).
     *
     * @param blob its id
     * @return whether they lead to that id
     */
    public boolean areOf(BlobId blob) {
        if (columns() != 0) {
            return blobId().equals(blob);
        }
        byte[] hashed = new byte[HASHED_LENGTH * entries.size()];
        for (int row = 0; row < entries.size(); row++) {
            System.arraycopy(BlsPoint.uncompress(entries.get(row)), 0, hashed, HASHED_LENGTH * row, HASHED_LENGTH);
        }
        return new BlobId(Blake2b.hash(hashed)).equals(blob);
    }

    /** Computes the id of a blob of a dev node: the Blake2b-256 hash of the entries, each in 96 bytes. */
    public BlobId blobId() {
        BlobId known = blobId;
        if (known == null) {
            byte[] hashed = new byte[HASHED_LENGTH * entries.size()];
            for (int row = 0; row < entries.size(); row++) {
                System.arraycopy(entries.get(row), 0, hashed, HASHED_LENGTH * row, ENTRY_LENGTH);
            }
            known = new BlobId(Blake2b.hash(hashed));
            blobId = known;
        }
        return known;
    }

    /**
     * Checks that a share is the column it says, of the blob committed to.
     *
     * @param share the share
     * @return whether it is; never true for commitments that are not those of a dev node
     */
    public boolean verify(BlobShare share) {
        int count = columns();
        return count != 0
                && share.index() < count
                && share.rows() == rows()
                && ColumnTree.proves(Arrays.copyOf(entries.get(0), ROOT), count, share);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof BlobCommitments that && blobId().equals(that.blobId()));
    }

    @Override
    public int hashCode() {
        return blobId().hashCode();
    }

    @Override
    public String toString() {
        return "BlobCommitments[blob=" + blobId() + ", rows=" + rows() + "]";
    }
}
