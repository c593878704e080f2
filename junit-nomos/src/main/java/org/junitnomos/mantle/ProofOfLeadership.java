package org.junitnomos.mantle;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * The proof of the right to propose a block (node contract 1.4, 2.9).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ProofOfLeadership {

    /** Length of the proof in bytes. */
    public static final int PROOF_LENGTH = 128;

    private final byte[] proof;
    private final Fr entropyContribution;
    private final Ed25519PublicKey leaderKey;
    private final Fr voucherCm;
    private final @Nullable PublicInputs publicInputs;

    /**
     * Creates a proof.
     *
     * @param proof 128 bytes; copied
     * @param entropyContribution what the block adds to the next epoch nonce
     * @param leaderKey the key that signs the block
     * @param voucherCm the commitment to the leader's voucher
     * @param publicInputs the public inputs, which only development builds reveal; or {@code null}
     * @throws WireFormatException if the proof is not 128 bytes long
     */
    public ProofOfLeadership(
            byte[] proof,
            Fr entropyContribution,
            Ed25519PublicKey leaderKey,
            Fr voucherCm,
            @Nullable PublicInputs publicInputs) {
        if (proof.length != PROOF_LENGTH) {
            throw new WireFormatException(
                    "proof_of_leadership.proof", "expected " + PROOF_LENGTH + " bytes but was " + proof.length);
        }
        this.proof = proof.clone();
        this.entropyContribution = Objects.requireNonNull(entropyContribution, "entropyContribution");
        this.leaderKey = Objects.requireNonNull(leaderKey, "leaderKey");
        this.voucherCm = Objects.requireNonNull(voucherCm, "voucherCm");
        this.publicInputs = publicInputs;
    }

    /**
     * Creates the proof of a development build: zero but for the leader key, which is that of the all-zero seed.
     *
     * @param publicInputs the public inputs to reveal
     * @return the proof
     */
    public static ProofOfLeadership development(PublicInputs publicInputs) {
        return new ProofOfLeadership(
                new byte[PROOF_LENGTH], Fr.ZERO, Ed25519PrivateKey.ZERO.publicKey(), Fr.ZERO, publicInputs);
    }

    /** {@return the proof, a fresh array of 128 bytes} */
    public byte[] proof() {
        return proof.clone();
    }

    byte[] rawProof() {
        return proof;
    }

    /** {@return the field element that the block adds to the next epoch nonce} */
    public Fr entropyContribution() {
        return entropyContribution;
    }

    /** {@return the key that signs the block} */
    public Ed25519PublicKey leaderKey() {
        return leaderKey;
    }

    /** {@return the commitment to the leader's voucher, a field element} */
    public Fr voucherCm() {
        return voucherCm;
    }

    /** {@return the public inputs of the proof; empty unless the block comes from a development build} */
    public Optional<PublicInputs> publicInputs() {
        return Optional.ofNullable(publicInputs);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ProofOfLeadership that
                        && Arrays.equals(proof, that.proof)
                        && entropyContribution.equals(that.entropyContribution)
                        && leaderKey.equals(that.leaderKey)
                        && voucherCm.equals(that.voucherCm)
                        && Objects.equals(publicInputs, that.publicInputs));
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(proof), entropyContribution, leaderKey, voucherCm, publicInputs);
    }

    @Override
    public String toString() {
        return "ProofOfLeadership[leaderKey=" + leaderKey + ", publicInputs=" + publicInputs + "]";
    }

    /**
     * What a proof of leadership is about.
     *
     * @param slot the slot, unsigned
     * @param epochNonce the nonce of the epoch
     * @param totalStake the stake of the epoch, unsigned
     * @param agedRoot the root of the notes that may lead
     * @param latestRoot the root of the notes before this block
     */
    public record PublicInputs(long slot, Fr epochNonce, long totalStake, Fr agedRoot, Fr latestRoot) {

        public PublicInputs {
            Objects.requireNonNull(epochNonce, "epochNonce");
            Objects.requireNonNull(agedRoot, "agedRoot");
            Objects.requireNonNull(latestRoot, "latestRoot");
        }
    }
}
