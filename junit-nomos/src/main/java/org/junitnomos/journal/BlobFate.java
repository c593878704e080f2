package org.junitnomos.journal;

import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;

/** What a ledger tells of one blob: a snapshot. */
record BlobFate(
        String content,
        @Nullable BlobId blob,
        BlobLedger.State state,
        String workload,
        String node,
        ChannelId channel,
        long size,
        int attempts,
        long submittedAt,
        long submittedHeight,
        long dispersedAt,
        long dispersedHeight,
        int refusals,
        @Nullable String refusal,
        @Nullable MsgId message,
        long session,
        @Nullable HeaderId block,
        long includedHeight,
        int orphanings,
        long finalAt)
        implements BlobLedger.Fate {}
