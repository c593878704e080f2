package org.junitnomos.devnode;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Makes transfers of a wallet whose ids have a place among others: a node builds its blocks in their order. */
public final class Transfers {
    private static final int PLACES = 5;

    /** The last byte of an id is its largest one, and below this. */
    private static final int LAST_BYTES = 0x31;

    private final TestGenesis genesis;

    public Transfers(TestGenesis genesis) {
        this.genesis = genesis;
    }

    /** Spend the note of a wallet; the id is in one of five places, from 0. */
    public SignedMantleTx of(int wallet, int place) {
        return of(wallet, genesis.walletNote(wallet), TestGenesis.WALLET_VALUE, place);
    }

    /** Make transfers of which each spends the first output of the one before. */
    public List<SignedMantleTx> chain(int wallet, int... places) {
        List<SignedMantleTx> chain = new ArrayList<>();
        NoteId note = genesis.walletNote(wallet);
        long value = TestGenesis.WALLET_VALUE;
        for (int place : places) {
            SignedMantleTx next = of(wallet, note, value, place);
            chain.add(next);
            note = next.tx().noteIds().get(0);
            value = next.tx().ledgerTx().outputs().get(0).value();
        }
        return chain;
    }

    private SignedMantleTx of(int wallet, NoteId note, long value, int place) {
        for (long change = 1; change < value; change++) {
            var owner = genesis.walletKeys().get(wallet);
            var outputs = List.of(new Note(value - change, owner), new Note(change, owner));
            SignedMantleTx transfer = genesis.pay(wallet, List.of(note), outputs);
            if (placeOf(transfer.hash()) == place) {
                return transfer;
            }
        }
        throw new IllegalStateException("no transfer of " + value + " has an id in place " + place);
    }

    private static int placeOf(TxHash hash) {
        byte[] bytes = hash.value().toLittleEndianBytes();
        return (bytes[bytes.length - 1] & 0xff) * PLACES / LAST_BYTES;
    }
}
