package org.junitnomos.mantle;

import java.util.Arrays;
import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * What an active provider reports; the body of {@code POST /sdp/activity} too (node contract 1.4, 2.1).
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public sealed interface ActivityMetadata {

    /**
     * The opinions of a data availability provider about its peers.
     *
     * @param currentSession the session, unsigned
     * @param previousSessionOpinions one bit per provider of the session before
     * @param currentSessionOpinions one bit per provider of this session
     */
    record DataAvailability(long currentSession, byte[] previousSessionOpinions, byte[] currentSessionOpinions)
            implements ActivityMetadata {

        public DataAvailability {
            previousSessionOpinions = previousSessionOpinions.clone();
            currentSessionOpinions = currentSessionOpinions.clone();
        }

        /** {@return the opinions about the session before, as a fresh array} */
        @Override
        public byte[] previousSessionOpinions() {
            return previousSessionOpinions.clone();
        }

        /** {@return the opinions about this session, as a fresh array} */
        @Override
        public byte[] currentSessionOpinions() {
            return currentSessionOpinions.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof DataAvailability that
                    && currentSession == that.currentSession
                    && Arrays.equals(previousSessionOpinions, that.previousSessionOpinions)
                    && Arrays.equals(currentSessionOpinions, that.currentSessionOpinions);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(currentSession) + Arrays.hashCode(currentSessionOpinions);
        }

        @Override
        public String toString() {
            return "DataAvailability[currentSession=" + Long.toUnsignedString(currentSession)
                    + ", previousSessionOpinions=" + Hex.encode(previousSessionOpinions)
                    + ", currentSessionOpinions=" + Hex.encode(currentSessionOpinions) + "]";
        }
    }

    /**
     * The activity proof of a Blend provider.
     *
     * <p>The lengths of both proofs are an assumption, not seen on a node: a quota proof is taken as a nullifier and a
     * Groth16 proof of 128 bytes, a selection proof as one field element.
     *
     * @param session the session, unsigned
     * @param signingKey the key of the blending token
     * @param quotaNullifier the key nullifier of the proof of quota
     * @param quotaProof the proof of quota
     * @param selectionRandomness the proof of selection
     */
    record Blend(
            long session,
            Ed25519PublicKey signingKey,
            Fr quotaNullifier,
            ZkSignature quotaProof,
            Fr selectionRandomness)
            implements ActivityMetadata {

        public Blend {
            Objects.requireNonNull(signingKey, "signingKey");
            Objects.requireNonNull(quotaNullifier, "quotaNullifier");
            Objects.requireNonNull(quotaProof, "quotaProof");
            Objects.requireNonNull(selectionRandomness, "selectionRandomness");
        }
    }
}
