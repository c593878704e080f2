package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.List;

/** Reads the canonical binary encoding (node contract 2.2). */
final class MantleDecoder {

    static final int METADATA_DATA_AVAILABILITY = 0;
    static final int METADATA_BLEND = 1;
    static final int METADATA_VERSION = 1;

    private MantleDecoder() {}

    static SignedMantleTx signedTx(ByteReader in) {
        MantleTx tx = mantleTx(in);
        List<OpProof> proofs = new ArrayList<>();
        for (int i = 0; i < tx.ops().size(); i++) {
            proofs.add(proof(in.at("ops_proofs[" + i + "]"), tx.ops().get(i)));
        }
        return new SignedMantleTx(tx, proofs, zkSignature(in.at("ledger_tx_proof")));
    }

    static MantleTx mantleTx(ByteReader in) {
        int count = in.at("ops").u8();
        List<Op> ops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ops.add(op(in, "ops[" + i + "]"));
        }
        LedgerTx ledgerTx = ledgerTx(in, "ledger_tx.");
        long executionGasPrice = in.at("execution_gas_price").u64();
        long storageGasPrice = in.at("storage_gas_price").u64();
        return new MantleTx(ops, ledgerTx, executionGasPrice, storageGasPrice);
    }

    static LedgerTx ledgerTx(ByteReader in, String prefix) {
        int inputCount = in.at(prefix + "inputs").u8();
        List<NoteId> inputs = new ArrayList<>();
        for (int i = 0; i < inputCount; i++) {
            inputs.add(new NoteId(in.fr()));
        }
        int outputCount = in.at(prefix + "outputs").u8();
        List<Note> outputs = new ArrayList<>();
        for (int i = 0; i < outputCount; i++) {
            outputs.add(new Note(in.u64(), new ZkPublicKey(in.fr())));
        }
        return new LedgerTx(inputs, outputs);
    }

    private static Op op(ByteReader in, String path) {
        int opcode = in.at(path + ".opcode").u8();
        String payload = path + ".payload.";
        return switch (opcode) {
            case ChannelInscribe.OPCODE ->
                new ChannelInscribe(
                        new ChannelId(in.at(payload + "channel_id").bytes(32)),
                        in.at(payload + "inscription").longBytes(),
                        new MsgId(in.at(payload + "parent").bytes(32)),
                        key(in, payload + "signer"));
            case ChannelBlob.OPCODE ->
                new ChannelBlob(
                        new ChannelId(in.at(payload + "channel").bytes(32)),
                        in.at(payload + "session").u64(),
                        new BlobId(in.at(payload + "blob").bytes(32)),
                        in.at(payload + "blob_size").u64(),
                        in.at(payload + "da_storage_gas_price").u64(),
                        new MsgId(in.at(payload + "parent").bytes(32)),
                        key(in, payload + "signer"));
            case ChannelSetKeys.OPCODE -> setKeys(in, payload);
            case SdpDeclare.OPCODE -> declare(in, payload);
            case SdpWithdraw.OPCODE -> withdraw(in, payload);
            case SdpActive.OPCODE ->
                new SdpActive(
                        new DeclarationId(in.at(payload + "declaration_id").bytes(32)),
                        in.at(payload + "nonce").u64(),
                        metadata(in.at(payload + "metadata").longBytes(), payload + "metadata"));
            case LeaderClaim.OPCODE ->
                new LeaderClaim(
                        in.at(payload + "rewards_root").fr(),
                        in.at(payload + "voucher_nullifier").fr(),
                        null);
            default -> throw in.problem("expected an opcode of 0, 1, 2, 32, 33, 34 or 48 but was " + opcode);
        };
    }

    private static ChannelSetKeys setKeys(ByteReader in, String payload) {
        ChannelId channel = new ChannelId(in.at(payload + "channel").bytes(32));
        int count = in.at(payload + "keys").u8();
        List<Ed25519PublicKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key(in, payload + "keys[" + i + "]"));
        }
        return new ChannelSetKeys(channel, keys);
    }

    private static SdpDeclare declare(ByteReader in, String payload) {
        int service = in.at(payload + "service_type").u8();
        if (service >= ServiceType.values().length) {
            throw in.problem("expected a service of 0 (BN) or 1 (DA) but was " + service);
        }
        int count = in.at(payload + "locators").u8();
        List<Multiaddr> locators = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            locators.add(locator(in.at(payload + "locators[" + i + "]")));
        }
        Ed25519PublicKey provider = key(in, payload + "provider_id");
        ZkPublicKey zkId = new ZkPublicKey(in.at(payload + "zk_id").fr());
        NoteId note = new NoteId(in.at(payload + "locked_note_id").fr());
        return new SdpDeclare(ServiceType.values()[service], locators, provider, zkId, note);
    }

    private static Multiaddr locator(ByteReader in) {
        int length = in.u8() | in.u8() << 8;
        if (length > Multiaddr.MAX_LENGTH) {
            throw in.problem("expected a multiaddr of at most " + Multiaddr.MAX_LENGTH + " bytes but was " + length);
        }
        byte[] bytes = in.bytes(length);
        try {
            return Multiaddr.fromBytes(bytes);
        } catch (WireFormatException e) {
            throw in.problem(e.getMessage());
        }
    }

    private static SdpWithdraw withdraw(ByteReader in, String payload) {
        DeclarationId declaration =
                new DeclarationId(in.at(payload + "declaration_id").bytes(32));
        long nonce = in.at(payload + "nonce").u64();
        return new SdpWithdraw(
                declaration, new NoteId(in.at(payload + "locked_note_id").fr()), nonce);
    }

    private static ActivityMetadata metadata(byte[] bytes, String path) {
        ByteReader in = new ByteReader(bytes, path);
        int kind = in.u8();
        int version = in.u8();
        if (kind > METADATA_BLEND || version != METADATA_VERSION) {
            throw in.problem(
                    "expected metadata of kind 0 or 1 and version 1 but was kind " + kind + " and version " + version);
        }
        ActivityMetadata metadata = kind == METADATA_DATA_AVAILABILITY
                ? new ActivityMetadata.DataAvailability(in.u64(), in.longBytes(), in.longBytes())
                : new ActivityMetadata.Blend(
                        in.u64(), new Ed25519PublicKey(in.bytes(32)), in.fr(), zkSignature(in), in.fr());
        if (in.hasMore()) {
            throw in.problem("expected the end of the metadata but was followed by more bytes");
        }
        return metadata;
    }

    private static OpProof proof(ByteReader in, Op op) {
        if (op instanceof ChannelMessage || op instanceof ChannelSetKeys) {
            return new OpProof.Ed25519Sig(new Ed25519Signature(in.bytes(Ed25519Signature.LENGTH)));
        }
        if (op instanceof LeaderClaim) {
            throw in.problem("expected no leader claim, because nodes cannot decode its proof");
        }
        ZkSignature zk = zkSignature(in);
        return op instanceof SdpDeclare
                ? new OpProof.ZkAndEd25519Sigs(zk, new Ed25519Signature(in.bytes(Ed25519Signature.LENGTH)))
                : new OpProof.ZkSig(zk);
    }

    private static ZkSignature zkSignature(ByteReader in) {
        return new ZkSignature(in.bytes(ZkSignature.LENGTH));
    }

    private static Ed25519PublicKey key(ByteReader in, String path) {
        return new Ed25519PublicKey(in.at(path).bytes(32));
    }
}
