package org.junitnomos.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Tells the fate of the transactions it was asked to track. Not thread-safe. */
final class TransactionTracker {

    /** What became of a tracked transaction. */
    private static final class Fate {
        private @Nullable HeaderId block;
        private boolean isFinal;
    }

    private final ReferenceChain chain;
    private final Consumer<JournalEvent> out;
    private final Map<TxHash, List<BlockRecord>> blocks = new HashMap<>(); // looked up only, never iterated
    private final Map<TxHash, Fate> fates = new HashMap<>(); // looked up only, never iterated
    private long finalHeight;

    TransactionTracker(ReferenceChain chain, Consumer<JournalEvent> out) {
        this.chain = chain;
        this.out = out;
    }

    /** Remember which transactions a block holds, on whatever branch it is. */
    void observed(BlockRecord record) {
        for (SignedMantleTx transaction : record.block().transactions()) {
            blocks.computeIfAbsent(transaction.hash(), hash -> new ArrayList<>(1))
                    .add(record);
        }
    }

    Optional<BlockRecord> including(TxHash transaction) {
        return blocks.getOrDefault(transaction, List.of()).stream()
                .filter(chain::contains)
                .findFirst();
    }

    /** Track a transaction; if it is on the chain already, say so at once. */
    void track(TxHash transaction, long at) {
        if (fates.putIfAbsent(transaction, new Fate()) == null) {
            including(transaction).ifPresent(record -> {
                include(transaction, record, at);
                if (record.height() <= finalHeight) {
                    finish(transaction, record, at);
                }
            });
        }
    }

    void chainChanged(BlockFeed.ChainUpdate update, long at) {
        for (BlockRecord record : update.removed()) {
            finalHeight = Math.min(finalHeight, record.height() - 1);
            for (SignedMantleTx transaction : record.block().transactions()) {
                orphan(transaction.hash(), record, at);
            }
        }
        for (BlockRecord record : update.added()) {
            for (SignedMantleTx transaction : record.block().transactions()) {
                include(transaction.hash(), record, at);
            }
        }
    }

    /** Every block of the reference chain up to a height is irreversible on some node. */
    void irreversible(long height, long at) {
        while (finalHeight < height) {
            BlockRecord record = chain.at(++finalHeight);
            for (SignedMantleTx transaction : record.block().transactions()) {
                finish(transaction.hash(), record, at);
            }
        }
    }

    private void include(TxHash transaction, BlockRecord record, long at) {
        Fate fate = fates.get(transaction);
        if (fate != null && fate.block == null) {
            fate.block = record.id();
            out.accept(new TransactionIncluded(at, transaction, record.id(), record.height()));
        }
    }

    private void orphan(TxHash transaction, BlockRecord record, long at) {
        Fate fate = fates.get(transaction);
        if (fate != null && record.id().equals(fate.block)) {
            fate.block = null;
            fate.isFinal = false;
            out.accept(new TransactionOrphaned(at, transaction, record.id()));
        }
    }

    private void finish(TxHash transaction, BlockRecord record, long at) {
        Fate fate = fates.get(transaction);
        if (fate != null && record.id().equals(fate.block) && !fate.isFinal) {
            fate.isFinal = true;
            out.accept(new TransactionFinal(at, transaction, record.id()));
        }
    }
}
