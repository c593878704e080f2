package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Extends blobs into columns as a dev node does, and puts them together again (node contract 4.2).
 *
 * <p>The bytes are cut into elements of 31; a row is half as many elements as there are columns, the last row is filled
 * with zeros; Reed-Solomon coding doubles every row, byte by byte. Each column is a share, and any half of them gives
 * back the bytes. A real node codes over another field, so only the first half of its columns is the same.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class BlobCoding {

    /** Length of an element in bytes. */
    public static final int ELEMENT_LENGTH = 31;

    private static final int CHUNK = BlobShare.CHUNK_LENGTH;

    private BlobCoding() {}

    /**
     * A blob that is coded.
     *
     * @param commitments commits to the columns
     * @param shares one a column, in order
     */
    public record Coded(BlobCommitments commitments, List<BlobShare> shares) {
        /** Copies the shares. */
        public Coded {
            shares = List.copyOf(shares);
        }
    }

    static boolean isColumnCount(int columns) {
        return columns >= 2 && columns <= ReedSolomon.POINTS && Integer.bitCount(columns) == 1;
    }

    /**
     * Codes bytes into columns.
     *
     * @param data the bytes, a multiple of 31, at least 31
     * @param columns number of columns, a power of two from 2 to 256
     * @return commitments and shares
     * @throws IllegalArgumentException if the length or the number of columns is wrong
     */
    public static Coded encode(byte[] data, int columns) {
        if (data.length == 0 || data.length % ELEMENT_LENGTH != 0) {
            throw new IllegalArgumentException("The data has " + data.length + " bytes, expected a multiple of "
                    + ELEMENT_LENGTH + " that is not 0.");
        }
        requireColumns(columns);
        int width = columns / 2;
        int elements = data.length / ELEMENT_LENGTH;
        int rows = (elements + width - 1) / width;
        byte[][] all = new byte[columns][rows * CHUNK];
        for (int i = 0; i < elements; i++) {
            System.arraycopy(data, i * ELEMENT_LENGTH, all[i % width], i / width * CHUNK, ELEMENT_LENGTH);
        }
        int[] known = new int[width];
        for (int i = 0; i < width; i++) {
            known[i] = i;
        }
        for (int column = width; column < columns; column++) {
            restore(all, known, column);
        }
        return code(all, rows);
    }

    private static Coded code(byte[][] columns, int rows) {
        ColumnTree tree = new ColumnTree(columns);
        List<BlobShare> shares = new ArrayList<>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            shares.add(new BlobShare(i, columns[i], tree.proof(i)));
        }
        return new Coded(BlobCommitments.ofTree(tree.root(), rows, columns.length), shares);
    }

    private static void restore(byte[][] columns, int[] known, int wanted) {
        int[] factors = ReedSolomon.factors(known, wanted);
        for (int i = 0; i < known.length; i++) {
            ReedSolomon.addMultiple(columns[wanted], columns[known[i]], factors[i]);
        }
    }

    /**
     * Puts a blob together from any half of its columns, and checks that it is the blob committed to.
     *
     * @param shares at least half of the columns, in any order; more are not looked at
     * @param size length of the blob in bytes, as the blob operation tells
     * @throws IllegalArgumentException if there are too few shares, one does not verify, the size does not fit, or the
     *     columns are not those of one coded blob; the text says which
     */
    public static byte[] reconstruct(BlobCommitments commitments, Collection<BlobShare> shares, int size) {
        int count = commitments.columns();
        if (count == 0) {
            throw new IllegalArgumentException("The commitments of blob " + commitments.blobId()
                    + " are not those of a dev node, expected one tree root in all " + commitments.rows() + " rows.");
        }
        requireSize(commitments, size, count / 2);
        byte[][] columns = new byte[count][commitments.rows() * CHUNK];
        int[] known = choose(commitments, shares, columns);
        boolean[] present = new boolean[count];
        for (int index : known) {
            present[index] = true;
        }
        for (int column = 0; column < count; column++) {
            if (!present[column]) {
                restore(columns, known, column);
            }
        }
        if (!code(columns, commitments.rows()).commitments().equals(commitments)) {
            throw new IllegalArgumentException("The columns of blob " + commitments.blobId()
                    + " do not belong to one coded blob: coding what they give back leads to other commitments.");
        }
        byte[] data = new byte[size];
        for (int i = 0; i < size / ELEMENT_LENGTH; i++) {
            int from = i / (count / 2) * CHUNK;
            System.arraycopy(columns[i % (count / 2)], from, data, i * ELEMENT_LENGTH, ELEMENT_LENGTH);
        }
        return data;
    }

    /**
     * Takes a blob of a real node that has two columns out of the first one, which is its data (node contract 4.2).
     * Nothing is verified.
     *
     * @param first the share of column 0
     * @param size length of the blob in bytes, as the blob operation tells
     * @return the bytes
     * @throws IllegalArgumentException if the column holds fewer or more rows than such a blob has
     */
    public static byte[] dataOfTwoColumns(BlobShare first, int size) {
        int rows = (size + ELEMENT_LENGTH - 1) / ELEMENT_LENGTH;
        if (rows != first.rows()) {
            throw new IllegalArgumentException("A blob of " + size + " bytes has " + rows + " rows of " + ELEMENT_LENGTH
                    + " bytes, but its column has " + first.rows() + ".");
        }
        byte[] data = new byte[size];
        for (int row = 0; row < rows; row++) {
            int at = row * ELEMENT_LENGTH;
            System.arraycopy(first.rawColumn(), row * CHUNK, data, at, Math.min(ELEMENT_LENGTH, size - at));
        }
        return data;
    }

    private static void requireSize(BlobCommitments commitments, int size, int width) {
        int most = commitments.rows() * width * ELEMENT_LENGTH;
        if (size <= 0 || size % ELEMENT_LENGTH != 0 || size > most || size <= most - width * ELEMENT_LENGTH) {
            throw new IllegalArgumentException("A blob of " + size + " bytes does not fill " + commitments.rows()
                    + " rows of " + width * ELEMENT_LENGTH + " bytes, expected a multiple of " + ELEMENT_LENGTH
                    + " that does.");
        }
    }

    /** Copies the columns to compute from, and returns which they are. */
    private static int[] choose(BlobCommitments commitments, Collection<BlobShare> shares, byte[][] columns) {
        TreeMap<Integer, BlobShare> byIndex = new TreeMap<>();
        for (BlobShare share : shares) {
            if (!commitments.verify(share)) {
                throw new IllegalArgumentException(
                        "The share of column " + share.index() + " is none of blob " + commitments.blobId() + ".");
            }
            byIndex.put(share.index(), share);
        }
        int needed = columns.length / 2;
        if (byIndex.size() < needed) {
            throw new IllegalArgumentException("Only columns " + byIndex.keySet() + " of blob " + commitments.blobId()
                    + " are there, expected any " + needed + " of " + columns.length + ".");
        }
        byIndex.values().stream().limit(needed).forEach(share -> columns[share.index()] = share.column());
        return byIndex.keySet().stream()
                .limit(needed)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void requireColumns(int columns) {
        if (!isColumnCount(columns)) {
            throw new IllegalArgumentException("A blob is coded into " + columns
                    + " columns, expected a power of two from 2 to " + ReedSolomon.POINTS + ".");
        }
    }
}
