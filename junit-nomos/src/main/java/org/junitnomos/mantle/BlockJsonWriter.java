package org.junitnomos.mantle;

/** Writes blocks as JSON in the two forms of a node (node contract 1.4). */
final class BlockJsonWriter {

    private BlockJsonWriter() {}

    static byte[] storageForm(Block block) {
        JsonOut out = new JsonOut(1024 + 1536 * block.transactions().size());
        out.raw("{\"header\":{\"version\":\"" + Header.VERSION + "\",\"parent_block\":");
        header(out, block.header());
        out.raw(",\"signature\":").numbers(block.signature().raw());
        TxJsonWriter transactions = new TxJsonWriter(out);
        out.raw(",\"transactions\":")
                .array(block.transactions(), (SignedMantleTx tx) -> transactions.signedTx(tx, false));
        return out.raw("}").toBytes();
    }

    static byte[] apiForm(Block block) {
        JsonOut out = new JsonOut(1024 + 1536 * block.transactions().size());
        out.raw("{\"header\":{\"id\":").hex(block.id()).raw(",\"parent_block\":");
        header(out, block.header());
        TxJsonWriter transactions = new TxJsonWriter(out);
        out.raw(",\"transactions\":")
                .array(block.transactions(), (SignedMantleTx tx) -> transactions.signedTx(tx, true));
        return out.raw("}").toBytes();
    }

    private static void header(JsonOut out, Header header) {
        ProofOfLeadership proof = header.proofOfLeadership();
        out.hex(header.parent()).raw(",\"slot\":").u64(header.slot());
        out.raw(",\"block_root\":").hex(header.blockRoot());
        out.raw(",\"proof_of_leadership\":{\"proof\":").numbers(proof.rawProof());
        out.raw(",\"entropy_contribution\":").fr(proof.entropyContribution());
        out.raw(",\"leader_key\":").hex(proof.leaderKey());
        out.raw(",\"voucher_cm\":").fr(proof.voucherCm());
        proof.publicInputs().ifPresent(inputs -> {
            out.raw(",\"public\":{\"slot\":").u64(inputs.slot());
            out.raw(",\"epoch_nonce\":").fr(inputs.epochNonce());
            out.raw(",\"total_stake\":").u64(inputs.totalStake());
            out.raw(",\"aged_root\":").fr(inputs.agedRoot());
            out.raw(",\"latest_root\":").fr(inputs.latestRoot()).raw("}");
        });
        out.raw("}}");
    }
}
