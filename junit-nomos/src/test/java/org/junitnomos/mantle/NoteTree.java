package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.List;

/** The tree of unspent notes (node contract 2.3): height 31, zero where nothing is, lowest hole first. */
final class NoteTree {
    private static final int HEIGHT = 31;

    private final List<Fr> leaves = new ArrayList<>();

    void add(NoteId note) {
        int hole = leaves.indexOf(Fr.ZERO);
        if (hole < 0) {
            leaves.add(note.value());
        } else {
            leaves.set(hole, note.value());
        }
    }

    void remove(NoteId note) {
        leaves.set(leaves.indexOf(note.value()), Fr.ZERO);
    }

    Fr root() {
        List<Fr> level = leaves;
        Fr empty = Fr.ZERO;
        for (int height = 0; height < HEIGHT; height++) {
            List<Fr> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(Poseidon2.compress(level.get(i), i + 1 < level.size() ? level.get(i + 1) : empty));
            }
            level = above;
            empty = Poseidon2.compress(empty, empty);
        }
        return level.get(0);
    }
}
