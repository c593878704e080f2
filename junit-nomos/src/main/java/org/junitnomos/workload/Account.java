package org.junitnomos.workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.OwnedNote;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.RunContext;

/** One user: its wallet, the note it spends next, and its transactions that are not final yet, oldest first. */
final class Account {
    private final Wallet wallet;
    private final Deque<PendingTransaction> open = new ArrayDeque<>();
    private OwnedNote note;
    private Signatures.@Nullable Signature next;

    Account(Wallet wallet, OwnedNote note) {
        this.wallet = wallet;
        this.note = note;
    }

    /**
     * Begins to sign the transaction that spends the whole note to its owner, if that was not begun before. Which note
     * that is does not depend on proofs, so the next one may be signed while the last one is on its way.
     */
    void prepare(RunContext run, Signatures signatures) {
        if (next == null) {
            var ledger = new LedgerTx(List.of(note.id()), List.of(new Note(note.value(), note.owner())));
            next = signatures.begin(MantleTx.of(List.of(), ledger), transaction -> run.sign(transaction, wallet));
        }
    }

    /** Whether it need not be waited for the signature of the next transaction. */
    boolean isSigned() {
        return next != null && next.isThere();
    }

    /** Takes the transaction that spends the whole note to its owner. */
    PendingTransaction spend(RunContext run, Signatures signatures) throws InterruptedException {
        prepare(run, signatures);
        var signed = Objects.requireNonNull(next).get();
        next = null;
        var output = signed.tx().noteIds().get(0);
        var sent = new PendingTransaction(signed, this, output, open.peekLast());
        open.addLast(sent);
        note = new OwnedNote(sent.output, note.value(), note.owner());
        return sent;
    }

    @Nullable
    PendingTransaction last() {
        return open.peekLast();
    }

    /** The transaction that spends the output of another; null if there is none. */
    @Nullable
    PendingTransaction childOf(PendingTransaction sent) {
        for (var each : open) {
            if (each.parent == sent) {
                return each;
            }
        }
        return null;
    }

    /** Whether no node took the last transaction, so that it comes again. */
    boolean isToBeRepeated() {
        var last = open.peekLast();
        return last != null && !last.accepted;
    }

    Iterable<PendingTransaction> open() {
        return open;
    }

    /** A transaction left the chain: it and all that build on it are in doubt. */
    void disturb(PendingTransaction sent, long height) {
        boolean after = false;
        for (var each : open) {
            after |= each == sent;
            if (after) {
                each.disturbedAt = height;
            }
        }
    }

    /** Forgets what a reorg cannot undo any more. */
    void forgetUpTo(long finalHeight, Consumer<PendingTransaction> forgotten) {
        while (open.size() > 1 && open.getFirst().isIncluded() && open.getFirst().includedAt <= finalHeight) {
            forgotten.accept(open.removeFirst());
            open.getFirst().parent = null; // or each would hold all before it
        }
    }
}
