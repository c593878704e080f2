package org.junitnomos.mantle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Converts shares and commitments to and from the JSON of a node (node contract 1.4). Text is UTF-8; decoders skip
 * unknown fields.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class BlobJson {

    private BlobJson() {}

    /** A share with the commitments of its blob, as in {@code POST /da/add-share}. */
    public record FullShare(BlobCommitments commitments, BlobShare share) {}

    /** Writes commitments as JSON, as the answer of {@code POST /da/get-commitments}. */
    public static byte[] encode(BlobCommitments commitments) {
        JsonOut out = new JsonOut(64 + 200 * commitments.rows());
        out.raw("{");
        write(out, commitments);
        return out.raw("}").toBytes();
    }

    /** Writes a light share as one line of JSON, as the answer of {@code GET /da/get-share}. */
    public static byte[] encode(BlobShare share) {
        JsonOut out = new JsonOut(256 + 132 * share.rows());
        out.raw("{\"share_idx\":").u64(share.index()).raw(",\"column\":");
        writeColumn(out, share);
        return out.raw(",\"combined_column_proof\":")
                .numbers(share.rawProof())
                .raw("}")
                .toBytes();
    }

    /** Writes a share with its commitments as JSON, as the body of {@code POST /da/add-share}. */
    public static byte[] encode(FullShare full) {
        JsonOut out = new JsonOut(256 + 332 * full.share().rows());
        out.raw("{\"column\":");
        writeColumn(out, full.share());
        out.raw(",\"share_idx\":").u64(full.share().index());
        out.raw(",\"combined_column_proof\":").numbers(full.share().rawProof()).raw(",");
        write(out, full.commitments());
        return out.raw("}").toBytes();
    }

    private static void write(JsonOut out, BlobCommitments commitments) {
        out.raw("\"rows_commitments\":").array(commitments.rawEntries(), (byte[] entry) -> out.numbers(entry));
    }

    private static void writeColumn(JsonOut out, BlobShare share) {
        byte[] column = share.rawColumn();
        out.raw("[");
        for (int at = 0; at < column.length; at += BlobShare.CHUNK_LENGTH) {
            if (at > 0) {
                out.raw(",");
            }
            out.numbers(column, at, at + BlobShare.CHUNK_LENGTH);
        }
        out.raw("]");
    }

    /**
     * Reads commitments.
     *
     * @param json JSON text; {@code null} for an unknown blob
     * @return the commitments; empty if the text is {@code null}
     * @throws WireFormatException if the text is anything else
     */
    public static Optional<BlobCommitments> decodeOptionalCommitments(byte[] json) {
        return JsonIn.read(json, in -> in.isNull() ? Optional.empty() : Optional.of(commitments(in)));
    }

    /**
     * Reads a light share.
     *
     * @param json JSON text; {@code null} for an unknown one
     * @return the share; empty if the text is {@code null}
     * @throws WireFormatException if the text is anything else
     */
    public static Optional<BlobShare> decodeOptionalShare(byte[] json) {
        return JsonIn.read(
                json,
                in -> in.isNull() ? Optional.empty() : Optional.of(fields(in).share(in)));
    }

    /**
     * Reads a share with its commitments.
     *
     * @param json JSON text
     * @throws WireFormatException if the text is anything else
     */
    public static FullShare decodeFullShare(byte[] json) {
        return JsonIn.read(json, in -> {
            Fields fields = fields(in);
            return new FullShare(new BlobCommitments(in.require(fields.entries, "rows_commitments")), fields.share(in));
        });
    }

    private static BlobCommitments commitments(JsonIn in) {
        return new BlobCommitments(in.require(fields(in).entries, "rows_commitments"));
    }

    private static Fields fields(JsonIn in) {
        Fields fields = new Fields();
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "share_idx" -> fields.index = in.once(fields.index, index(in));
                case "column" -> fields.column = in.once(fields.column, in.array(JsonIn::numbers));
                case "combined_column_proof" -> fields.proof = in.once(fields.proof, in.numbers());
                case "rows_commitments" ->
                    fields.entries =
                            in.once(fields.entries, in.array(entry -> entry.numbers(BlobCommitments.ENTRY_LENGTH)));
                default -> in.skip();
            }
        }
        return fields;
    }

    private static Integer index(JsonIn in) {
        long index = in.u64();
        if (index < 0 || index > 0xffff) {
            throw in.problem("expected a number from 0 to 65535 but was " + Long.toUnsignedString(index));
        }
        return (int) index;
    }

    /** Fields of one object, in whatever order they come. */
    private static final class Fields {
        private @Nullable Integer index;
        private @Nullable List<byte[]> column;
        private byte @Nullable [] proof;
        private @Nullable List<byte[]> entries;

        /** A real node's chunk may be shorter than 32 bytes; it is a little-endian number. */
        BlobShare share(JsonIn in) {
            List<byte[]> chunks = new ArrayList<>(in.require(column, "column"));
            byte[] all = new byte[chunks.size() * BlobShare.CHUNK_LENGTH];
            for (int i = 0; i < chunks.size(); i++) {
                byte[] chunk = chunks.get(i);
                if (chunk.length > BlobShare.CHUNK_LENGTH) {
                    throw new WireFormatException(
                            "column[" + i + "]",
                            "expected at most " + BlobShare.CHUNK_LENGTH + " numbers but was " + chunk.length);
                }
                System.arraycopy(chunk, 0, all, i * BlobShare.CHUNK_LENGTH, chunk.length);
            }
            return new BlobShare(in.require(index, "share_idx"), all, in.require(proof, "combined_column_proof"));
        }
    }
}
