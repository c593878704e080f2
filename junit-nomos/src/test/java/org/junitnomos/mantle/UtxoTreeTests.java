package org.junitnomos.mantle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UtxoTreeTests {

    @Test
    void hasTheRootsOfTheContract() {
        NoteId genesisNote = MantleFixtures.sampleGenesis().tx().noteIds().get(0);
        assertThat(UtxoTree.EMPTY.root())
                .hasToString("5409b44c9d50fa2be7cc5bd5658cf762e4a1c7d37221e35f1c3ead102fc03110");
        assertThat(UtxoTree.EMPTY.insert(genesisNote).root())
                .hasToString("4625e602f577087f92af248086955894ae20ae42e14031540d430accd6971813");
    }

    @Test
    void takesTheLowestFreeLeafFirst() {
        UtxoTree tree =
                UtxoTree.EMPTY.insert(note(1)).insert(note(2)).insert(note(3)).insert(note(4));
        UtxoTree holes = tree.remove(note(2)).remove(note(3));
        assertThat(holes.insert(note(5)).findIndex(note(5))).contains(1);
        assertThat(holes.insert(note(5)).insert(note(6)).findIndex(note(6))).contains(2);
        assertThat(holes.insert(note(5)).insert(note(6)).insert(note(7)).findIndex(note(7)))
                .contains(4);
    }

    @Test
    void keepsEarlierVersions() {
        UtxoTree one = UtxoTree.EMPTY.insert(note(1));
        Fr root = one.root();
        UtxoTree none = one.remove(note(1));
        assertThat(one.contains(note(1))).isTrue();
        assertThat(one.root()).isEqualTo(root);
        assertThat(none.contains(note(1))).isFalse();
        assertThat(none.root()).isEqualTo(UtxoTree.EMPTY.root());
        assertThat(none.size()).isZero();
    }

    @Test
    void agreesWithAPlainListUnderRandomChanges() {
        Random random = new Random(5);
        UtxoTree tree = UtxoTree.EMPTY;
        List<Fr> leaves = new ArrayList<>();
        TreeSet<NoteId> present = new TreeSet<>();
        for (int step = 0; step < 300; step++) {
            if (present.isEmpty() || random.nextInt(5) < 3) {
                NoteId note = new NoteId(MantleFixtures.fr(random));
                if (present.add(note)) {
                    tree = tree.insert(note);
                    int free = leaves.indexOf(Fr.ZERO);
                    if (free < 0) {
                        leaves.add(note.value());
                    } else {
                        leaves.set(free, note.value());
                    }
                }
            } else {
                NoteId note = new ArrayList<>(present).get(random.nextInt(present.size()));
                present.remove(note);
                tree = tree.remove(note);
                leaves.set(leaves.indexOf(note.value()), Fr.ZERO);
            }
            assertThat(tree.size()).isEqualTo(present.size());
        }
        for (NoteId note : present) {
            assertThat(tree.findIndex(note)).contains(leaves.indexOf(note.value()));
        }
        assertThat(tree.root()).isEqualTo(plainRoot(leaves));
    }

    @Test
    void refusesToAddTwiceOrToRemoveTheUnknown() {
        UtxoTree tree = UtxoTree.EMPTY.insert(note(1));
        assertThatThrownBy(() -> tree.insert(note(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Note " + note(1) + " is in the tree already.");
        assertThatThrownBy(() -> tree.remove(note(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Note " + note(2) + " is not in the tree.");
    }

    private static Fr plainRoot(List<Fr> leaves) {
        List<Fr> level = leaves;
        Fr empty = Fr.ZERO;
        for (int height = 0; height < UtxoTree.HEIGHT; height++) {
            List<Fr> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(Poseidon2.compress(level.get(i), i + 1 < level.size() ? level.get(i + 1) : empty));
            }
            empty = Poseidon2.compress(empty, empty);
            level = above;
        }
        return level.get(0);
    }

    private static NoteId note(long number) {
        return new NoteId(Fr.of(number));
    }
}
