package org.junitnomos.mantle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Signs ledger transactions for the dev node, which stands in for nodes that prove in zero knowledge.
 *
 * <p>A dev proof has the 128 bytes of a {@link ZkSignature}: {@code pi_a} is an Ed25519 public key, {@code pi_b} its
 * signature of the transaction's {@linkplain TxHash#signingBytes() signing bytes}, {@code pi_c} is zero. The owner of
 * the spent notes is the zk public key of that Ed25519 key, read as a little-endian number modulo r. So a proof is
 * bound to owner and transaction, and a transaction has one owner. No real node accepts it.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class DevProof {

    private static final byte[] ZERO = new byte[32];

    /** Memo of what was signed here: a signature just made needs no check. */
    private static final Memo<ZkSignature, TxHash> SIGNED = Memo.ofLastUsed(8192);

    /** Checks of proofs of other kinds; there is none but in programs that stand in for real nodes. */
    private static final List<BiPredicate<ZkSignature, TxHash>> OTHERS = new CopyOnWriteArrayList<>();

    /** Memo of {@link #ownerOf}. */
    private static final Memo<Ed25519PublicKey, ZkPublicKey> OWNERS = Memo.ofLastUsed(4096);

    private DevProof() {}

    /**
     * Signs a transaction. From now on decoders return this object for its content, and the proof is known to be valid,
     * so that nodes of the same JVM neither hash nor check again.
     *
     * @param tx the transaction
     * @param key the key whose {@linkplain #ownerOf(Ed25519PublicKey) owner} owns all inputs
     * @return the proof of its ledger transaction
     */
    public static ZkSignature sign(MantleTx tx, Ed25519PrivateKey key) {
        ZkSignature proof =
                ZkSignature.of(key.publicKey().raw(), key.sign(tx.hash()).raw(), ZERO);
        SIGNED.put(proof, tx.interned().hash());
        return proof;
    }

    /**
     * Checks the ledger proof of a transaction. The expensive part is computed once per object and kept.
     *
     * @param signed the transaction with its proofs
     * @param inputOwners the owners of the inputs, in order; if empty any valid signature passes
     * @return whether the signature is valid and made by the one owner of all inputs
     */
    public static boolean verify(SignedMantleTx signed, List<ZkPublicKey> inputOwners) {
        Optional<ZkPublicKey> owner = signed.devProofOwner();
        if (owner.isEmpty()) {
            return false;
        }
        for (ZkPublicKey inputOwner : inputOwners) {
            if (!inputOwner.equals(owner.get())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks a proof that the owner of a note agrees to a transaction.
     *
     * @param proof the proof
     * @param transaction what it is about
     * @param owner the owner
     * @return whether it is valid and the owner's
     */
    public static boolean verify(ZkSignature proof, TxHash transaction, ZkPublicKey owner) {
        return findOwner(proof, transaction).filter(owner::equals).isPresent();
    }

    /**
     * Lets this program take proofs of another kind as well, whose {@code pi_a} is the same as in a dev proof.
     *
     * @param check says whether a proof is about a transaction
     */
    static void accept(BiPredicate<ZkSignature, TxHash> check) {
        OTHERS.add(check);
    }

    /**
     * Returns the note owner that an Ed25519 key stands for.
     *
     * @param key the public key
     * @return the zk public key of the key's bytes, read as a little-endian number modulo r
     */
    public static ZkPublicKey ownerOf(Ed25519PublicKey key) {
        return OWNERS.get(key, known -> new ZkSecretKey(Fr.fromLittleEndianModulo(known.raw())).toPublicKey());
    }

    static Optional<ZkPublicKey> findOwner(SignedMantleTx signed) {
        return findOwner(signed.ledgerTxProof(), signed.hash());
    }

    private static Optional<ZkPublicKey> findOwner(ZkSignature proof, TxHash transaction) {
        Ed25519PublicKey key = new Ed25519PublicKey(proof.piA());
        boolean valid = transaction.equals(SIGNED.get(proof))
                || (Arrays.equals(proof.piC(), ZERO)
                        && key.verify(transaction.signingBytes(), new Ed25519Signature(proof.piB())))
                || OTHERS.stream().anyMatch(check -> check.test(proof, transaction));
        return valid ? Optional.of(ownerOf(key)) : Optional.empty();
    }
}
