package org.junitnomos.mantle;

import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A question to a node about blobs: the bodies of its data availability routes (node contract 1.4, 1.5).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface BlobRequest {

    /**
     * The request that an executor disperse bytes: {@code POST /disperse-data}.
     *
     * @param channel the channel to announce the blob on
     * @param parent the last message of the channel; {@link MsgId#ZERO} if there is none
     * @param signer ignored by the node, which signs with the key of the all-zero seed
     * @param data the bytes, a multiple of 31; copied
     */
    record Disperse(ChannelId channel, MsgId parent, Ed25519PublicKey signer, byte[] data) implements BlobRequest {
        public Disperse {
            data = data.clone();
        }

        /** {@return the bytes, as a fresh array} */
        @Override
        public byte[] data() {
            return data.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Disperse that
                    && channel.equals(that.channel)
                    && parent.equals(that.parent)
                    && signer.equals(that.signer)
                    && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + Arrays.hashCode(data);
        }

        @Override
        public String toString() {
            return "Disperse[channel=" + channel + ", parent=" + parent + ", bytes=" + data.length + "]";
        }
    }

    /**
     * The question for commitments, of the network too: {@code POST /da/get-commitments}.
     *
     * @param blob the blob
     * @param session the session in which it was dispersed, unsigned
     */
    record Commitments(BlobId blob, long session) implements BlobRequest {}

    /**
     * The question for commitments that the node holds: {@code GET /da/get-storage-commitments}.
     *
     * @param blob the blob
     */
    record StoredCommitments(BlobId blob) implements BlobRequest {}

    /**
     * The question for a share that the node holds: {@code GET /da/get-share}.
     *
     * @param blob the blob
     * @param column the column, 0 to 65535
     */
    record Share(BlobId blob, int column) implements BlobRequest {}

    /**
     * The question for shares that the node holds: {@code GET /da/sampling/shares}.
     *
     * @param blob the blob
     * @param requested columns that are wanted
     * @param filtered columns that are not wanted among the available ones
     * @param returnAvailable whether all other columns are wanted, too
     */
    record Shares(BlobId blob, List<Integer> requested, List<Integer> filtered, boolean returnAvailable)
            implements BlobRequest {
        public Shares {
            requested = List.copyOf(requested);
            filtered = List.copyOf(filtered);
        }
    }

    /**
     * The request that the node sample blobs now: {@code POST /test/da/historic-sampling}.
     *
     * @param block the block that contains them
     * @param blobs the blobs
     */
    record Historic(HeaderId block, List<Commitments> blobs) implements BlobRequest {
        public Historic {
            blobs = List.copyOf(blobs);
        }
    }
}
