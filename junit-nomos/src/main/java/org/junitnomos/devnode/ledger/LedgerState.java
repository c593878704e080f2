package org.junitnomos.devnode.ledger;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.DeclarationId;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.ServiceType;
import org.junitnomos.mantle.ZkPublicKey;

/**
 * The ledger after a block. Immutable; states of neighboring blocks share almost everything.
 *
 * @param notes the unspent notes
 * @param balances sum of the unspent notes of an owner, unsigned
 * @param channels the channels
 * @param declarations the declared providers
 * @param locks services for which a note is locked, as bits by ordinal
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record LedgerState(
        PersistentMap<NoteId, Note> notes,
        PersistentMap<ZkPublicKey, Long> balances,
        PersistentMap<ChannelId, Channel> channels,
        PersistentMap<DeclarationId, Declaration> declarations,
        PersistentMap<NoteId, Integer> locks) {
    /** The ledger without anything. */
    public static final LedgerState EMPTY = new LedgerState(
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty());

    /** Returns the sum of the notes of an owner, unsigned; 0 if it has no notes. */
    public long balance(ZkPublicKey owner) {
        Long balance = balances.get(owner);
        return balance == null ? 0 : balance;
    }

    /** Returns the ledger with one more note, whether or not anybody paid for it. */
    public LedgerState withNote(NoteId id, Note note) {
        return new LedgerState(
                notes.put(id, note),
                balances.put(note.owner(), balance(note.owner()) + note.value()),
                channels,
                declarations,
                locks);
    }

    /** Returns the ledger without a note, whoever spends it. */
    public LedgerState withoutNote(NoteId id, Note note) {
        long left = balance(note.owner()) - note.value();
        return new LedgerState(
                notes.remove(id),
                left == 0 ? balances.remove(note.owner()) : balances.put(note.owner(), left),
                channels,
                declarations,
                locks);
    }

    LedgerState withChannel(ChannelId id, Channel channel) {
        return new LedgerState(notes, balances, channels.put(id, channel), declarations, locks);
    }

    LedgerState withDeclaration(DeclarationId id, Declaration declaration) {
        return new LedgerState(notes, balances, channels, declarations.put(id, declaration), locks);
    }

    LedgerState withoutDeclaration(DeclarationId id) {
        return new LedgerState(notes, balances, channels, declarations.remove(id), locks);
    }

    boolean isLocked(NoteId note) {
        return locks.containsKey(note);
    }

    boolean isLocked(NoteId note, ServiceType service) {
        return (lockBits(note) & bit(service)) != 0;
    }

    LedgerState lock(NoteId note, ServiceType service) {
        return withLocks(locks.put(note, lockBits(note) | bit(service)));
    }

    LedgerState unlock(NoteId note, ServiceType service) {
        int left = lockBits(note) & ~bit(service);
        return withLocks(left == 0 ? locks.remove(note) : locks.put(note, left));
    }

    private LedgerState withLocks(PersistentMap<NoteId, Integer> changed) {
        return new LedgerState(notes, balances, channels, declarations, changed);
    }

    private int lockBits(NoteId note) {
        @Nullable Integer bits = locks.get(note);
        return bits == null ? 0 : bits;
    }

    private static int bit(ServiceType service) {
        return 1 << service.ordinal();
    }
}
