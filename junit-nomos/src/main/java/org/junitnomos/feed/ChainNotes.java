package org.junitnomos.feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;

/** The notes that are unspent at the end of a chain, as the feed saw it: nobody has to ask a node. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ChainNotes {
    private final Map<NoteId, OwnedNote> unspent = new LinkedHashMap<>();

    /**
     * Follows a chain from genesis.
     *
     * @param genesis the genesis transaction
     * @param chain its blocks, oldest first, as {@link BlockFeed#chain()} gives them
     */
    public ChainNotes(SignedMantleTx genesis, List<BlockRecord> chain) {
        apply(genesis.tx());
        chain.forEach(this::add);
    }

    private ChainNotes(ChainNotes before) {
        unspent.putAll(before.unspent);
    }

    /** Follows the chain by one block more. */
    public void add(BlockRecord next) {
        next.block().transactions().forEach(transaction -> apply(transaction.tx()));
    }

    /** {@return the notes after some blocks more; these stay as they are} */
    public ChainNotes with(List<BlockRecord> further) {
        var notes = new ChainNotes(this);
        further.forEach(notes::add);
        return notes;
    }

    private void apply(MantleTx transaction) {
        transaction.ledgerTx().inputs().forEach(unspent::remove);
        var outputs = transaction.ledgerTx().outputs();
        for (int i = 0; i < outputs.size(); i++) {
            var id = transaction.noteIds().get(i);
            unspent.put(
                    id, new OwnedNote(id, outputs.get(i).value(), outputs.get(i).owner()));
        }
    }

    /** {@return all notes, by their ids, oldest first} */
    public List<OwnedNote> all() {
        return List.copyOf(unspent.values());
    }

    /**
     * Finds the notes of an owner.
     *
     * @param owner the key that they name
     * @return its notes, oldest first
     */
    public List<OwnedNote> of(ZkPublicKey owner) {
        return unspent.values().stream()
                .filter(note -> note.owner().equals(owner))
                .toList();
    }
}
