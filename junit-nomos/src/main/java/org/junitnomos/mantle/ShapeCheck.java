package org.junitnomos.mantle;

import java.util.List;
import java.util.Optional;

/** Checks what a node checks when it decodes a signed transaction (node contract 2.4). */
final class ShapeCheck {

    private ShapeCheck() {}

    static Optional<String> findError(SignedMantleTx signed) {
        List<Op> ops = signed.tx().ops();
        List<OpProof> proofs = signed.opProofs();
        if (proofs.size() != ops.size()) {
            return Optional.of("Number of proofs (" + proofs.size() + ") does not match number of operations ("
                    + ops.size() + ")");
        }
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i) instanceof ChannelMessage message) {
                Optional<String> error = findError(signed, i, message, proofs.get(i));
                if (error.isPresent()) {
                    return error;
                }
            }
        }
        return Optional.empty();
    }

    /** Lets missing and double proofs pass, as the node does. */
    private static Optional<String> findError(SignedMantleTx signed, int index, ChannelMessage op, OpProof proof) {
        if (proof instanceof OpProof.ZkSig) {
            return Optional.of("Incorrect proof type for operation at index " + index);
        }
        if (proof instanceof OpProof.Ed25519Sig sig
                && !op.signer().verify(signed.hash().signingBytes(), sig.signature())) {
            return Optional.of("Invalid signature for operation at index " + index);
        }
        return Optional.empty();
    }
}
