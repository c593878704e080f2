package org.junitnomos.mantle;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Converts transactions and blocks to and from the JSON of a node (node contract 1.2, 1.4, 2.1); ids and small bodies
 * are the business of {@link MantleJsonValues}.
 *
 * <p>Text is UTF-8. Decoders skip unknown fields and are strict about everything else; they return
 * {@linkplain MantleTx shared} transactions. They do not verify signatures; see {@link SignedMantleTx#verifyShape()}.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class MantleJson {

    /** One block is read from every node, and again by audits; kept small because a block may be large. */
    private static final Memo<SameBytes, Optional<Block>> SERVED = Memo.ofLastUsed(64);

    private MantleJson() {}

    /** Writes a transaction as JSON, as for {@code POST /mempool/add/tx}. */
    public static byte[] encode(SignedMantleTx signed) {
        JsonOut out = new JsonOut(1536);
        new TxJsonWriter(out).signedTx(signed, false);
        return out.toBytes();
    }

    /** Writes a genesis transaction as JSON; the form is that of any transaction. */
    public static byte[] encode(GenesisTx genesis) {
        return encode(genesis.signed());
    }

    /** Writes a block as JSON in the form of {@code POST /storage/block}. The text of the last blocks is kept. */
    public static byte[] encode(Block block) {
        return block.storageJson().clone();
    }

    /**
     * Writes a block in the form of {@code GET /cryptarchia/blocks/stream}. The text of the last blocks is kept.
     *
     * @return JSON text on one line
     */
    public static byte[] encodeApi(Block block) {
        return block.apiJson().clone();
    }

    /**
     * Writes blocks in the form of {@code GET /cryptarchia/blocks}.
     *
     * @param blocks the blocks in order
     * @return JSON text
     */
    public static byte[] encodeApi(List<Block> blocks) {
        JsonOut out = new JsonOut(2048);
        return out.array(blocks, (Block block) -> out.raw(block.apiJson())).toBytes();
    }

    /**
     * Reads a transaction.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static SignedMantleTx decodeSignedTx(byte[] json) {
        return JsonIn.read(json, TxJsonReader::signedTx);
    }

    /**
     * Reads a genesis transaction.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is no transaction
     * @throws IllegalArgumentException if the transaction breaks the rules of a genesis transaction
     */
    public static GenesisTx decodeGenesisTx(byte[] json) {
        return new GenesisTx(JsonIn.read(json, TxJsonReader::genesisTx));
    }

    /**
     * Reads a block in the form of {@code POST /storage/block}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static Block decodeBlock(byte[] json) {
        return JsonIn.read(json, BlockJsonReader::storageForm);
    }

    /**
     * Reads the answer of {@code POST /storage/block}.
     *
     * @param json JSON text; {@code null} for an unknown block
     * @return the block; empty if the answer is {@code null}
     * @throws WireFormatException if the text is anything else
     */
    public static Optional<Block> decodeOptionalBlock(byte[] json) {
        Optional<Block> known = SERVED.get(new SameBytes(json));
        if (known == null) {
            known = JsonIn.read(
                    json, in -> in.isNull() ? Optional.empty() : Optional.of(BlockJsonReader.storageForm(in)));
            SERVED.put(new SameBytes(json.clone()), known);
        }
        return known;
    }

    /**
     * Reads a block in the form of {@code GET /cryptarchia/blocks/stream}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static ApiBlock decodeApiBlock(byte[] json) {
        return JsonIn.read(json, BlockJsonReader::apiForm);
    }

    /**
     * Reads the answer of {@code GET /cryptarchia/blocks}.
     *
     * @param json JSON text
     * @return the blocks in order
     * @throws WireFormatException if the text is anything else
     */
    public static List<ApiBlock> decodeApiBlocks(byte[] json) {
        return JsonIn.read(json, in -> in.array(BlockJsonReader::apiForm));
    }
}
