package org.junitnomos.devnode.da;

import java.util.LinkedHashSet;
import java.util.List;
import org.apiguardian.api.API;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Samples the blobs of transactions that wait for a block, once, and knows which are validated: only they may be in
 * a block of this node, or in a new one of another (node contract 4.3, steps 7 and 8). What failed waits for ever.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class PendingBlobs {
    private static final long DELAY_NANOS = 5_000_000_000L;
    private static final int REMEMBERED = 65_536;

    private final Sampler sampler;
    private final DaPort port;
    private final DaRules rules;
    private final Pool pool;
    private final LinkedHashSet<BlobRef> validated = new LinkedHashSet<>();

    /** Looks after the transactions that wait. */
    public interface Pool {
        /**
         * Tells whether a transaction waits for a block.
         *
         * @param transaction its hash
         * @return whether it does
         */
        boolean isPending(TxHash transaction);
    }

    PendingBlobs(Sampler sampler, DaPort port, DaRules rules, Pool pool) {
        this.sampler = sampler;
        this.port = port;
        this.rules = rules;
        this.pool = pool;
    }

    /**
     * Takes note of a transaction that waits for a block from now on.
     *
     * @param now current time, nanoseconds
     */
    public void pooled(SignedMantleTx transaction, long now) {
        List<BlobRef> blobs = BlobRef.in(List.of(transaction));
        if (blobs.isEmpty()) {
            return;
        }
        long due = now + DELAY_NANOS;
        port.at(due, () -> {
            if (pool.isPending(transaction.hash())) {
                blobs.forEach(blob -> sampler.sample(blob, due, (available, then) -> {
                    if (available) {
                        validate(blob);
                    }
                }));
            }
        });
    }

    private void validate(BlobRef blob) {
        validated.add(blob);
        if (validated.size() > REMEMBERED) {
            validated.remove(validated.iterator().next());
        }
    }

    /** Tells whether all blobs of transactions are validated, so that they may be in a block. */
    public boolean admits(List<SignedMantleTx> transactions) {
        return BlobRef.in(transactions).stream().allMatch(blob -> rules.admits(validated.contains(blob)));
    }

    /**
     * Takes note of a block of another node that was applied: its blobs are not validated any more, so that a competing
     * block with one of them is refused.
     */
    public void applied(List<SignedMantleTx> transactions) {
        validated.removeAll(BlobRef.in(transactions));
    }
}
