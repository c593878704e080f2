package org.junitnomos.devnode.program;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.PeerMessage;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.mantle.WireFormatException;

/**
 * Converts messages between dev nodes to and from frames.
 *
 * <p>A frame is the mark {@code NMOS}, a version, a kind (one byte each), the length of the body (four bytes) and the
 * body. Numbers are big-endian; blocks and transactions are JSON as on the HTTP API, each after its length.
 */
final class PeerCodec {
    /** Version of the frames; nodes of different versions do not talk. */
    static final int VERSION = 1;

    /** Largest body, in bytes. */
    static final int MAX_BODY = 16 * 1024 * 1024;

    static final int HEAD = 10;

    private static final int MARK = 0x4e4d4f53;
    private static final int GREETING = 0;
    private static final int HELLO = 1;
    private static final int TRANSACTION = 2;
    private static final int PROPOSAL = 3;
    private static final int BLOCK_REQUEST = 4;
    private static final int BLOCK_RESPONSE = 5;
    private static final int ROUTED = 6;

    /** Largest name of a node, in bytes. */
    static final int MAX_NAME_BYTES = 255;

    /**
     * The opening of a connection: both ends say who they are before anything else.
     *
     * @param network id of the genesis block
     * @param name name of the sender
     */
    record Greeting(HeaderId network, String name) {}

    private static final int MAX_GREETING = HeaderId.LENGTH + MAX_NAME_BYTES;

    private record Frame(int kind, byte[] body) {}

    private PeerCodec() {}

    static byte[] encode(Greeting greeting) {
        return frame(GREETING, greeting.network().toBytes(), greeting.name().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Encodes a message.
     *
     * <p>A response keeps as many of its blocks as fit; the receiver asks again from there on.
     *
     * @throws IllegalArgumentException if the message is larger than a frame can be
     */
    static byte[] encode(PeerMessage message) {
        if (message instanceof PeerMessage.Hello hello) {
            return frame(
                    HELLO,
                    hello.tip().toBytes(),
                    ByteBuffer.allocate(8).putLong(hello.height()).array(),
                    hello.lib().toBytes(),
                    new byte[] {(byte) (hello.answer() ? 1 : 0)});
        }
        if (message instanceof PeerMessage.Transaction transaction) {
            return frame(TRANSACTION, MantleJson.encode(transaction.transaction()));
        }
        if (message instanceof PeerMessage.Proposal proposal) {
            Block empty = new Block(proposal.header(), proposal.signature(), List.of());
            List<byte[]> parts = new ArrayList<>(withLength(MantleJson.encode(empty)));
            proposal.transactions().forEach(hash -> parts.add(hash.value().toLittleEndianBytes()));
            return frame(PROPOSAL, parts.toArray(byte[][]::new));
        }
        if (message instanceof PeerMessage.BlockRequest request) {
            List<byte[]> parts = new ArrayList<>();
            parts.add(request.block().toBytes());
            request.known().forEach(id -> parts.add(id.toBytes()));
            return frame(BLOCK_REQUEST, parts.toArray(byte[][]::new));
        }
        if (message instanceof PeerMessage.Routed routed) {
            return frame(ROUTED, DaCodec.encode(routed));
        }
        return encodeResponse((PeerMessage.BlockResponse) message);
    }

    private static byte[] encodeResponse(PeerMessage.BlockResponse response) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(response.requested().toBytes());
        long size = HeaderId.LENGTH;
        for (Block block : response.blocks()) {
            byte[] json = MantleJson.encode(block);
            size += 4L + json.length;
            if (size > MAX_BODY) {
                break;
            }
            parts.addAll(withLength(json));
        }
        return frame(BLOCK_RESPONSE, parts.toArray(byte[][]::new));
    }

    static List<byte[]> withLength(byte[] content) {
        return List.of(ByteBuffer.allocate(4).putInt(content.length).array(), content);
    }

    private static byte[] frame(int kind, byte[]... parts) {
        long length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        if (length > MAX_BODY) {
            throw new IllegalArgumentException(
                    "A message to a peer has " + length + " bytes, expected at most " + MAX_BODY + ".");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEAD + (int) length)
                .putInt(MARK)
                .put((byte) VERSION)
                .put((byte) kind)
                .putInt((int) length);
        for (byte[] part : parts) {
            frame.put(part);
        }
        return frame.array();
    }

    /**
     * Reads the first frame of a connection, from somebody who may be anybody: no more than a greeting can have.
     *
     * @throws PeerProtocolException if it is anything but a greeting
     * @throws EOFException if the connection ends before
     */
    static Greeting readGreeting(InputStream in) throws IOException {
        Frame frame = readFrame(in, MAX_GREETING);
        if (frame == null) {
            throw new EOFException("the connection was closed before the greeting");
        }
        int nameLength = frame.body.length - HeaderId.LENGTH;
        if (frame.kind != GREETING || nameLength < 1) {
            throw new PeerProtocolException("expected a greeting but was a frame of kind " + frame.kind + " with "
                    + frame.body.length + " bytes");
        }
        ByteBuffer body = ByteBuffer.wrap(frame.body);
        HeaderId network = id(body);
        return new Greeting(network, StandardCharsets.UTF_8.decode(body).toString());
    }

    /**
     * Reads the next message; null at the end of the connection.
     *
     * @throws PeerProtocolException if the frame is malformed, too large or of another version
     * @throws EOFException if the connection ends within a frame
     */
    static @Nullable PeerMessage read(InputStream in) throws IOException {
        Frame frame = readFrame(in, MAX_BODY);
        if (frame == null) {
            return null;
        }
        try {
            return decode(frame.kind, ByteBuffer.wrap(frame.body));
        } catch (WireFormatException | BufferUnderflowException problem) {
            throw new PeerProtocolException(
                    "malformed frame of kind " + frame.kind + " with " + frame.body.length + " bytes: " + problem,
                    problem);
        }
    }

    private static @Nullable Frame readFrame(InputStream in, int most) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        if (head.length == 0) {
            return null;
        }
        if (head.length < HEAD) {
            throw new EOFException("the connection was closed within a frame");
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int mark = fields.getInt();
        int version = fields.get() & 255;
        int kind = fields.get() & 255;
        int length = fields.getInt();
        if (mark != MARK) {
            throw new PeerProtocolException(
                    "expected a frame of a dev node but was " + String.format("0x%08x", mark) + " at its start");
        }
        if (version != VERSION) {
            throw new PeerProtocolException("expected a frame of version " + VERSION + " but was version " + version);
        }
        if (length < 0 || length > most) {
            throw new PeerProtocolException("expected a body of at most " + most + " bytes but was "
                    + Integer.toUnsignedString(length) + " bytes");
        }
        // Reads piece by piece, so a peer has to send what it claims before it costs memory.
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection was closed within a frame");
        }
        return new Frame(kind, body);
    }

    private static PeerMessage decode(int kind, ByteBuffer body) throws PeerProtocolException {
        switch (kind) {
            case HELLO -> {
                PeerMessage hello = new PeerMessage.Hello(id(body), body.getLong(), id(body), flag(body));
                if (body.hasRemaining()) {
                    throw new PeerProtocolException("a hello has " + body.remaining() + " bytes too many");
                }
                return hello;
            }
            case TRANSACTION -> {
                return new PeerMessage.Transaction(MantleJson.decodeSignedTx(rest(body)));
            }
            case PROPOSAL -> {
                Block empty = MantleJson.decodeBlock(withoutLength(body));
                if (!empty.transactions().isEmpty()) {
                    throw new PeerProtocolException("a proposal names its transactions by hash only");
                }
                List<TxHash> hashes = new ArrayList<>();
                while (body.hasRemaining()) {
                    hashes.add(new TxHash(Fr.fromLittleEndianBytes(bytes(body, Fr.LENGTH))));
                }
                return new PeerMessage.Proposal(empty.header(), empty.signature(), hashes);
            }
            case BLOCK_REQUEST -> {
                HeaderId block = id(body);
                List<HeaderId> known = new ArrayList<>();
                while (body.hasRemaining()) {
                    known.add(id(body));
                }
                return new PeerMessage.BlockRequest(block, known);
            }
            case BLOCK_RESPONSE -> {
                HeaderId requested = id(body);
                List<Block> blocks = new ArrayList<>();
                while (body.hasRemaining()) {
                    blocks.add(MantleJson.decodeBlock(withoutLength(body)));
                }
                return new PeerMessage.BlockResponse(requested, blocks);
            }
            case ROUTED -> {
                return DaCodec.decode(body);
            }
            default -> throw new PeerProtocolException("expected a message but was a frame of kind " + kind);
        }
    }

    static boolean flag(ByteBuffer body) throws PeerProtocolException {
        int flag = body.get();
        if (flag != 0 && flag != 1) {
            throw new PeerProtocolException("expected a flag of 0 or 1 but was " + flag);
        }
        return flag == 1;
    }

    private static HeaderId id(ByteBuffer body) {
        return HeaderId.of(bytes(body, HeaderId.LENGTH));
    }

    private static byte[] rest(ByteBuffer body) {
        return bytes(body, body.remaining());
    }

    static byte[] withoutLength(ByteBuffer body) throws PeerProtocolException {
        int length = body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw new PeerProtocolException(
                    "expected " + Integer.toUnsignedString(length) + " more bytes but was " + body.remaining());
        }
        return bytes(body, length);
    }

    static byte[] bytes(ByteBuffer body, int length) {
        byte[] bytes = new byte[Math.min(length, body.remaining())];
        body.get(bytes);
        if (bytes.length < length) {
            throw new BufferUnderflowException();
        }
        return bytes;
    }
}
