package org.junitnomos.mantle;

/**
 * Converts transactions to and from the canonical binary encoding, which is what gets hashed (node contract 2.2).
 *
 * <p>Decoders return {@linkplain MantleTx shared} objects and refuse trailing bytes.
 *
 * @since 0.1
 */
final class MantleCodec {

    private MantleCodec() {}

    /** Encodes a transaction without proofs in a fresh array. */
    public static byte[] encode(MantleTx tx) {
        return tx.encoded().clone();
    }

    /** Encodes a ledger transaction in a fresh array. */
    public static byte[] encode(LedgerTx tx) {
        ByteWriter out = new ByteWriter(128);
        MantleEncoder.ledgerTx(out, tx);
        return out.toBytes();
    }

    /**
     * Encodes a transaction with its proofs.
     *
     * @return a fresh array
     * @throws IllegalStateException if a proof is not of the kind its operation needs, since the encoding has no room
     *     for any other
     */
    public static byte[] encode(SignedMantleTx signed) {
        return MantleEncoder.signedTx(signed);
    }

    /** Encodes the payload of an operation, without its opcode, in a fresh array. */
    public static byte[] encodePayload(Op op) {
        ByteWriter out = new ByteWriter(256);
        MantleEncoder.payload(out, op);
        return out.toBytes();
    }

    /** Encodes the metadata of an activity report in a fresh array. */
    public static byte[] encode(ActivityMetadata metadata) {
        ByteWriter out = new ByteWriter(256);
        MantleEncoder.metadata(out, metadata);
        return out.toBytes();
    }

    /**
     * Decodes a transaction without proofs.
     *
     * @param bytes the whole encoding
     * @throws WireFormatException if the bytes are anything else
     */
    public static MantleTx decodeTx(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "");
        MantleTx tx = MantleDecoder.mantleTx(in);
        in.expectEnd();
        return tx.interned();
    }

    /**
     * Decodes a transaction with its proofs. The proofs are not verified.
     *
     * @param bytes the whole encoding
     * @throws WireFormatException if the bytes are anything else
     */
    public static SignedMantleTx decodeSignedTx(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "");
        SignedMantleTx signed = MantleDecoder.signedTx(in);
        in.expectEnd();
        return signed.interned();
    }

    /**
     * Decodes a ledger transaction.
     *
     * @param bytes the whole encoding
     * @throws WireFormatException if the bytes are anything else
     */
    public static LedgerTx decodeLedgerTx(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "");
        LedgerTx tx = MantleDecoder.ledgerTx(in, "");
        in.expectEnd();
        return tx;
    }
}
