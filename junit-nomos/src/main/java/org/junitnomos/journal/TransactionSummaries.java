package org.junitnomos.journal;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;

/** Summarizes transactions for the journal. */
final class TransactionSummaries {
    private TransactionSummaries() {}

    static TransactionSummary of(SignedMantleTx signed) {
        List<Note> outputs = signed.tx().ledgerTx().outputs();
        List<NoteId> ids = signed.tx().noteIds();
        List<CreatedNote> created = new ArrayList<>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            created.add(new CreatedNote(ids.get(i), outputs.get(i).value()));
        }
        List<String> ops = signed.tx().ops().stream()
                .map(op -> op.getClass().getSimpleName())
                .toList();
        return new TransactionSummary(signed.hash(), signed.tx().ledgerTx().inputs(), created, feeOf(signed), ops);
    }

    /** A wrong proof on a priced operation has no price; no node puts such a transaction into a block. */
    private static long feeOf(SignedMantleTx signed) {
        try {
            return signed.gasCost().longValue();
        } catch (IllegalStateException e) {
            return 0;
        }
    }
}
