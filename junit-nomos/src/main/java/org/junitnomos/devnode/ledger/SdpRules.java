package org.junitnomos.devnode.ledger;

import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;
import org.junitnomos.mantle.DeclarationId;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.OpProof;
import org.junitnomos.mantle.SdpActive;
import org.junitnomos.mantle.SdpDeclare;
import org.junitnomos.mantle.SdpWithdraw;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.ZkPublicKey;
import org.junitnomos.mantle.ZkSignature;

/** Declares, keeps active and withdraws providers (node contract 2.7, 5.4). */
final class SdpRules {
    private static final long MIN_STAKE = 1;
    private static final long LOCK_PERIOD_BLOCKS = 10;

    private SdpRules() {}

    static LedgerState declare(LedgerState state, TxHash hash, SdpDeclare declare, OpProof proof, long blockNumber)
            throws RejectedTransactionException {
        Note note = state.notes().get(declare.lockedNote());
        if (note == null) {
            throw new RejectedTransactionException(Reason.UNKNOWN_NOTE, "note to lock " + declare.lockedNote());
        }
        if (Long.compareUnsigned(note.value(), MIN_STAKE) < 0) {
            throw new RejectedTransactionException(
                    Reason.NOTE_INSUFFICIENT_VALUE,
                    "note " + declare.lockedNote() + " of value " + Long.toUnsignedString(note.value()));
        }
        if (!(proof instanceof OpProof.ZkAndEd25519Sigs sigs)
                || !isSignedBy(sigs.zkSignature(), hash, note.owner(), declare.zkId())
                || !declare.providerId().verify(hash.signingBytes(), sigs.ed25519Signature())) {
            throw new RejectedTransactionException(
                    Reason.INVALID_OP_PROOF, "not signed by the note's owner, the zk id and the provider");
        }
        DeclarationId id = declare.declarationId();
        if (state.declarations().containsKey(id)) {
            throw new RejectedTransactionException(Reason.DUPLICATE_DECLARATION, "declaration " + id);
        }
        if (state.isLocked(declare.lockedNote(), declare.serviceType())) {
            throw new RejectedTransactionException(Reason.NOTE_ALREADY_LOCKED, "note " + declare.lockedNote());
        }
        return state.lock(declare.lockedNote(), declare.serviceType())
                .withDeclaration(id, new Declaration(declare, blockNumber, blockNumber, 0));
    }

    static LedgerState active(LedgerState state, TxHash hash, SdpActive active, OpProof proof, long blockNumber)
            throws RejectedTransactionException {
        Declaration declaration = find(state, active.declarationId());
        checkProof(state, hash, declaration, proof);
        checkNonce(declaration, active.nonce());
        // The nonce is not advanced, as in the node.
        return state.withDeclaration(
                active.declarationId(),
                new Declaration(declaration.declare(), declaration.created(), blockNumber, declaration.nonce()));
    }

    static LedgerState withdraw(LedgerState state, TxHash hash, SdpWithdraw withdraw, OpProof proof, long blockNumber)
            throws RejectedTransactionException {
        Declaration declaration = find(state, withdraw.declarationId());
        checkProof(state, hash, declaration, proof);
        checkNonce(declaration, withdraw.nonce());
        NoteId locked = declaration.declare().lockedNote();
        if (!withdraw.lockedNote().equals(locked)) {
            throw new RejectedTransactionException(
                    Reason.UNKNOWN_NOTE, "the declaration locks note " + locked + ", not " + withdraw.lockedNote());
        }
        if (declaration.created() + LOCK_PERIOD_BLOCKS >= blockNumber) {
            throw new RejectedTransactionException(
                    Reason.WITHDRAWAL_WHILE_LOCKED,
                    "declared in block " + declaration.created() + ", locked for " + LOCK_PERIOD_BLOCKS
                            + " blocks, but this is block " + blockNumber);
        }
        return state.unlock(locked, declaration.declare().serviceType()).withoutDeclaration(withdraw.declarationId());
    }

    private static Declaration find(LedgerState state, DeclarationId id) throws RejectedTransactionException {
        @Nullable Declaration declaration = state.declarations().get(id);
        if (declaration == null) {
            throw new RejectedTransactionException(Reason.UNKNOWN_DECLARATION, "declaration " + id);
        }
        return declaration;
    }

    private static void checkNonce(Declaration declaration, long nonce) throws RejectedTransactionException {
        if (Long.compareUnsigned(nonce, declaration.nonce()) <= 0) {
            throw new RejectedTransactionException(
                    Reason.INVALID_NONCE,
                    Long.toUnsignedString(nonce) + " is not above " + Long.toUnsignedString(declaration.nonce()));
        }
    }

    private static void checkProof(LedgerState state, TxHash hash, Declaration declaration, OpProof proof)
            throws RejectedTransactionException {
        @Nullable Note note = state.notes().get(declaration.declare().lockedNote());
        if (note == null
                || !(proof instanceof OpProof.ZkSig sig)
                || !isSignedBy(
                        sig.signature(),
                        hash,
                        note.owner(),
                        declaration.declare().zkId())) {
            throw new RejectedTransactionException(
                    Reason.INVALID_OP_PROOF, "not signed by the note's owner and the zk id");
        }
    }

    /** A dev proof has one signer, so the owner of the note and the zk id must be the same key. */
    private static boolean isSignedBy(ZkSignature proof, TxHash hash, ZkPublicKey owner, ZkPublicKey zkId) {
        return owner.equals(zkId) && DevProof.verify(proof, hash, owner);
    }
}
