package org.junitnomos.feed;

import java.util.List;
import java.util.function.Consumer;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Tells the fate of the transactions it was asked to track. Not thread-safe. */
final class TransactionTracker extends FateTracker<SignedMantleTx, TxHash> {

    TransactionTracker(ReferenceChain chain, Consumer<JournalEvent> out) {
        super(chain, out);
    }

    @Override
    List<SignedMantleTx> in(BlockRecord block) {
        return block.block().transactions();
    }

    @Override
    TxHash key(SignedMantleTx transaction) {
        return transaction.hash();
    }

    @Override
    boolean isSame(SignedMantleTx one, SignedMantleTx other) {
        return true;
    }

    @Override
    JournalEvent included(SignedMantleTx transaction, BlockRecord block, long at) {
        return new TransactionIncluded(at, transaction.hash(), block.id(), block.height());
    }

    @Override
    JournalEvent orphaned(SignedMantleTx transaction, BlockRecord block, long at) {
        return new TransactionOrphaned(at, transaction.hash(), block.id());
    }

    @Override
    JournalEvent settled(SignedMantleTx transaction, BlockRecord block, long at) {
        return new TransactionFinal(at, transaction.hash(), block.id());
    }
}
