package org.junitnomos.devnode.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.Op;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.ZkPublicKey;

/** Applies the rules of the node contract 2.4 to 2.7, with dev proofs in place of zero-knowledge proofs. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class StandardRules implements TransactionRules {
    /** The only instance; it has no state. */
    public static final StandardRules INSTANCE = new StandardRules();

    private StandardRules() {}

    @Override
    public LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber)
            throws RejectedTransactionException {
        checkShape(transaction);
        LedgerTx ledgerTx = transaction.tx().ledgerTx();
        List<Note> spent = findInputs(state, ledgerTx.inputs());
        long in = sum(spent, "inputs");
        long out = sum(ledgerTx.outputs(), "outputs");
        checkOutputs(ledgerTx);
        checkProof(transaction, spent);
        LedgerState next = move(state, ledgerTx, spent);
        List<Op> ops = transaction.tx().ops();
        List<OpProof> proofs = transaction.opProofs();
        for (int i = 0; i < ops.size(); i++) {
            next = OpRules.apply(next, transaction.hash(), ops.get(i), proofs.get(i), blockNumber);
        }
        checkBalance(transaction, in, out);
        return next;
    }

    private static void checkShape(SignedMantleTx transaction) throws RejectedTransactionException {
        var error = transaction.findShapeError();
        if (error.isPresent()) {
            throw new RejectedTransactionException(Reason.INVALID_SHAPE, error.get());
        }
    }

    private static List<Note> findInputs(LedgerState state, List<NoteId> inputs) throws RejectedTransactionException {
        List<Note> found = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            NoteId input = inputs.get(i);
            Note note = state.notes().get(input);
            if (note == null) {
                throw new RejectedTransactionException(Reason.UNKNOWN_NOTE, "input " + input);
            }
            if (inputs.indexOf(input) != i) {
                throw new RejectedTransactionException(Reason.DOUBLE_SPEND, "input " + input + " is named twice");
            }
            if (state.isLocked(input)) {
                throw new RejectedTransactionException(Reason.LOCKED_NOTE, "input " + input);
            }
            found.add(note);
        }
        return found;
    }

    private static long sum(List<Note> notes, String side) throws RejectedTransactionException {
        long sum = 0;
        for (Note note : notes) {
            sum += note.value();
            if (Long.compareUnsigned(sum, note.value()) < 0) {
                throw new RejectedTransactionException(Reason.OVERFLOW, "the sum of the " + side);
            }
        }
        return sum;
    }

    private static void checkOutputs(LedgerTx ledgerTx) throws RejectedTransactionException {
        List<Note> outputs = ledgerTx.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).value() == 0) {
                throw new RejectedTransactionException(Reason.ZERO_VALUE_NOTE, "output " + i);
            }
        }
    }

    private static void checkProof(SignedMantleTx transaction, List<Note> spent) throws RejectedTransactionException {
        List<ZkPublicKey> owners = new ArrayList<>(spent.size());
        for (Note note : spent) {
            owners.add(note.owner());
        }
        if (!DevProof.verify(transaction, owners)) {
            throw new RejectedTransactionException(
                    Reason.INVALID_LEDGER_PROOF, "not a dev proof of the owner of all " + owners.size() + " inputs");
        }
    }

    private static LedgerState move(LedgerState state, LedgerTx ledgerTx, List<Note> spent) {
        LedgerState next = state;
        for (int i = 0; i < spent.size(); i++) {
            next = next.withoutNote(ledgerTx.inputs().get(i), spent.get(i));
        }
        List<NoteId> created = ledgerTx.noteIds();
        for (int i = 0; i < created.size(); i++) {
            next = next.withNote(created.get(i), ledgerTx.outputs().get(i));
        }
        return next;
    }

    private static void checkBalance(SignedMantleTx transaction, long in, long out)
            throws RejectedTransactionException {
        BigInteger gas = gasCost(transaction);
        int surplus = unsigned(in).compareTo(unsigned(out).add(gas));
        if (surplus != 0) {
            throw new RejectedTransactionException(
                    surplus < 0 ? Reason.INSUFFICIENT_BALANCE : Reason.UNBALANCED_TRANSACTION,
                    "inputs " + Long.toUnsignedString(in) + ", outputs " + Long.toUnsignedString(out) + ", gas " + gas);
        }
    }

    private static BigInteger gasCost(SignedMantleTx transaction) throws RejectedTransactionException {
        try {
            return transaction.gasCost();
        } catch (IllegalStateException mismatch) {
            throw new RejectedTransactionException(Reason.INVALID_OP_PROOF, String.valueOf(mismatch.getMessage()));
        }
    }

    private static BigInteger unsigned(long value) {
        return value >= 0 ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
    }
}
