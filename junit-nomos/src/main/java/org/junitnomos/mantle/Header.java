package org.junitnomos.mantle;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A block: its parent, its slot, its transactions and its leader (node contract 2.9). The version is always
 * {@code Bedrock}.
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Header {

    /** Name of the only version. */
    public static final String VERSION = "Bedrock";

    private static final byte[] TAG = "BLOCK_ID_V1\u0001".getBytes(StandardCharsets.US_ASCII);

    private final HeaderId parent;
    private final long slot;
    private final BlockRoot blockRoot;
    private final ProofOfLeadership proofOfLeadership;
    private volatile @Nullable HeaderId id;

    /**
     * Creates a header.
     *
     * @param parent the block before this one
     * @param slot the slot, unsigned
     * @param blockRoot the root over the transactions
     * @param proofOfLeadership the right to propose
     */
    public Header(HeaderId parent, long slot, BlockRoot blockRoot, ProofOfLeadership proofOfLeadership) {
        this.parent = Objects.requireNonNull(parent, "parent");
        this.slot = slot;
        this.blockRoot = Objects.requireNonNull(blockRoot, "blockRoot");
        this.proofOfLeadership = Objects.requireNonNull(proofOfLeadership, "proofOfLeadership");
    }

    /** {@return the id of the block before this one; zero for a genesis header} */
    public HeaderId parent() {
        return parent;
    }

    /** {@return the slot of this block as an unsigned 64-bit number} */
    public long slot() {
        return slot;
    }

    /** {@return the root over the transactions} */
    public BlockRoot blockRoot() {
        return blockRoot;
    }

    /** {@return the right to propose: the proof of leadership} */
    public ProofOfLeadership proofOfLeadership() {
        return proofOfLeadership;
    }

    /**
     * {@return the id of this block, the Blake2b-256 hash of its fields (node contract 2.3); computed on first use and
     * kept}
     */
    public HeaderId id() {
        HeaderId known = id;
        if (known == null) {
            known = new HeaderId(Blake2b.hash(new ByteWriter(288)
                    .raw(TAG)
                    .id(parent)
                    .u64(slot)
                    .id(blockRoot)
                    .fr(proofOfLeadership.voucherCm())
                    .fr(proofOfLeadership.entropyContribution())
                    .raw(proofOfLeadership.rawProof())
                    .id(proofOfLeadership.leaderKey())
                    .toBytes()));
            id = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Header that
                        && slot == that.slot
                        && parent.equals(that.parent)
                        && blockRoot.equals(that.blockRoot)
                        && proofOfLeadership.equals(that.proofOfLeadership));
    }

    @Override
    public int hashCode() {
        return Objects.hash(parent, slot, blockRoot);
    }

    @Override
    public String toString() {
        return "Header[parent=" + parent + ", slot=" + Long.toUnsignedString(slot) + ", blockRoot=" + blockRoot + "]";
    }
}
