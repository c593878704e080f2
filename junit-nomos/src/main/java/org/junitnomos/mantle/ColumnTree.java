package org.junitnomos.mantle;

import java.util.Arrays;

/** Hashes the columns of a blob into a tree, and proves that a column is in it. Leaves and nodes hash differently. */
final class ColumnTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final int HASH = 32;

    private final byte[][] nodes;

    /** Builds the tree of a power of two of columns; node 1 is the root, nodes 2i and 2i + 1 are below node i. */
    ColumnTree(byte[][] columns) {
        int count = columns.length;
        nodes = new byte[2 * count][];
        for (int i = 0; i < count; i++) {
            nodes[count + i] = leaf(i, columns[i]);
        }
        for (int i = count - 1; i > 0; i--) {
            nodes[i] = Blake2b.hash(NODE, nodes[2 * i], nodes[2 * i + 1]);
        }
    }

    private static byte[] leaf(int index, byte[] column) {
        byte[] number = new byte[4];
        LittleEndian.putInt(number, 0, index);
        return Blake2b.hash(LEAF, number, column);
    }

    byte[] root() {
        return nodes[1];
    }

    /** Returns the siblings from leaf to root, padded with zeros. */
    byte[] proof(int index) {
        byte[] proof = new byte[proofLength(nodes.length / 2)];
        int at = 0;
        for (int node = nodes.length / 2 + index; node > 1; node /= 2) {
            System.arraycopy(nodes[node ^ 1], 0, proof, at, HASH);
            at += HASH;
        }
        return proof;
    }

    private static int pathLength(int columns) {
        return HASH * Integer.numberOfTrailingZeros(columns);
    }

    private static int proofLength(int columns) {
        return Math.max(BlobShare.PROOF_LENGTH, pathLength(columns));
    }

    static boolean proves(byte[] root, int columns, BlobShare share) {
        byte[] proof = share.rawProof();
        int path = pathLength(columns);
        if (proof.length != proofLength(columns) || !isZero(proof, path)) {
            return false;
        }
        byte[] hash = leaf(share.index(), share.rawColumn());
        int position = share.index();
        for (int at = 0; at < path; at += HASH) {
            byte[] sibling = Arrays.copyOfRange(proof, at, at + HASH);
            hash = position % 2 == 0 ? Blake2b.hash(NODE, hash, sibling) : Blake2b.hash(NODE, sibling, hash);
            position /= 2;
        }
        return Arrays.equals(hash, root);
    }

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
