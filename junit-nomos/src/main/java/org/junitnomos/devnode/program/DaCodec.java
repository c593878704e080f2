package org.junitnomos.devnode.program;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.devnode.da.DaMessage;
import org.junitnomos.mantle.BlobCommitments;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.BlobJson;
import org.junitnomos.mantle.BlobShare;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.TxHash;

/**
 * Converts messages about blobs to and from the bodies of frames: origin, target, number, kind and content. Names,
 * transactions, shares and commitments come after their lengths; shares and commitments are JSON as on the HTTP API,
 * of length 0 if there is none.
 */
final class DaCodec {
    private static final byte[] NOTHING = new byte[0];
    private static final int DISPERSAL = 0;
    private static final int RECEIPT = 1;
    private static final int SHARE_REQUEST = 2;
    private static final int SHARE_ANSWER = 3;

    private DaCodec() {}

    static byte[][] encode(PeerMessage.Routed message) {
        List<byte[]> parts = new ArrayList<>();
        parts.addAll(PeerCodec.withLength(message.origin().getBytes(StandardCharsets.UTF_8)));
        parts.addAll(PeerCodec.withLength(message.target().getBytes(StandardCharsets.UTF_8)));
        parts.add(ByteBuffer.allocate(8).putLong(message.number()).array());
        encode(message.content(), parts);
        return parts.toArray(byte[][]::new);
    }

    private static void encode(DaMessage content, List<byte[]> parts) {
        if (content instanceof DaMessage.Dispersal dispersal) {
            parts.add(kind(DISPERSAL));
            parts.add(flag(dispersal.replica()));
            parts.addAll(PeerCodec.withLength(MantleJson.encode(dispersal.transaction())));
            parts.addAll(PeerCodec.withLength(
                    BlobJson.encode(new BlobJson.FullShare(dispersal.commitments(), dispersal.share()))));
        } else if (content instanceof DaMessage.Receipt receipt) {
            parts.add(kind(RECEIPT));
            parts.add(receipt.transaction().value().toLittleEndianBytes());
            parts.add(column(receipt.column()));
            parts.add(flag(receipt.accepted()));
        } else if (content instanceof DaMessage.ShareRequest request) {
            parts.add(kind(SHARE_REQUEST));
            parts.add(request.blob().toBytes());
            parts.add(column(request.column()));
        } else if (content instanceof DaMessage.ShareAnswer answer) {
            parts.add(kind(SHARE_ANSWER));
            parts.add(answer.blob().toBytes());
            parts.add(column(answer.column()));
            parts.addAll(PeerCodec.withLength(
                    answer.commitments() == null ? NOTHING : BlobJson.encode(answer.commitments())));
            parts.addAll(PeerCodec.withLength(answer.share() == null ? NOTHING : BlobJson.encode(answer.share())));
        }
    }

    private static byte[] kind(int kind) {
        return new byte[] {(byte) kind};
    }

    private static byte[] flag(boolean flag) {
        return new byte[] {(byte) (flag ? 1 : 0)};
    }

    private static byte[] column(int column) {
        return ByteBuffer.allocate(2).putShort((short) column).array();
    }

    static PeerMessage.Routed decode(ByteBuffer body) throws PeerProtocolException {
        String origin = name(body);
        String target = name(body);
        long number = body.getLong();
        DaMessage content = content(body);
        if (body.hasRemaining()) {
            throw new PeerProtocolException("a message about blobs has " + body.remaining() + " bytes too many");
        }
        return new PeerMessage.Routed(origin, target, number, content);
    }

    private static DaMessage content(ByteBuffer body) throws PeerProtocolException {
        int kind = body.get();
        switch (kind) {
            case DISPERSAL -> {
                boolean replica = PeerCodec.flag(body);
                byte[] transaction = PeerCodec.withoutLength(body);
                BlobJson.FullShare full = BlobJson.decodeFullShare(PeerCodec.withoutLength(body));
                return new DaMessage.Dispersal(
                        MantleJson.decodeSignedTx(transaction), full.commitments(), full.share(), replica);
            }
            case RECEIPT -> {
                TxHash transaction = new TxHash(Fr.fromLittleEndianBytes(PeerCodec.bytes(body, Fr.LENGTH)));
                return new DaMessage.Receipt(transaction, body.getShort() & 0xffff, PeerCodec.flag(body));
            }
            case SHARE_REQUEST -> {
                return new DaMessage.ShareRequest(blob(body), body.getShort() & 0xffff);
            }
            case SHARE_ANSWER -> {
                BlobId blob = blob(body);
                int column = body.getShort() & 0xffff;
                byte[] commitments = PeerCodec.withoutLength(body);
                byte[] share = PeerCodec.withoutLength(body);
                return new DaMessage.ShareAnswer(blob, column, commitments(commitments), share(share));
            }
            default -> throw new PeerProtocolException("expected a message about blobs but was one of kind " + kind);
        }
    }

    private static BlobId blob(ByteBuffer body) {
        return BlobId.of(PeerCodec.bytes(body, BlobId.LENGTH));
    }

    private static @Nullable BlobCommitments commitments(byte[] json) {
        return json.length == 0
                ? null
                : BlobJson.decodeOptionalCommitments(json).orElse(null);
    }

    private static @Nullable BlobShare share(byte[] json) {
        return json.length == 0 ? null : BlobJson.decodeOptionalShare(json).orElse(null);
    }

    private static String name(ByteBuffer body) throws PeerProtocolException {
        byte[] name = PeerCodec.withoutLength(body);
        if (name.length == 0 || name.length > PeerCodec.MAX_NAME_BYTES) {
            throw new PeerProtocolException("expected the name of a node but was " + name.length + " bytes");
        }
        return new String(name, StandardCharsets.UTF_8);
    }
}
