package org.junitnomos.workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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

    Account(Wallet wallet, OwnedNote note) {
        this.wallet = wallet;
        this.note = note;
    }

    /** Builds the transaction that spends the whole note to its owner. */
    PendingTransaction spend(RunContext run) throws InterruptedException {
        var ledger = new LedgerTx(List.of(note.id()), List.of(new Note(note.value(), note.owner())));
        var signed = run.sign(MantleTx.of(List.of(), ledger), wallet);
        var sent = new PendingTransaction(signed, this, ledger.noteIds().get(0), open.peekLast());
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
        }
    }
}
