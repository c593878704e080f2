package org.junitnomos.mantle;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Evolves the nonce that makes the lottery of an epoch unpredictable (node contract 2.3).
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class EpochNonce {

    /** The nodes of one JVM follow the same blocks. */
    private static final Memo<Step, Fr> STEPS = Memo.ofLastUsed(512);

    private record Step(Fr nonce, Fr entropyContribution, long slot) {}

    private EpochNonce() {}

    /**
     * Computes the nonce after a block.
     *
     * @param nonce the nonce before the block
     * @param entropyContribution the entropy of the block's leader
     * @param slot the slot of the block, unsigned
     */
    public static Fr next(Fr nonce, Fr entropyContribution, long slot) {
        return STEPS.get(
                new Step(nonce, entropyContribution, slot),
                step -> DomainTags.EPOCH_NONCE
                        .absorb(step.nonce())
                        .absorb(step.entropyContribution())
                        .absorb(Fr.of(step.slot()))
                        .output());
    }
}
