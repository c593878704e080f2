package org.junitnomos.expectation;

import java.util.List;
import org.junitnomos.journal.JournalEvent.TransactionSummary;

/** A block of a recorded run; its height is one more than that of the block it is on. */
record RecordedBlock(int number, int parent, long slot, List<TransactionSummary> transactions) {
    /** A block on the one numbered before it, in slot 0 and empty unless it is said otherwise; genesis has number 0. */
    static RecordedBlock block(int number) {
        return new RecordedBlock(number, number - 1, 0, List.of());
    }

    RecordedBlock on(int newParent) {
        return new RecordedBlock(number, newParent, slot, transactions);
    }

    RecordedBlock slot(long newSlot) {
        return new RecordedBlock(number, parent, newSlot, transactions);
    }

    RecordedBlock with(TransactionSummary... newTransactions) {
        return new RecordedBlock(number, parent, slot, List.of(newTransactions));
    }
}
