package org.junitnomos.journal;

import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;

/** What a ledger tells of one transaction: a snapshot. */
record TransactionFate(
        TxHash transaction,
        TransactionLedger.State state,
        String workload,
        String node,
        int attempts,
        long submittedAt,
        long submittedHeight,
        long acceptedAt,
        long acceptedHeight,
        int rejections,
        @Nullable String rejection,
        long includedAt,
        @Nullable HeaderId block,
        long includedHeight,
        int orphanings,
        long finalAt)
        implements TransactionLedger.Fate {}
