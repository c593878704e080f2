package org.junitnomos.mantle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Proves for the owners of notes, and signs transactions with that: the one place that knows what nodes take as a
 * proof.
 *
 * <p>Dev nodes take a {@link DevProof}, which costs next to nothing. A proof in zero knowledge, as other nodes want it,
 * takes 0.25 to 0.5 s of a processor. So {@link #prove} blocks, knows nothing of the clock of a run, and may be called
 * by several threads at once; whoever calls it sees to it that the clock and other threads go on meanwhile.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public interface NoteSigner {

    /** Signs for dev nodes. */
    NoteSigner DEV_NODES = new NoteSigner() {
        @Override
        public ZkPublicKey ownerOf(Ed25519PrivateKey key) {
            return DevProof.ownerOf(key.publicKey());
        }

        @Override
        public ZkSignature prove(MantleTx tx, Ed25519PrivateKey owner) {
            return DevProof.sign(tx, owner);
        }
    };

    /**
     * Returns the owner to name in notes that a key is to spend.
     *
     * @param key the key
     * @return the zk public key for which this signer proves with that key
     */
    ZkPublicKey ownerOf(Ed25519PrivateKey key);

    /**
     * Proves that the owner of the inputs agrees.
     *
     * @param tx the transaction
     * @param owner the key whose {@linkplain #ownerOf owner} owns all inputs; any key if there is none
     * @return the proof of the ledger transaction, and of declarations
     */
    ZkSignature prove(MantleTx tx, Ed25519PrivateKey owner);

    /**
     * Tells what a proof costs on this machine.
     *
     * @return time of one processor, as measured when nothing but proofs was made; empty if it costs next to nothing,
     *     or was not measured yet
     */
    default Optional<Duration> costOfProof() {
        return Optional.empty();
    }

    /**
     * Signs a transaction: what it spends, messages of channels, and the keys of a channel.
     *
     * @param tx the transaction
     * @param keys the first owns all inputs, and signs for the keys of a channel; a message is signed by the one that
     *     it names as its signer
     * @return the transaction with its proofs
     * @throws IllegalArgumentException if no key is the signer of a message, or an operation is of another kind
     */
    default SignedMantleTx sign(MantleTx tx, List<Ed25519PrivateKey> keys) {
        var proofs = new ArrayList<OpProof>();
        for (Op op : tx.ops()) {
            proofs.add(new OpProof.Ed25519Sig(signerOf(op, keys).sign(tx.hash())));
        }
        return new SignedMantleTx(tx, proofs, prove(tx, keys.get(0)));
    }

    private static Ed25519PrivateKey signerOf(Op op, List<Ed25519PrivateKey> keys) {
        if (op instanceof ChannelSetKeys) {
            return keys.get(0);
        }
        if (!(op instanceof ChannelMessage message)) {
            throw new IllegalArgumentException("operation " + op + " cannot be signed here, expected messages and keys"
                    + " of channels; make its proof, and join both with new SignedMantleTx(...)");
        }
        return keys.stream()
                .filter(key -> key.publicKey().equals(message.signer()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "message " + message + " names a signer whose key was not given; sign with that key as well"));
    }
}
