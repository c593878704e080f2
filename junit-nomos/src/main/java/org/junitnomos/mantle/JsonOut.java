package org.junitnomos.mantle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Writes JSON of the few shapes the protocol has; all text is plain ASCII that needs no escaping. */
final class JsonOut {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    JsonOut(int capacity) {
        bytes = new byte[capacity];
    }

    /** Writes text as it is. */
    @SuppressWarnings("deprecation") // the ASCII-only copy is several times faster than an encoder
    JsonOut raw(String ascii) {
        reserve(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    /** Writes JSON as it is. */
    JsonOut raw(byte[] json) {
        reserve(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    /** Writes an unsigned number. */
    JsonOut u64(long value) {
        if (value >= 0 && value < 10) {
            reserve(1);
            bytes[length++] = (byte) ('0' + value);
            return this;
        }
        return raw(Long.toUnsignedString(value));
    }

    /** Writes an array of numbers. */
    JsonOut numbers(byte[] values) {
        return numbers(values, 0, values.length);
    }

    /** Writes an array of numbers. */
    JsonOut numbers(byte[] values, int from, int to) {
        reserve(4 * (to - from) + 2);
        bytes[length++] = '[';
        for (int i = from; i < to; i++) {
            if (i > from) {
                bytes[length++] = ',';
            }
            number(values[i] & 255);
        }
        bytes[length++] = ']';
        return this;
    }

    /** Writes a string of hexadecimal digits. */
    JsonOut hex(byte[] value) {
        reserve(2 * value.length + 2);
        bytes[length++] = '"';
        for (byte part : value) {
            bytes[length++] = HEX[part >> 4 & 15];
            bytes[length++] = HEX[part & 15];
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes an id as a string. */
    JsonOut hex(Id32 id) {
        return hex(id.raw());
    }

    /** Writes a field element as a string. */
    JsonOut fr(Fr value) {
        return hex(value.toLittleEndianBytes());
    }

    /** Writes an array. */
    <T> JsonOut array(List<? extends T> elements, Consumer<T> writer) {
        raw("[");
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                raw(",");
            }
            writer.accept(elements.get(i));
        }
        return raw("]");
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void number(int value) {
        if (value >= 100) {
            bytes[length++] = (byte) ('0' + value / 100);
        }
        if (value >= 10) {
            bytes[length++] = (byte) ('0' + value / 10 % 10);
        }
        bytes[length++] = (byte) ('0' + value % 10);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
