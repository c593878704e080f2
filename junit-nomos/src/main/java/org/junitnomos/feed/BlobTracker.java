package org.junitnomos.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobOrphaned;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelInscribe;
import org.junitnomos.mantle.ChannelMessage;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.SignedMantleTx;

/** Tells what messages of channels a block holds, and the fate of the blobs it was asked to track. Not thread-safe. */
final class BlobTracker {

    /** Where a tracked blob is announced on the reference chain. */
    private static final class Fate {
        private @Nullable MsgId message;
        private @Nullable HeaderId block;
        private boolean isFinal;
    }

    /** A message that announces a blob, on whatever branch. */
    private record Announcement(ChannelBlob op, BlockRecord record) {}

    private final ReferenceChain chain;
    private final Consumer<JournalEvent> out;
    private final Map<BlobId, List<Announcement>> announcements = new HashMap<>(); // looked up only, never iterated
    private final Map<BlobId, Fate> fates = new HashMap<>(); // looked up only, never iterated
    private long finalHeight;

    BlobTracker(ReferenceChain chain, Consumer<JournalEvent> out) {
        this.chain = chain;
        this.out = out;
    }

    /** Tell the messages of a block, and remember which blobs it announces, on whatever branch it is. */
    void observed(BlockRecord record, long at) {
        for (SignedMantleTx transaction : record.block().transactions()) {
            for (var op : transaction.tx().ops()) {
                if (op instanceof ChannelMessage message) {
                    out.accept(describe(record, transaction, message, at));
                }
                if (op instanceof ChannelBlob blob) {
                    announcements
                            .computeIfAbsent(blob.blob(), id -> new ArrayList<>(1))
                            .add(new Announcement(blob, record));
                }
            }
        }
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

    /** Track a blob; if it is on the chain already, say so at once. */
    void track(BlobId blob, long at) {
        if (fates.putIfAbsent(blob, new Fate()) != null) {
            return;
        }
        for (Announcement each : announcements.getOrDefault(blob, List.of())) {
            if (chain.contains(each.record())) {
                include(each.op(), each.record(), at);
                if (each.record().height() <= finalHeight) {
                    finish(each.op(), each.record(), at);
                }
            }
        }
    }

    void chainChanged(BlockFeed.ChainUpdate update, long at) {
        for (BlockRecord record : update.removed()) {
            finalHeight = Math.min(finalHeight, record.height() - 1);
            for (ChannelBlob blob : blobsOf(record)) {
                orphan(blob, record, at);
            }
        }
        for (BlockRecord record : update.added()) {
            for (ChannelBlob blob : blobsOf(record)) {
                include(blob, record, at);
            }
        }
    }

    /** Every block of the reference chain up to a height is irreversible on some node. */
    void irreversible(long height, long at) {
        while (finalHeight < height) {
            BlockRecord record = chain.at(++finalHeight);
            for (ChannelBlob blob : blobsOf(record)) {
                finish(blob, record, at);
            }
        }
    }

    private static List<ChannelBlob> blobsOf(BlockRecord record) {
        List<ChannelBlob> blobs = new ArrayList<>(0);
        for (SignedMantleTx transaction : record.block().transactions()) {
            for (var op : transaction.tx().ops()) {
                if (op instanceof ChannelBlob blob) {
                    blobs.add(blob);
                }
            }
        }
        return blobs;
    }

    private void include(ChannelBlob blob, BlockRecord record, long at) {
        Fate fate = fates.get(blob.blob());
        if (fate != null && fate.block == null) {
            fate.block = record.id();
            fate.message = blob.msgId();
            out.accept(new BlobIncluded(at, blob.blob(), blob.msgId(), record.id(), record.height()));
        }
    }

    private void orphan(ChannelBlob blob, BlockRecord record, long at) {
        Fate fate = fates.get(blob.blob());
        if (fate != null && isAt(fate, blob, record)) {
            fate.block = null;
            fate.message = null;
            fate.isFinal = false;
            out.accept(new BlobOrphaned(at, blob.blob(), blob.msgId(), record.id()));
        }
    }

    private void finish(ChannelBlob blob, BlockRecord record, long at) {
        Fate fate = fates.get(blob.blob());
        if (fate != null && isAt(fate, blob, record) && !fate.isFinal) {
            fate.isFinal = true;
            out.accept(new BlobFinal(at, blob.blob(), blob.msgId(), record.id()));
        }
    }

    private static boolean isAt(Fate fate, ChannelBlob blob, BlockRecord record) {
        return record.id().equals(fate.block) && blob.msgId().equals(fate.message);
    }
}
