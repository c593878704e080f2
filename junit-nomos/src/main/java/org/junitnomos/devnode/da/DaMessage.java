package org.junitnomos.devnode.da;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** A message about blobs to another node. Messages are immutable. */
@API(status = API.Status.INTERNAL, since = "0.1")
public sealed interface DaMessage {
    /**
     * {@return how many bytes the message has on a wire, without those that say who it is for and of which kind it is}
     */
    long wireLength();

    /**
     * A column for a node that is to hold it (node contract 4.3, steps 4 and 6).
     *
     * @param transaction the transaction with the blob operation
     * @param commitments commitments of the blob
     * @param share the column
     * @param replica whether it comes from another holder, which neither wants a receipt nor another replica
     */
    record Dispersal(SignedMantleTx transaction, BlobCommitments commitments, BlobShare share, boolean replica)
            implements DaMessage {
        @Override
        public long wireLength() {
            return 1
                    + 2L * Integer.BYTES
                    + MantleJson.encode(transaction).length
                    + BlobJson.encode(new BlobJson.FullShare(commitments, share)).length;
        }
    }

    /**
     * The answer to a {@link Dispersal} that is no replica.
     *
     * @param transaction hash of the transaction
     * @param column the column
     * @param accepted whether the sender holds it now
     */
    record Receipt(TxHash transaction, int column, boolean accepted) implements DaMessage {
        @Override
        public long wireLength() {
            return Fr.LENGTH + Short.BYTES + 1;
        }
    }

    /** The request for a column. */
    record ShareRequest(BlobId blob, int column) implements DaMessage {
        @Override
        public long wireLength() {
            return BlobId.LENGTH + Short.BYTES;
        }
    }

    /**
     * The answer to a {@link ShareRequest}.
     *
     * @param blob the blob
     * @param column the column
     * @param commitments commitments of the blob; null if the sender does not have them
     * @param share the column; null if the sender does not have it
     */
    record ShareAnswer(
            BlobId blob,
            int column,
            @Nullable BlobCommitments commitments,
            @Nullable BlobShare share) implements DaMessage {
        @Override
        public long wireLength() {
            long length = BlobId.LENGTH + Short.BYTES + 2L * Integer.BYTES;
            length += commitments == null ? 0 : BlobJson.encode(commitments).length;
            return length + (share == null ? 0 : BlobJson.encode(share).length);
        }
    }
}
