package org.junitnomos.mantle;

import java.util.Arrays;

/** Writes bytes into a growing array. */
final class ByteWriter {

    private byte[] bytes;
    private int length;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    ByteWriter u8(int value) {
        int at = grow(1);
        bytes[at] = (byte) value;
        return this;
    }

    ByteWriter u32(int value) {
        int at = grow(4);
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    ByteWriter u64(long value) {
        int at = grow(8);
        LittleEndian.putLong(bytes, at, value);
        return this;
    }

    ByteWriter fr(Fr value) {
        int at = grow(Fr.LENGTH);
        value.putLittleEndianBytes(bytes, at);
        return this;
    }

    ByteWriter raw(byte[] value) {
        int at = grow(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    ByteWriter id(Id32 value) {
        return raw(value.raw());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Makes room and returns where it begins. */
    private int grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
        length += more;
        return length - more;
    }
}
