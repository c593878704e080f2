package org.junitnomos.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.feed.BlockRecord;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelBlob;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.ChannelMessage;
import org.junitnomos.mantle.MsgId;

/** Knows where each channel stands on the reference chain, and what is announced there. Thread-safe. */
final class ChannelTips {
    static final long NOT_THERE = -1;

    private final Map<ChannelId, MsgId> tips = new HashMap<>();
    private final Map<MsgId, Long> messages = new HashMap<>();
    private final Map<BlobId, Long> blobs = new HashMap<>();
    private long session;

    synchronized void accept(BlockFeed.ChainUpdate update) {
        for (BlockRecord record : update.removed()) {
            var messagesOfBlock = messagesOf(record);
            for (int i = messagesOfBlock.size() - 1; i >= 0; i--) {
                remove(messagesOfBlock.get(i));
            }
        }
        for (BlockRecord record : update.added()) {
            messagesOf(record).forEach(message -> add(message, record.height()));
        }
    }

    private static List<ChannelMessage> messagesOf(BlockRecord record) {
        var found = new ArrayList<ChannelMessage>();
        for (var transaction : record.block().transactions()) {
            for (var op : transaction.tx().ops()) {
                if (op instanceof ChannelMessage message) {
                    found.add(message);
                }
            }
        }
        return found;
    }

    private void remove(ChannelMessage message) {
        tips.put(message.channel(), message.parent());
        messages.remove(message.msgId());
        if (message instanceof ChannelBlob blob) {
            blobs.remove(blob.blob());
        }
    }

    private void add(ChannelMessage message, long height) {
        tips.put(message.channel(), message.msgId());
        messages.put(message.msgId(), height);
        if (message instanceof ChannelBlob blob) {
            blobs.put(blob.blob(), height);
            session = blob.session();
        }
    }

    /** Returns the last message of a channel; {@link MsgId#ZERO} if there is none. */
    synchronized MsgId tip(ChannelId channel) {
        return tips.getOrDefault(channel, MsgId.ZERO);
    }

    /** Returns the height of a message; {@link #NOT_THERE} if it is not on the chain. */
    synchronized long heightOf(MsgId message) {
        return messages.getOrDefault(message, NOT_THERE);
    }

    /** Returns the height at which a blob is announced; {@link #NOT_THERE} if it is not. */
    synchronized long heightOf(BlobId blob) {
        return blobs.getOrDefault(blob, NOT_THERE);
    }

    /** Returns the session of the blob that was announced last; 0 if none was. */
    synchronized long session() {
        return session;
    }
}
