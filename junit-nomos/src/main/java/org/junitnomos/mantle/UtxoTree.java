package org.junitnomos.mantle;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The unspent notes as leaves of a Merkle tree of height 31 (node contract 2.3).
 *
 * <p>Trees are immutable and share structure: a change costs one path, its hashes only when the root is asked for. A
 * new note takes the lowest free leaf; a removed one leaves a zero leaf behind.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class UtxoTree {

    /** Levels above the leaves. */
    public static final int HEIGHT = 31;

    /** The tree without notes. */
    public static final UtxoTree EMPTY = new UtxoTree(null, LeafIndex.EMPTY);

    /** Several nodes of one JVM compute the same trees. */
    private static final Memo<Pair, Fr> COMPRESSIONS = Memo.ofLastUsed(16384);

    private static final Fr[] EMPTY_ROOTS = emptyRoots();

    private final @Nullable Node root;
    private final LeafIndex indices;

    private record Pair(Fr left, Fr right) {}

    private UtxoTree(@Nullable Node root, LeafIndex indices) {
        this.root = root;
        this.indices = indices;
    }

    /**
     * Adds a note at the lowest free leaf.
     *
     * @param note the note
     * @return the tree with the note
     * @throws IllegalArgumentException if the note is in the tree already
     */
    public UtxoTree insert(NoteId note) {
        if (indices.find(note) >= 0) {
            throw new IllegalArgumentException("Note " + note + " is in the tree already.");
        }
        int leaf = lowestFree(root, HEIGHT);
        return new UtxoTree(put(root, HEIGHT, leaf, note.value()), indices.with(note, leaf));
    }

    /**
     * Removes a note.
     *
     * @param note the note
     * @return the tree without the note
     * @throws IllegalArgumentException if the note is not in the tree
     */
    public UtxoTree remove(NoteId note) {
        int leaf = indices.find(note);
        if (leaf < 0) {
            throw new IllegalArgumentException("Note " + note + " is not in the tree.");
        }
        return new UtxoTree(put(root, HEIGHT, leaf, null), indices.without(note));
    }

    /**
     * Tells whether a note is in the tree.
     *
     * @param note the note
     * @return whether it is
     */
    public boolean contains(NoteId note) {
        return indices.find(note) >= 0;
    }

    /**
     * Finds the leaf of a note.
     *
     * @param note the note
     * @return the index of the leaf, from 0; empty if the note is not in the tree
     */
    public Optional<Integer> findIndex(NoteId note) {
        int leaf = indices.find(note);
        return leaf < 0 ? Optional.empty() : Optional.of(leaf);
    }

    /**
     * Counts the notes.
     *
     * @return the number of notes
     */
    public int size() {
        return root == null ? 0 : root.count;
    }

    /**
     * Returns the root over all leaves; hashes are computed on first use and kept.
     *
     * @return the root
     */
    public Fr root() {
        return hash(root, HEIGHT);
    }

    private static int lowestFree(@Nullable Node node, int height) {
        Node at = node;
        int leaf = 0;
        for (int level = height; level > 0 && at != null; level--) {
            boolean leftIsFull = at.left != null && at.left.count == 1 << (level - 1);
            leaf += leftIsFull ? 1 << (level - 1) : 0;
            at = leftIsFull ? at.right : at.left;
        }
        return leaf;
    }

    private static @Nullable Node put(@Nullable Node node, int height, int leaf, @Nullable Fr value) {
        if (height == 0) {
            return value == null ? null : new Node(null, null, 1, value);
        }
        Node left = node == null ? null : node.left;
        Node right = node == null ? null : node.right;
        int half = 1 << (height - 1);
        if (leaf < half) {
            left = put(left, height - 1, leaf, value);
        } else {
            right = put(right, height - 1, leaf - half, value);
        }
        int count = (left == null ? 0 : left.count) + (right == null ? 0 : right.count);
        return count == 0 ? null : new Node(left, right, count, null);
    }

    private static Fr hash(@Nullable Node node, int height) {
        if (node == null) {
            return EMPTY_ROOTS[height];
        }
        Fr known = node.hash;
        if (known == null) {
            Pair halves = new Pair(hash(node.left, height - 1), hash(node.right, height - 1));
            known = COMPRESSIONS.get(halves, pair -> Poseidon2.compress(pair.left(), pair.right()));
            node.hash = known;
        }
        return known;
    }

    private static Fr[] emptyRoots() {
        Fr[] roots = new Fr[HEIGHT + 1];
        roots[0] = Fr.ZERO;
        for (int height = 1; height <= HEIGHT; height++) {
            roots[height] = Poseidon2.compress(roots[height - 1], roots[height - 1]);
        }
        return roots;
    }

    /** A subtree with at least one note. */
    private static final class Node {

        private final @Nullable Node left;
        private final @Nullable Node right;
        private final int count;
        private volatile @Nullable Fr hash;

        private Node(@Nullable Node left, @Nullable Node right, int count, @Nullable Fr hash) {
            this.left = left;
            this.right = right;
            this.count = count;
            this.hash = hash;
        }
    }
}
