package org.junitnomos.workload;

import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.MsgId;

/** A message of one channel that was submitted and is not irreversible yet: an inscription or a blob. */
final class PendingMessage {
    /** The bytes of a blob, or of an inscription. */
    final byte[] data;

    final boolean inscription;

    /** The message before it, as it was submitted last. */
    MsgId parent = MsgId.ZERO;

    /** The id of the message, if it is an inscription. */
    MsgId message = MsgId.ZERO;

    /** The id of the blob; null until an executor told it. */
    @Nullable
    BlobId blob;

    /** The executor that dispersed the blob; null until one did. */
    @Nullable
    String node;

    boolean pooled;

    /** Whether a node took it, at one time or another. */
    boolean taken;

    /** Why no node took it when it was submitted last. */
    String refusal = Submissions.NO_NODE;

    int attempts;

    /** When it was submitted last: height of the chain and nanoseconds of run time. */
    long sinceHeight;

    long sinceNanos;

    PendingMessage(byte[] data, boolean inscription) {
        this.data = data;
        this.inscription = inscription;
    }

    /** Returns the height at which it is on the reference chain; {@link ChannelTips#NOT_THERE} if it is not. */
    long heightIn(ChannelTips tips) {
        if (inscription) {
            return tips.heightOf(message);
        }
        return blob == null ? ChannelTips.NOT_THERE : tips.heightOf(blob);
    }
}
