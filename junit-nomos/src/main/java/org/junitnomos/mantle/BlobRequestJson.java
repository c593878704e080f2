package org.junitnomos.mantle;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Converts requests about blobs to and from JSON (node contract 1.4, 1.5). Decoders skip unknown fields.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class BlobRequestJson {

    private BlobRequestJson() {}

    /** Writes a request as JSON. */
    public static byte[] encode(BlobRequest request) {
        JsonOut out = new JsonOut(512);
        if (request instanceof BlobRequest.Disperse disperse) {
            out.raw("{\"channel_id\":").hex(disperse.channel());
            out.raw(",\"parent_msg_id\":").hex(disperse.parent());
            out.raw(",\"signer\":").hex(disperse.signer());
            out.raw(",\"data\":").numbers(disperse.data()).raw("}");
        } else if (request instanceof BlobRequest.Commitments commitments) {
            blob(out, commitments.blob())
                    .raw(",\"session\":")
                    .u64(commitments.session())
                    .raw("}");
        } else if (request instanceof BlobRequest.StoredCommitments commitments) {
            blob(out, commitments.blob()).raw("}");
        } else if (request instanceof BlobRequest.Share share) {
            column(blob(out, share.blob()).raw(",\"share_idx\":"), share.column())
                    .raw("}");
        } else if (request instanceof BlobRequest.Shares shares) {
            blob(out, shares.blob()).raw(",\"requested_shares\":");
            out.array(shares.requested(), (Integer column) -> column(out, column))
                    .raw(",\"filter_shares\":");
            out.array(shares.filtered(), (Integer column) -> column(out, column));
            out.raw(",\"return_available\":" + shares.returnAvailable() + "}");
        } else if (request instanceof BlobRequest.Historic historic) {
            out.raw("{\"block_id\":").hex(historic.block()).raw(",\"blob_ids\":");
            out.array(
                    historic.blobs(),
                    (BlobRequest.Commitments blob) -> out.raw("[")
                            .numbers(blob.blob().raw())
                            .raw(",")
                            .u64(blob.session())
                            .raw("]"));
            out.raw("}");
        }
        return out.toBytes();
    }

    private static JsonOut blob(JsonOut out, BlobId blob) {
        return out.raw("{\"blob_id\":").numbers(blob.raw());
    }

    private static JsonOut column(JsonOut out, int column) {
        return out.numbers(new byte[] {(byte) column, (byte) (column >> 8)});
    }

    /**
     * Reads the body of {@code POST /disperse-data}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobRequest.Disperse decodeDisperse(byte[] json) {
        return JsonIn.read(json, in -> {
            byte[] channel = null;
            byte[] parent = null;
            byte[] signer = null;
            byte[] data = null;
            in.beginObject();
            for (String field = in.nextField(); field != null; field = in.nextField()) {
                switch (field) {
                    case "channel_id" -> channel = in.once(channel, in.hex32());
                    case "parent_msg_id" -> parent = in.once(parent, in.hex32());
                    case "signer" -> signer = in.once(signer, in.hex32());
                    case "data" -> data = in.once(data, in.numbers());
                    default -> in.skip();
                }
            }
            return new BlobRequest.Disperse(
                    new ChannelId(in.require(channel, "channel_id")),
                    new MsgId(in.require(parent, "parent_msg_id")),
                    new Ed25519PublicKey(in.require(signer, "signer")),
                    in.require(data, "data"));
        });
    }

    /**
     * Reads the body of {@code POST /da/get-commitments}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobRequest.Commitments decodeCommitments(byte[] json) {
        return JsonIn.read(json, in -> {
            Fields fields = new Fields(in);
            return new BlobRequest.Commitments(fields.blob(in), in.require(fields.session, "session"));
        });
    }

    /**
     * Reads the body of {@code GET /da/get-storage-commitments}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobRequest.StoredCommitments decodeStoredCommitments(byte[] json) {
        return JsonIn.read(json, in -> new BlobRequest.StoredCommitments(new Fields(in).blob(in)));
    }

    /**
     * Reads the body of {@code GET /da/get-share}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobRequest.Share decodeShare(byte[] json) {
        return JsonIn.read(json, in -> {
            Fields fields = new Fields(in);
            return new BlobRequest.Share(fields.blob(in), in.require(fields.column, "share_idx"));
        });
    }

    /**
     * Reads the body of {@code GET /da/sampling/shares}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobRequest.Shares decodeShares(byte[] json) {
        return JsonIn.read(json, in -> {
            Fields fields = new Fields(in);
            return new BlobRequest.Shares(
                    fields.blob(in),
                    in.require(fields.requested, "requested_shares"),
                    in.require(fields.filtered, "filter_shares"),
                    in.require(fields.returnAvailable, "return_available"));
        });
    }

    /**
     * Reads the body of {@code POST /test/da/historic-sampling}.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static BlobRequest.Historic decodeHistoric(byte[] json) {
        return JsonIn.read(json, in -> {
            Fields fields = new Fields(in);
            return new BlobRequest.Historic(
                    new HeaderId(in.require(fields.block, "block_id")), in.require(fields.blobs, "blob_ids"));
        });
    }

    /** Fields of a question about blobs, in whatever order they come. */
    private static final class Fields {
        private byte @Nullable [] blob;
        private byte @Nullable [] block;
        private @Nullable Long session;
        private @Nullable Integer column;
        private @Nullable List<Integer> requested;
        private @Nullable List<Integer> filtered;
        private @Nullable Boolean returnAvailable;
        private @Nullable List<BlobRequest.Commitments> blobs;

        Fields(JsonIn in) {
            in.beginObject();
            for (String field = in.nextField(); field != null; field = in.nextField()) {
                switch (field) {
                    case "blob_id" -> blob = in.once(blob, in.numbers(Id32.LENGTH));
                    case "block_id" -> block = in.once(block, in.hex32());
                    case "session" -> session = in.once(session, in.u64());
                    case "share_idx" -> column = in.once(column, column(in));
                    case "requested_shares" -> requested = in.once(requested, in.array(Fields::column));
                    case "filter_shares" -> filtered = in.once(filtered, in.array(Fields::column));
                    case "return_available" -> returnAvailable = in.once(returnAvailable, in.bool());
                    case "blob_ids" -> blobs = in.once(blobs, in.array(Fields::pair));
                    default -> in.skip();
                }
            }
        }

        private static Integer column(JsonIn in) {
            byte[] bytes = in.numbers(2);
            return bytes[0] & 255 | (bytes[1] & 255) << 8;
        }

        private static BlobRequest.Commitments pair(JsonIn in) {
            return in.pair(blob -> new BlobId(blob.numbers(Id32.LENGTH)), JsonIn::u64, BlobRequest.Commitments::new);
        }

        BlobId blob(JsonIn in) {
            return new BlobId(in.require(blob, "blob_id"));
        }
    }
}
