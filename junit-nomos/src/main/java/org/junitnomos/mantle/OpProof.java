package org.junitnomos.mantle;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The proof that an operation is authorized (node contract 2.1).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public sealed interface OpProof {

    /** {@return the length in bytes of this proof in the canonical encoding} */
    int encodedLength();

    /** No proof; right for the genesis inscription only. */
    record NoProof() implements OpProof {

        @Override
        public int encodedLength() {
            return 0;
        }
    }

    /**
     * An Ed25519 signature; right for channel operations.
     *
     * @param signature the signature of the transaction's signing bytes
     */
    record Ed25519Sig(Ed25519Signature signature) implements OpProof {
        public Ed25519Sig {
            Objects.requireNonNull(signature, "signature");
        }

        @Override
        public int encodedLength() {
            return Ed25519Signature.LENGTH;
        }
    }

    /**
     * A zero-knowledge signature; right for withdrawals and activity reports.
     *
     * @param signature the signature of the transaction's hash
     */
    record ZkSig(ZkSignature signature) implements OpProof {
        public ZkSig {
            Objects.requireNonNull(signature, "signature");
        }

        @Override
        public int encodedLength() {
            return ZkSignature.LENGTH;
        }
    }

    /**
     * Both kinds of signature; right for declarations.
     *
     * @param zkSignature the signature of the note's owner and the zk id
     * @param ed25519Signature the signature of the provider
     */
    record ZkAndEd25519Sigs(ZkSignature zkSignature, Ed25519Signature ed25519Signature) implements OpProof {
        public ZkAndEd25519Sigs {
            Objects.requireNonNull(zkSignature, "zkSignature");
            Objects.requireNonNull(ed25519Signature, "ed25519Signature");
        }

        @Override
        public int encodedLength() {
            return ZkSignature.LENGTH + Ed25519Signature.LENGTH;
        }
    }
}
