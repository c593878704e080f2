package org.junitnomos.mantle;

import java.util.Arrays;

/** Reads the canonical binary encoding, naming the field in every complaint. */
final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private String path;
    private int position;

    ByteReader(byte[] bytes, String path) {
        this.bytes = bytes;
        this.end = bytes.length;
        this.path = path;
    }

    boolean hasMore() {
        return position < end;
    }

    /** Names the field that is read next. */
    ByteReader at(String field) {
        path = field;
        return this;
    }

    int u8() {
        return bytes[take(1)] & 255;
    }

    long u64() {
        return LittleEndian.getLong(bytes, take(8));
    }

    /** Reads a length of four bytes and as many bytes. */
    byte[] longBytes() {
        int from = take(4);
        long length = (bytes[from] & 255L)
                | (bytes[from + 1] & 255L) << 8
                | (bytes[from + 2] & 255L) << 16
                | (bytes[from + 3] & 255L) << 24;
        if (length > end - position) {
            throw problem("expected " + length + " more bytes but was " + (end - position));
        }
        return bytes((int) length);
    }

    byte[] bytes(int length) {
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    Fr fr() {
        byte[] encoded = bytes(Fr.LENGTH);
        try {
            return Fr.fromLittleEndianBytes(encoded);
        } catch (WireFormatException e) {
            throw problem(e.getMessage());
        }
    }

    void expectEnd() {
        if (position != end) {
            path = "";
            throw problem("expected the end of the encoding but was followed by " + (end - position) + " more bytes");
        }
    }

    WireFormatException problem(String problem) {
        return new WireFormatException(path, problem + " (at byte " + position + " of " + end + ")");
    }

    private int take(int length) {
        if (length > end - position) {
            throw problem("expected " + length + " more bytes but was " + (end - position));
        }
        int from = position;
        position += length;
        return from;
    }
}
