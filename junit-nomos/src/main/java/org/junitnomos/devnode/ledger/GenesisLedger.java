package org.junitnomos.devnode.ledger;

import java.math.BigInteger;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.ChannelMessage;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.Memo;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.Op;
import org.junitnomos.mantle.SdpDeclare;

/** Builds the ledger a chain begins with (node contract 2.8). */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class GenesisLedger {
    private static final int REMEMBERED = 8;

    /** Memo of {@link #of}: the nodes of one JVM begin with one genesis, whose proofs are expensive to check. */
    private static final Memo<GenesisTx, LedgerState> LEDGERS = Memo.ofLastAdded(REMEMBERED);

    private GenesisLedger() {}

    /**
     * Applies the genesis transaction.
     *
     * @param genesis the transaction; its ledger proof is not looked at, those of its declarations are
     * @return the ledger after it
     * @throws IllegalArgumentException if an operation of it is not valid
     */
    public static LedgerState of(GenesisTx genesis) {
        synchronized (LEDGERS) {
            return LEDGERS.get(genesis, GenesisLedger::build); // one builds it, the others wait
        }
    }

    private static LedgerState build(GenesisTx genesis) {
        if (genesis.totalStake().compareTo(BigInteger.ONE.shiftLeft(64)) >= 0) {
            throw new IllegalArgumentException("The outputs of the genesis transaction sum up to "
                    + genesis.totalStake() + ", expected less than 2^64.");
        }
        LedgerState state = LedgerState.EMPTY;
        LedgerTx ledgerTx = genesis.tx().ledgerTx();
        List<NoteId> ids = ledgerTx.noteIds();
        for (int i = 0; i < ids.size(); i++) {
            state = state.withNote(ids.get(i), ledgerTx.outputs().get(i));
        }
        List<Op> ops = genesis.tx().ops();
        for (int i = 0; i < ops.size(); i++) {
            try {
                state = apply(state, genesis, i);
            } catch (RejectedTransactionException rejected) {
                throw new IllegalArgumentException(
                        "Operation " + i + " of the genesis transaction is not valid: " + rejected.getMessage(),
                        rejected);
            }
        }
        return state;
    }

    private static LedgerState apply(LedgerState state, GenesisTx genesis, int index)
            throws RejectedTransactionException {
        Op op = genesis.tx().ops().get(index);
        if (op instanceof SdpDeclare declare) {
            return SdpRules.declare(
                    state,
                    genesis.signed().hash(),
                    declare,
                    genesis.signed().opProofs().get(index),
                    0);
        }
        return OpRules.extend(state, (ChannelMessage) op);
    }
}
