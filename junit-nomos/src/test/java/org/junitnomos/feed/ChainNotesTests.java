package org.junitnomos.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.devnode.chain.BlockSigner;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;

class ChainNotesTests {
    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ZERO;

    private final SignedMantleTx genesis = pay(List.of(), 7, 8);

    private static SignedMantleTx pay(List<NoteId> inputs, long... values) {
        var notes = new ArrayList<Note>();
        for (long value : values) {
            notes.add(new Note(value, DevProof.ownerOf(KEY.publicKey())));
        }
        var tx = MantleTx.of(List.of(), new LedgerTx(inputs, notes));
        return new SignedMantleTx(tx, List.of(), DevProof.sign(tx, KEY));
    }

    private static BlockRecord block(long height, SignedMantleTx... transactions) {
        Block block = BlockSigner.sign(HeaderId.fromHex("07".repeat(32)), height, List.of(transactions));
        return new BlockRecord(block.id(), height, block, "validator-0", 0);
    }

    private static List<Long> values(ChainNotes notes) {
        return notes.all().stream().map(OwnedNote::value).toList();
    }

    @Test
    void blocksThatComeLaterGiveTheSameNotesAsTheWholeChain() {
        var first = pay(List.of(genesis.tx().noteIds().get(0)), 3, 4);
        var second =
                pay(List.of(first.tx().noteIds().get(0), genesis.tx().noteIds().get(1)), 11);
        var chain = List.of(block(1, first), block(2), block(3, second));

        var settled = new ChainNotes(genesis, List.of());
        settled.add(chain.get(0));
        var all = settled.with(chain.subList(1, 3));

        assertThat(values(all)).containsExactly(4L, 11L);
        assertThat(all.all()).isEqualTo(new ChainNotes(genesis, chain).all());
        assertThat(values(settled)).containsExactly(8L, 3L, 4L);
    }
}
