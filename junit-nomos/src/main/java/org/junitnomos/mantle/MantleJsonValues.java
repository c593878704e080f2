package org.junitnomos.mantle;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Converts ids and small request bodies to and from the JSON of a node (node contract 1.2, 1.3).
 *
 * <p>Blob ids and declaration ids are arrays of 32 numbers, all other ids are hexadecimal strings.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class MantleJsonValues {

    private MantleJsonValues() {}

    /** Writes an id as JSON in the form of its kind. */
    public static byte[] encode(Id32 id) {
        JsonOut out = new JsonOut(160);
        boolean isArray = id instanceof BlobId || id instanceof DeclarationId;
        return (isArray ? out.numbers(id.raw()) : out.hex(id)).toBytes();
    }

    /**
     * Writes a list of block ids.
     *
     * @param ids the ids in order
     * @return JSON text
     */
    public static byte[] encodeHeaderIds(List<HeaderId> ids) {
        JsonOut out = new JsonOut(2 + 67 * ids.size());
        return out.array(ids, (HeaderId id) -> out.hex(id)).toBytes();
    }

    /**
     * Reads a block id.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static HeaderId decodeHeaderId(byte[] json) {
        return JsonIn.read(json, in -> new HeaderId(in.hex32()));
    }

    /**
     * Reads a list of transaction hashes.
     *
     * @param json JSON text
     * @return the hashes in order
     * @throws WireFormatException if the text is anything else
     */
    public static List<TxHash> decodeTxHashes(byte[] json) {
        return JsonIn.read(json, in -> in.array(hash -> new TxHash(hash.fr())));
    }

    /**
     * Reads a blob id.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobId decodeBlobId(byte[] json) {
        return JsonIn.read(json, in -> new BlobId(in.numbers(Id32.LENGTH)));
    }

    /**
     * Reads a declaration id.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static DeclarationId decodeDeclarationId(byte[] json) {
        return JsonIn.read(json, in -> new DeclarationId(in.numbers(Id32.LENGTH)));
    }

    /**
     * Reads a peer id.
     *
     * @param json JSON text
     * @return the id as text
     * @throws WireFormatException if the text is anything else
     */
    public static String decodePeerId(byte[] json) {
        return JsonIn.read(json, in -> in.parse(in.text(), PeerId::require));
    }

    /**
     * Reads the number of a session.
     *
     * @param json JSON text
     * @return the number, unsigned
     * @throws WireFormatException if the text is anything else
     */
    public static long decodeSession(byte[] json) {
        return JsonIn.read(json, JsonIn::u64);
    }

    /**
     * Reads the body of {@code POST /wallet/transactions/transfer-funds}.
     *
     * @param json JSON text
     * @return the request
     * @throws WireFormatException if the text is anything else
     */
    public static TransferRequest decodeTransfer(byte[] json) {
        return JsonIn.read(json, in -> {
            HeaderId tip = null;
            Fr change = null;
            List<ZkPublicKey> funding = null;
            Fr recipient = null;
            Long amount = null;
            in.beginObject();
            for (String field = in.nextField(); field != null; field = in.nextField()) {
                switch (field) {
                    case "tip" -> tip = in.isNull() ? null : in.once(tip, new HeaderId(in.hex32()));
                    case "change_public_key" -> change = in.once(change, in.fr());
                    case "funding_public_keys" ->
                        funding = in.once(funding, in.array(key -> new ZkPublicKey(key.fr())));
                    case "recipient_public_key" -> recipient = in.once(recipient, in.fr());
                    case "amount" -> amount = in.once(amount, in.u64());
                    default -> in.skip();
                }
            }
            in.require(change, "change_public_key");
            List<ZkPublicKey> keys = in.require(funding, "funding_public_keys");
            in.require(recipient, "recipient_public_key");
            return new TransferRequest(tip, keys, in.require(amount, "amount"));
        });
    }

    /**
     * Reads the body of {@code POST /sdp/declaration}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static SdpDeclare decodeDeclaration(byte[] json) {
        return JsonIn.read(json, OpJsonReader::declare);
    }

    /**
     * Reads the body of {@code POST /sdp/activity}.
     *
     * @param json JSON text
     * @return the report
     * @throws WireFormatException if the text is anything else
     */
    public static ActivityMetadata decodeActivity(byte[] json) {
        return JsonIn.read(json, MetadataJsonReader::metadata);
    }
}
