package org.junitnomos.devnode.da;

import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Samples the blobs of transactions that wait for a block (node contract 4.3, step 7), and gives a transaction up whose
 * blobs stay unavailable.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PendingBlobs {
    private static final long DELAY_NANOS = 5_000_000_000L;
    private static final long CHECK_NANOS = 5_000_000_000L;
    private static final long VALIDITY_NANOS = 60_000_000_000L;

    private final Sampler sampler;
    private final DaPort port;
    private final Pool pool;

    /** Looks after the transactions that wait. */
    public interface Pool {
        /**
         * Tells whether a transaction waits for a block.
         *
         * @param transaction its hash
         * @return whether it does
         */
        boolean isPending(TxHash transaction);

        /** Forgets a transaction. */
        void drop(TxHash transaction);
    }

    PendingBlobs(Sampler sampler, DaPort port, Pool pool) {
        this.sampler = sampler;
        this.port = port;
        this.pool = pool;
    }

    /**
     * Takes note of a transaction that waits for a block from now on.
     *
     * @param now current time, nanoseconds
     */
    public void pooled(SignedMantleTx transaction, long now) {
        List<BlobRef> blobs = BlobRef.in(List.of(transaction));
        if (!blobs.isEmpty()) {
            check(transaction.hash(), blobs, now, now + DELAY_NANOS);
        }
    }

    private void check(TxHash transaction, List<BlobRef> blobs, long since, long due) {
        port.at(due, () -> {
            if (pool.isPending(transaction)) {
                new AllSampled(sampler, blobs).start(due, (available, now) -> {
                    if (!available) {
                        again(transaction, blobs, since, now);
                    }
                });
            }
        });
    }

    private void again(TxHash transaction, List<BlobRef> blobs, long since, long now) {
        if (now - since < VALIDITY_NANOS) {
            check(transaction, blobs, since, now + CHECK_NANOS);
        } else if (pool.isPending(transaction)) {
            port.info("Dropped transaction " + transaction + ": its blobs are not available after 60 s.");
            pool.drop(transaction);
        }
    }
}
