package org.junitnomos.mantle;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with its proofs, as clients submit it and blocks contain it (node contract 2.1).
 *
 * @since 0.1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class SignedMantleTx {

    /** One object for equal values, whose hashes are then computed once. */
    private static final Memo<SignedMantleTx, SignedMantleTx> INTERNED = Memo.ofLastUsed(8192);

    /** The lengths of the lists of a transaction, and of a proof, in the store of a node (node contract 2.5). */
    private static final int STORED_LISTS = 16;

    private static final int STORED_PROOF = 4;

    private final MantleTx tx;
    private final List<OpProof> opProofs;
    private final ZkSignature ledgerTxProof;
    private int hashCode;
    private volatile @Nullable Optional<String> shapeError;
    private volatile @Nullable Optional<ZkPublicKey> devProofOwner;

    /**
     * Joins a transaction and its proofs.
     *
     * @param tx the transaction
     * @param opProofs one proof per operation, in order; the number is not checked here; copied
     * @param ledgerTxProof the proof of the ledger transaction
     */
    public SignedMantleTx(MantleTx tx, List<? extends OpProof> opProofs, ZkSignature ledgerTxProof) {
        this.tx = Objects.requireNonNull(tx, "tx");
        this.opProofs = List.copyOf(opProofs);
        this.ledgerTxProof = Objects.requireNonNull(ledgerTxProof, "ledgerTxProof");
    }

    /** {@return the transaction without its proofs} */
    public MantleTx tx() {
        return tx;
    }

    /** {@return the proofs in the order of the operations; unmodifiable} */
    public List<OpProof> opProofs() {
        return opProofs;
    }

    /** {@return the proof of the ledger transaction} */
    public ZkSignature ledgerTxProof() {
        return ledgerTxProof;
    }

    /** {@return the hash of the transaction, its id; proofs are no part of it} */
    public TxHash hash() {
        return tx.hash();
    }

    /**
     * Looks for a defect a node refuses at its API: number of proofs, kind of proof of channel messages, and their
     * Ed25519 signatures (node contract 2.4). The ledger proof is not checked. Computed on first use and kept.
     *
     * @return the defect in words; empty if a node accepts the transaction into its pool
     */
    public Optional<String> findShapeError() {
        Optional<String> known = shapeError;
        if (known == null) {
            known = ShapeCheck.findError(this);
            shapeError = known;
        }
        return known;
    }

    /**
     * Refuses a transaction a node refuses at its API.
     *
     * @throws WireFormatException with the words of {@link #findShapeError()}
     */
    public void verifyShape() {
        findShapeError().ifPresent(error -> {
            throw new WireFormatException("", error);
        });
    }

    /**
     * Returns what this transaction costs: inputs minus outputs must be exactly this (node contract 2.5).
     *
     * @return the cost, never negative
     * @throws IllegalStateException if the storage price is not zero and a proof is not of the kind its operation needs
     */
    public BigInteger gasCost() {
        return Gas.costOf(this);
    }

    /** {@return the length in bytes of the canonical encoding, counting every proof as it is} */
    public int encodedLength() {
        int length = tx.encoded().length + ZkSignature.LENGTH;
        for (OpProof proof : opProofs) {
            length += proof.encodedLength();
        }
        return length;
    }

    /**
     * Returns the length of this transaction where nodes store and send it, each list with its length before it (node
     * contract 2.5).
     *
     * @return the length in bytes
     */
    public int storedLength() {
        return STORED_LISTS + STORED_PROOF * opProofs.size() + encodedLength();
    }

    /** Returns the key that signed by {@link DevProof}; empty if the proof is not valid. Computed once and kept. */
    Optional<ZkPublicKey> devProofOwner() {
        Optional<ZkPublicKey> known = devProofOwner;
        if (known == null) {
            known = DevProof.findOwner(this);
            devProofOwner = known;
        }
        return known;
    }

    /** Returns the object of the same content that was seen before, or remembers this one. */
    SignedMantleTx interned() {
        MantleTx content = tx.interned();
        SignedMantleTx candidate = content == tx ? this : new SignedMantleTx(content, opProofs, ledgerTxProof);
        return INTERNED.keep(candidate, candidate);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SignedMantleTx that
                        && ledgerTxProof.equals(that.ledgerTxProof)
                        && tx.equals(that.tx)
                        && opProofs.equals(that.opProofs));
    }

    @Override
    public int hashCode() {
        int known = hashCode;
        if (known == 0) {
            known = 31 * tx.hashCode() + ledgerTxProof.hashCode();
            hashCode = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "SignedMantleTx[tx=" + tx + ", opProofs=" + opProofs + ", ledgerTxProof=" + ledgerTxProof + "]";
    }
}
