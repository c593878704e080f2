package org.junitnomos.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobOrphaned;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.ChannelMessage;
import org.junitnomos.mantle.SignedMantleTx;

/** Tells what messages of channels a block holds, and the fate of the blobs it was asked to track. Not thread-safe. */
final class BlobTracker extends FateTracker<ChannelBlob, BlobId> {

    private final Consumer<JournalEvent> out;

    BlobTracker(ReferenceChain chain, Consumer<JournalEvent> out) {
        super(chain, out);
        this.out = out;
    }

    /** Tells the messages of a block, and remembers which blobs it announces, on whatever branch it is. */
    void observed(BlockRecord record, long at) {
        for (SignedMantleTx transaction : record.block().transactions()) {
            for (var op : transaction.tx().ops()) {
                if (op instanceof ChannelMessage message) {
                    out.accept(describe(record, transaction, message, at));
                }
            }
        }
        observed(record);
    }

    private static ChannelMessageObserved describe(
            BlockRecord record, SignedMantleTx transaction, ChannelMessage message, long at) {
        BlobId blob = null;
        long session = 0;
        long size = 0;
        if (message instanceof ChannelBlob announced) {
            blob = announced.blob();
            session = announced.session();
            size = announced.blobSize();
        } else if (message instanceof ChannelInscribe inscription) {
            size = inscription.inscription().length;
        }
        return new ChannelMessageObserved(
                at,
                record.id(),
                transaction.hash(),
                message.channel(),
                message.msgId(),
                message.parent(),
                blob,
                session,
                size);
    }

    @Override
    List<ChannelBlob> in(BlockRecord block) {
        List<ChannelBlob> blobs = new ArrayList<>(0);
        for (SignedMantleTx transaction : block.block().transactions()) {
            for (var op : transaction.tx().ops()) {
                if (op instanceof ChannelBlob blob) {
                    blobs.add(blob);
                }
            }
        }
        return blobs;
    }

    @Override
    BlobId key(ChannelBlob blob) {
        return blob.blob();
    }

    @Override
    boolean isSame(ChannelBlob one, ChannelBlob other) {
        return one.msgId().equals(other.msgId());
    }

    @Override
    JournalEvent included(ChannelBlob blob, BlockRecord block, long at) {
        return new BlobIncluded(at, blob.blob(), blob.msgId(), block.id(), block.height());
    }

    @Override
    JournalEvent orphaned(ChannelBlob blob, BlockRecord block, long at) {
        return new BlobOrphaned(at, blob.blob(), blob.msgId(), block.id());
    }

    @Override
    JournalEvent settled(ChannelBlob blob, BlockRecord block, long at) {
        return new BlobFinal(at, blob.blob(), blob.msgId(), block.id());
    }
}
