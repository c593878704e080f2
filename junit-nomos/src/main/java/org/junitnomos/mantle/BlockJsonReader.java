package org.junitnomos.mantle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads blocks from JSON in the two forms of a node (node contract 1.4). */
final class BlockJsonReader {

    private BlockJsonReader() {}

    static Block storageForm(JsonIn in) {
        HeaderFields header = null;
        Ed25519Signature signature = null;
        List<SignedMantleTx> transactions = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "header" -> header = in.once(header, header(in));
                case "signature" -> signature = in.once(signature, TxJsonReader.ed25519Signature(in));
                case "transactions" -> transactions = in.once(transactions, transactions(in));
                default -> in.skip();
            }
        }
        HeaderFields fields = in.require(header, "header");
        in.require(fields.version, "header.version");
        return new Block(fields.header, in.require(signature, "signature"), in.require(transactions, "transactions"));
    }

    static ApiBlock apiForm(JsonIn in) {
        HeaderFields header = null;
        List<SignedMantleTx> transactions = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "header" -> header = in.once(header, header(in));
                case "transactions" -> transactions = in.once(transactions, transactions(in));
                default -> in.skip();
            }
        }
        HeaderFields fields = in.require(header, "header");
        HeaderId id = in.require(fields.id, "header.id");
        return new ApiBlock(id, fields.header, in.require(transactions, "transactions"));
    }

    private static List<SignedMantleTx> transactions(JsonIn in) {
        return in.array(TxJsonReader::signedTx, Block.MAX_TRANSACTIONS);
    }

    private static HeaderFields header(JsonIn in) {
        String version = null;
        HeaderId id = null;
        byte[] parent = null;
        Long slot = null;
        byte[] root = null;
        ProofOfLeadership proof = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "version" -> version = in.once(version, version(in));
                case "id" -> id = in.once(id, new HeaderId(in.hex32()));
                case "parent_block" -> parent = in.once(parent, in.hex32());
                case "slot" -> slot = in.once(slot, in.u64());
                case "block_root" -> root = in.once(root, in.hex32());
                case "proof_of_leadership" -> proof = in.once(proof, proofOfLeadership(in));
                default -> in.skip();
            }
        }
        Header header = new Header(
                new HeaderId(in.require(parent, "parent_block")),
                in.require(slot, "slot"),
                new BlockRoot(in.require(root, "block_root")),
                in.require(proof, "proof_of_leadership"));
        return new HeaderFields(version, id, header);
    }

    private static String version(JsonIn in) {
        if (!in.text().equals(Header.VERSION)) {
            throw in.expected("\"" + Header.VERSION + "\"");
        }
        return Header.VERSION;
    }

    private static ProofOfLeadership proofOfLeadership(JsonIn in) {
        byte[] proof = null;
        Fr entropy = null;
        byte[] leaderKey = null;
        Fr voucher = null;
        ProofOfLeadership.PublicInputs inputs = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "proof" -> proof = in.once(proof, in.numbers(ProofOfLeadership.PROOF_LENGTH));
                case "entropy_contribution" -> entropy = in.once(entropy, in.fr());
                case "leader_key" -> leaderKey = in.once(leaderKey, in.hex32());
                case "voucher_cm" -> voucher = in.once(voucher, in.fr());
                case "public" -> inputs = in.isNull() ? null : in.once(inputs, publicInputs(in));
                default -> in.skip();
            }
        }
        return new ProofOfLeadership(
                in.require(proof, "proof"),
                in.require(entropy, "entropy_contribution"),
                new Ed25519PublicKey(in.require(leaderKey, "leader_key")),
                in.require(voucher, "voucher_cm"),
                inputs);
    }

    private static ProofOfLeadership.PublicInputs publicInputs(JsonIn in) {
        Long slot = null;
        Fr nonce = null;
        Long totalStake = null;
        Fr agedRoot = null;
        Fr latestRoot = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "slot" -> slot = in.once(slot, in.u64());
                case "epoch_nonce" -> nonce = in.once(nonce, in.fr());
                case "total_stake" -> totalStake = in.once(totalStake, in.u64());
                case "aged_root" -> agedRoot = in.once(agedRoot, in.fr());
                case "latest_root" -> latestRoot = in.once(latestRoot, in.fr());
                default -> in.skip();
            }
        }
        return new ProofOfLeadership.PublicInputs(
                in.require(slot, "slot"),
                in.require(nonce, "epoch_nonce"),
                in.require(totalStake, "total_stake"),
                in.require(agedRoot, "aged_root"),
                in.require(latestRoot, "latest_root"));
    }

    private record HeaderFields(
            @Nullable String version, @Nullable HeaderId id, Header header) {}
}
