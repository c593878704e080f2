package org.junitnomos.mantle;

import org.jspecify.annotations.Nullable;

/**
 * A map of notes to leaves: an immutable binary trie over the bits of the note ids, sharing structure between versions.
 */
final class LeafIndex {

    static final LeafIndex EMPTY = new LeafIndex(null);

    private final @Nullable Node root;

    private LeafIndex(@Nullable Node root) {
        this.root = root;
    }

    /** Returns the leaf of a note, or -1. */
    int find(NoteId note) {
        Node node = root;
        for (int bit = 0; node instanceof Branch branch; bit++) {
            node = note.value().bit(bit) ? branch.one : branch.zero;
        }
        return node instanceof Entry entry && entry.note.equals(note) ? entry.leaf : -1;
    }

    LeafIndex with(NoteId note, int leaf) {
        return new LeafIndex(put(root, 0, new Entry(note, leaf)));
    }

    LeafIndex without(NoteId note) {
        return new LeafIndex(remove(root, 0, note));
    }

    private static Node put(@Nullable Node node, int bit, Entry entry) {
        if (node == null || (node instanceof Entry old && old.note.equals(entry.note))) {
            return entry;
        }
        Branch branch = node instanceof Branch same ? same : split((Entry) node, bit);
        return entry.note.value().bit(bit)
                ? new Branch(branch.zero, put(branch.one, bit + 1, entry))
                : new Branch(put(branch.zero, bit + 1, entry), branch.one);
    }

    private static Branch split(Entry entry, int bit) {
        return entry.note.value().bit(bit) ? new Branch(null, entry) : new Branch(entry, null);
    }

    private static @Nullable Node remove(@Nullable Node node, int bit, NoteId note) {
        if (!(node instanceof Branch branch)) {
            return node instanceof Entry entry && !entry.note.equals(note) ? entry : null;
        }
        boolean one = note.value().bit(bit);
        Node changed = remove(one ? branch.one : branch.zero, bit + 1, note);
        Node other = one ? branch.zero : branch.one;
        if (changed == null && (other == null || other instanceof Entry)) {
            return other;
        }
        if (other == null && changed instanceof Entry) {
            return changed;
        }
        return one ? new Branch(other, changed) : new Branch(changed, other);
    }

    private sealed interface Node {}

    private record Entry(NoteId note, int leaf) implements Node {}

    private record Branch(@Nullable Node zero, @Nullable Node one) implements Node {}
}
