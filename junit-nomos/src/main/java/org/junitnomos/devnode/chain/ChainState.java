package org.junitnomos.devnode.chain;

import org.apiguardian.api.API;
import org.junitnomos.devnode.ledger.GenesisLedger;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.PersistentMap;
import org.junitnomos.mantle.EpochNonce;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.Memo;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;

/**
 * What follows from a chain of blocks: the ledger, and who may lead in this epoch and the next (node contract
 * 3.2). Immutable.
 *
 * @param ledger the ledger after the last block
 * @param slot slot of the last block
 * @param nonce the evolving nonce after the last block
 * @param epoch nonce and notes of the epoch of {@code slot}
 * @param next nonce and notes of the epoch after it, as far as they are known
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record ChainState(LedgerState ledger, long slot, Fr nonce, Epoch epoch, Epoch next) {
    /** All nodes of a chain begin with one state, and so share what follows from it. */
    private static final Memo<SignedMantleTx, ChainState> BEGINNINGS = Memo.ofLastUsed(8);

    /**
     * What decides the lottery of an epoch.
     *
     * @param number the epoch, from 0
     * @param nonce its nonce
     * @param notes the notes that take part, if they are unspent
     */
    public record Epoch(long number, Fr nonce, PersistentMap<NoteId, Note> notes) {}

    /**
     * Builds the state a chain begins with.
     *
     * @param parameters the chain
     * @return the state after genesis
     */
    public static ChainState genesis(ChainParameters parameters) {
        return BEGINNINGS.get(parameters.genesis().signed(), signed -> {
            LedgerState ledger = GenesisLedger.of(parameters.genesis());
            return new ChainState(
                    ledger, 0, Fr.ZERO, new Epoch(0, Fr.ZERO, ledger.notes()), new Epoch(1, Fr.ZERO, ledger.notes()));
        });
    }

    /**
     * Returns the epoch of a later slot if no block comes before it.
     *
     * @param parameters the chain
     * @param later a slot after that of the last block
     * @return nonce and notes of its epoch
     */
    public Epoch epochAt(ChainParameters parameters, long later) {
        long number = parameters.epochOf(later);
        if (number == epoch.number()) {
            return epoch;
        }
        return number == next.number() ? next : new Epoch(number, nonce, ledger.notes());
    }

    /** Returns the state after a block with this header, whose transactions lead to this ledger. */
    ChainState after(ChainParameters parameters, Header header, LedgerState newLedger) {
        Epoch current = epochAt(parameters, header.slot());
        Epoch following =
                current == epoch ? updateNext(parameters) : new Epoch(current.number() + 1, nonce, ledger.notes());
        Fr newNonce = EpochNonce.next(nonce, header.proofOfLeadership().entropyContribution(), header.slot());
        return new ChainState(newLedger, header.slot(), newNonce, current, following);
    }

    /** Lets the last block still count for the next epoch if it came before the snapshots. */
    private Epoch updateNext(ChainParameters parameters) {
        boolean moveNonce = slot < parameters.nonceSnapshot(next.number());
        boolean moveNotes = slot < parameters.stakeSnapshot(next.number());
        if (!moveNonce && !moveNotes) {
            return next;
        }
        return new Epoch(next.number(), moveNonce ? nonce : next.nonce(), moveNotes ? ledger.notes() : next.notes());
    }
}
