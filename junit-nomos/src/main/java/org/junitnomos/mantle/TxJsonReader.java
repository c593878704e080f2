package org.junitnomos.mantle;

import java.util.List;

/** Reads transactions from JSON (node contract 2.1). Fields may come in any order; unknown ones are skipped. */
final class TxJsonReader {

    private TxJsonReader() {}

    static SignedMantleTx signedTx(JsonIn in) {
        return signedTx(in, LedgerTx.MAX_NOTES);
    }

    /** A genesis transaction has as many outputs as it likes (node contract 2.8). */
    static SignedMantleTx genesisTx(JsonIn in) {
        return signedTx(in, LedgerTx.MAX_GENESIS_NOTES);
    }

    private static SignedMantleTx signedTx(JsonIn in, int mostNotes) {
        MantleTx tx = null;
        List<OpProof> proofs = null;
        ZkSignature ledgerTxProof = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "mantle_tx" -> tx = in.once(tx, mantleTx(in, mostNotes));
                case "ops_proofs" -> proofs = in.once(proofs, in.array(TxJsonReader::opProof));
                case "ledger_tx_proof" -> ledgerTxProof = in.once(ledgerTxProof, zkSignature(in));
                default -> in.skip();
            }
        }
        return new SignedMantleTx(
                        in.require(tx, "mantle_tx"),
                        in.require(proofs, "ops_proofs"),
                        in.require(ledgerTxProof, "ledger_tx_proof"))
                .interned();
    }

    private static MantleTx mantleTx(JsonIn in, int mostNotes) {
        List<Op> ops = null;
        LedgerTx ledgerTx = null;
        Long executionGasPrice = null;
        Long storageGasPrice = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "ops" -> ops = in.once(ops, in.array(OpJsonReader::op, MantleTx.MAX_OPS));
                case "ledger_tx" -> ledgerTx = in.once(ledgerTx, ledgerTx(in, mostNotes));
                case "execution_gas_price" -> executionGasPrice = in.once(executionGasPrice, in.u64());
                case "storage_gas_price" -> storageGasPrice = in.once(storageGasPrice, in.u64());
                default -> in.skip();
            }
        }
        return new MantleTx(
                in.require(ops, "ops"),
                in.require(ledgerTx, "ledger_tx"),
                in.require(executionGasPrice, "execution_gas_price"),
                in.require(storageGasPrice, "storage_gas_price"));
    }

    private static LedgerTx ledgerTx(JsonIn in, int mostNotes) {
        List<NoteId> inputs = null;
        List<Note> outputs = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "inputs" -> inputs = in.once(inputs, in.array(note -> new NoteId(note.fr()), LedgerTx.MAX_NOTES));
                case "outputs" -> outputs = in.once(outputs, in.array(TxJsonReader::note, mostNotes));
                default -> in.skip();
            }
        }
        return new LedgerTx(in.require(inputs, "inputs"), in.require(outputs, "outputs"), mostNotes);
    }

    private static Note note(JsonIn in) {
        Long value = null;
        Fr owner = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "value" -> value = in.once(value, in.u64());
                case "pk" -> owner = in.once(owner, in.fr());
                default -> in.skip();
            }
        }
        return new Note(in.require(value, "value"), new ZkPublicKey(in.require(owner, "pk")));
    }

    private static OpProof opProof(JsonIn in) {
        if (in.isText()) {
            if (!in.text().equals("NoProof")) {
                throw in.expected("\"NoProof\"");
            }
            return new OpProof.NoProof();
        }
        return in.single("a proof such as {\"Ed25519Sig\":[...]}", kind -> switch (kind) {
            case "Ed25519Sig" -> new OpProof.Ed25519Sig(ed25519Signature(in));
            case "ZkSig" -> new OpProof.ZkSig(zkSignature(in));
            case "ZkAndEd25519Sigs" -> bothSignatures(in);
            default -> throw in.problem("expected one of NoProof, Ed25519Sig, ZkSig, ZkAndEd25519Sigs but was " + kind);
        });
    }

    private static OpProof bothSignatures(JsonIn in) {
        ZkSignature zk = null;
        Ed25519Signature ed25519 = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "zk_sig" -> zk = in.once(zk, zkSignature(in));
                case "ed25519_sig" -> ed25519 = in.once(ed25519, ed25519Signature(in));
                default -> in.skip();
            }
        }
        return new OpProof.ZkAndEd25519Sigs(in.require(zk, "zk_sig"), in.require(ed25519, "ed25519_sig"));
    }

    static Ed25519Signature ed25519Signature(JsonIn in) {
        return new Ed25519Signature(in.numbers(Ed25519Signature.LENGTH));
    }

    static ZkSignature zkSignature(JsonIn in) {
        byte[] piA = null;
        byte[] piB = null;
        byte[] piC = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "pi_a" -> piA = in.once(piA, in.numbers(32));
                case "pi_b" -> piB = in.once(piB, in.numbers(64));
                case "pi_c" -> piC = in.once(piC, in.numbers(32));
                default -> in.skip();
            }
        }
        return ZkSignature.of(in.require(piA, "pi_a"), in.require(piB, "pi_b"), in.require(piC, "pi_c"));
    }
}
