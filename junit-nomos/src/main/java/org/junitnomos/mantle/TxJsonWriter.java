package org.junitnomos.mantle;

/** Writes transactions as JSON (node contract 2.1). */
final class TxJsonWriter {

    private final JsonOut out;

    TxJsonWriter(JsonOut out) {
        this.out = out;
    }

    void signedTx(SignedMantleTx signed, boolean withHash) {
        out.raw("{\"mantle_tx\":");
        mantleTx(signed.tx(), withHash);
        out.raw(",\"ops_proofs\":").array(signed.opProofs(), this::opProof);
        out.raw(",\"ledger_tx_proof\":");
        zkSignature(signed.ledgerTxProof());
        out.raw("}");
    }

    void mantleTx(MantleTx tx, boolean withHash) {
        out.raw("{");
        if (withHash) {
            out.raw("\"hash\":").fr(tx.hash().value()).raw(",");
        }
        out.raw("\"ops\":").array(tx.ops(), this::op);
        out.raw(",\"ledger_tx\":{\"inputs\":").array(tx.ledgerTx().inputs(), (NoteId note) -> out.fr(note.value()));
        out.raw(",\"outputs\":").array(tx.ledgerTx().outputs(), this::note);
        out.raw("},\"execution_gas_price\":").u64(tx.executionGasPrice());
        out.raw(",\"storage_gas_price\":").u64(tx.storageGasPrice()).raw("}");
    }

    private void note(Note note) {
        out.raw("{\"value\":")
                .u64(note.value())
                .raw(",\"pk\":")
                .fr(note.owner().value())
                .raw("}");
    }

    private void opProof(OpProof proof) {
        if (proof instanceof OpProof.Ed25519Sig sig) {
            out.raw("{\"Ed25519Sig\":").numbers(sig.signature().raw()).raw("}");
        } else if (proof instanceof OpProof.ZkSig sig) {
            out.raw("{\"ZkSig\":");
            zkSignature(sig.signature());
            out.raw("}");
        } else if (proof instanceof OpProof.ZkAndEd25519Sigs sigs) {
            out.raw("{\"ZkAndEd25519Sigs\":{\"zk_sig\":");
            zkSignature(sigs.zkSignature());
            out.raw(",\"ed25519_sig\":").numbers(sigs.ed25519Signature().raw()).raw("}}");
        } else {
            out.raw("\"NoProof\"");
        }
    }

    private void zkSignature(ZkSignature signature) {
        byte[] bytes = signature.raw();
        out.raw("{\"pi_a\":").numbers(bytes, 0, 32);
        out.raw(",\"pi_b\":").numbers(bytes, 32, 96);
        out.raw(",\"pi_c\":").numbers(bytes, 96, 128).raw("}");
    }

    private void op(Op op) {
        out.raw("{\"opcode\":").u64(op.opcode()).raw(",\"payload\":");
        if (op instanceof ChannelInscribe inscribe) {
            inscribe(inscribe);
        } else if (op instanceof ChannelBlob blob) {
            blob(blob);
        } else if (op instanceof ChannelSetKeys setKeys) {
            out.raw("{\"channel\":").hex(setKeys.channel());
            out.raw(",\"keys\":")
                    .array(setKeys.keys(), (Ed25519PublicKey key) -> out.hex(key))
                    .raw("}");
        } else if (op instanceof SdpDeclare declare) {
            declare(declare);
        } else if (op instanceof SdpWithdraw withdraw) {
            out.raw("{\"declaration_id\":").numbers(withdraw.declarationId().raw());
            out.raw(",\"locked_note_id\":").fr(withdraw.lockedNote().value());
            out.raw(",\"nonce\":").u64(withdraw.nonce()).raw("}");
        } else if (op instanceof SdpActive active) {
            out.raw("{\"declaration_id\":").numbers(active.declarationId().raw());
            out.raw(",\"nonce\":").u64(active.nonce()).raw(",\"metadata\":");
            metadata(active.metadata());
            out.raw("}");
        } else if (op instanceof LeaderClaim claim) {
            claim(claim);
        }
        out.raw("}");
    }

    private void inscribe(ChannelInscribe op) {
        out.raw("{\"channel_id\":").hex(op.channel());
        out.raw(",\"inscription\":").numbers(op.rawInscription());
        out.raw(",\"parent\":").hex(op.parent());
        out.raw(",\"signer\":").hex(op.signer()).raw("}");
    }

    private void blob(ChannelBlob op) {
        out.raw("{\"channel\":").hex(op.channel());
        out.raw(",\"session\":").u64(op.session());
        out.raw(",\"blob\":").numbers(op.blob().raw());
        out.raw(",\"blob_size\":").u64(op.blobSize());
        out.raw(",\"da_storage_gas_price\":").u64(op.daStorageGasPrice());
        out.raw(",\"parent\":").hex(op.parent());
        out.raw(",\"signer\":").hex(op.signer()).raw("}");
    }

    void declare(SdpDeclare op) {
        out.raw("{\"service_type\":\"").raw(op.serviceType().code()).raw("\",\"locators\":");
        out.array(
                op.locators(),
                (Multiaddr locator) -> out.raw("\"").raw(locator.toString()).raw("\""));
        out.raw(",\"provider_id\":").hex(op.providerId());
        out.raw(",\"zk_id\":").fr(op.zkId().value());
        out.raw(",\"locked_note_id\":").fr(op.lockedNote().value()).raw("}");
    }

    void metadata(ActivityMetadata metadata) {
        if (metadata instanceof ActivityMetadata.DataAvailability da) {
            out.raw("{\"DataAvailability\":{\"current_session\":").u64(da.currentSession());
            out.raw(",\"previous_session_opinions\":").numbers(da.previousSessionOpinions());
            out.raw(",\"current_session_opinions\":")
                    .numbers(da.currentSessionOpinions())
                    .raw("}}");
        } else if (metadata instanceof ActivityMetadata.Blend blend) {
            out.raw("{\"Blend\":{\"session\":").u64(blend.session());
            out.raw(",\"signing_key\":").hex(blend.signingKey());
            out.raw(",\"proof_of_quota\":{\"key_nullifier\":")
                    .fr(blend.quotaNullifier())
                    .raw(",\"proof\":");
            zkSignature(blend.quotaProof());
            out.raw("},\"proof_of_selection\":{\"selection_randomness\":")
                    .fr(blend.selectionRandomness())
                    .raw("}}}");
        }
    }

    private void claim(LeaderClaim op) {
        TxHash hash = op.mantleTxHash();
        if (hash == null) {
            throw new IllegalStateException(
                    "Cannot write a leader claim as JSON without its transaction hash, which the"
                            + " binary encoding does not carry.");
        }
        out.raw("{\"rewards_root\":").fr(op.rewardsRoot());
        out.raw(",\"voucher_nullifier\":").fr(op.voucherNullifier());
        out.raw(",\"mantle_tx_hash\":").fr(hash.value()).raw("}");
    }
}
