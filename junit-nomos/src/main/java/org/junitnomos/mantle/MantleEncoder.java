package org.junitnomos.mantle;

import java.util.List;

/** Writes the canonical binary encoding (node contract 2.2). */
final class MantleEncoder {

    private MantleEncoder() {}

    static byte[] mantleTx(MantleTx tx) {
        ByteWriter out = new ByteWriter(256).u8(tx.ops().size());
        for (Op op : tx.ops()) {
            out.u8(op.opcode());
            payload(out, op);
        }
        ledgerTx(out, tx.ledgerTx());
        return out.u64(tx.executionGasPrice()).u64(tx.storageGasPrice()).toBytes();
    }

    static byte[] signedTx(SignedMantleTx signed) {
        List<Op> ops = signed.tx().ops();
        List<OpProof> proofs = signed.opProofs();
        if (proofs.size() != ops.size()) {
            throw new IllegalStateException("Cannot encode a transaction of " + ops.size() + " operations with "
                    + proofs.size() + " proofs; there must be one proof per operation.");
        }
        byte[] tx = signed.tx().encoded();
        ByteWriter out = new ByteWriter(tx.length + 192 * ops.size() + ZkSignature.LENGTH).raw(tx);
        for (int i = 0; i < ops.size(); i++) {
            proof(out, i, ops.get(i), proofs.get(i));
        }
        return out.raw(signed.ledgerTxProof().raw()).toBytes();
    }

    static void ledgerTx(ByteWriter out, LedgerTx tx) {
        out.u8(tx.inputs().size());
        for (NoteId input : tx.inputs()) {
            out.fr(input.value());
        }
        out.u8(tx.outputs().size());
        for (Note note : tx.outputs()) {
            out.u64(note.value()).fr(note.owner().value());
        }
    }

    static void payload(ByteWriter out, Op op) {
        if (op instanceof ChannelInscribe inscribe) {
            out.id(inscribe.channel());
            out.u32(inscribe.rawInscription().length).raw(inscribe.rawInscription());
            out.id(inscribe.parent()).id(inscribe.signer());
        } else if (op instanceof ChannelBlob blob) {
            out.id(blob.channel()).u64(blob.session()).id(blob.blob()).u64(blob.blobSize());
            out.u64(blob.daStorageGasPrice()).id(blob.parent()).id(blob.signer());
        } else if (op instanceof ChannelSetKeys setKeys) {
            out.id(setKeys.channel()).u8(setKeys.keys().size());
            setKeys.keys().forEach(out::id);
        } else if (op instanceof SdpDeclare declare) {
            declare(out, declare);
        } else if (op instanceof SdpWithdraw withdraw) {
            out.id(withdraw.declarationId())
                    .u64(withdraw.nonce())
                    .fr(withdraw.lockedNote().value());
        } else if (op instanceof SdpActive active) {
            byte[] metadata = MantleCodec.encode(active.metadata());
            out.id(active.declarationId())
                    .u64(active.nonce())
                    .u32(metadata.length)
                    .raw(metadata);
        } else if (op instanceof LeaderClaim claim) {
            out.fr(claim.rewardsRoot()).fr(claim.voucherNullifier());
        }
    }

    private static void declare(ByteWriter out, SdpDeclare declare) {
        out.u8(declare.serviceType().ordinal()).u8(declare.locators().size());
        for (Multiaddr locator : declare.locators()) {
            int length = locator.raw().length;
            out.u8(length).u8(length >> 8).raw(locator.raw());
        }
        out.id(declare.providerId())
                .fr(declare.zkId().value())
                .fr(declare.lockedNote().value());
    }

    static void metadata(ByteWriter out, ActivityMetadata metadata) {
        if (metadata instanceof ActivityMetadata.DataAvailability da) {
            byte[] previous = da.previousSessionOpinions();
            byte[] current = da.currentSessionOpinions();
            out.u8(MantleDecoder.METADATA_DATA_AVAILABILITY).u8(MantleDecoder.METADATA_VERSION);
            out.u64(da.currentSession());
            out.u32(previous.length).raw(previous).u32(current.length).raw(current);
        } else if (metadata instanceof ActivityMetadata.Blend blend) {
            out.u8(MantleDecoder.METADATA_BLEND).u8(MantleDecoder.METADATA_VERSION);
            out.u64(blend.session()).id(blend.signingKey());
            out.fr(blend.quotaNullifier()).raw(blend.quotaProof().raw()).fr(blend.selectionRandomness());
        }
    }

    private static void proof(ByteWriter out, int index, Op op, OpProof proof) {
        if (proof instanceof OpProof.Ed25519Sig sig && (op instanceof ChannelMessage || op instanceof ChannelSetKeys)) {
            out.raw(sig.signature().raw());
        } else if (proof instanceof OpProof.ZkAndEd25519Sigs sigs && op instanceof SdpDeclare) {
            out.raw(sigs.zkSignature().raw()).raw(sigs.ed25519Signature().raw());
        } else if (proof instanceof OpProof.ZkSig sig && (op instanceof SdpWithdraw || op instanceof SdpActive)) {
            out.raw(sig.signature().raw());
        } else {
            throw new IllegalStateException("Mismatch between proof type and operation type: operation " + index
                    + " is " + op.getClass().getSimpleName() + " and cannot be encoded with a proof of kind "
                    + proof.getClass().getSimpleName() + ".");
        }
    }
}
