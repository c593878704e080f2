package org.junitnomos.mantle;

import org.jspecify.annotations.Nullable;

/** Converts between bytes and hexadecimal text. */
final class Hex {

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Hex() {}

    static String encode(byte[] bytes) {
        char[] text = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = DIGITS[(bytes[i] >> 4) & 15];
            text[2 * i + 1] = DIGITS[bytes[i] & 15];
        }
        return new String(text);
    }

    /** Decodes exactly {@code length} bytes; an optional {@code 0x} and upper case are accepted. */
    static byte[] decode(String text, int length) {
        String problem = problemOf(text, length);
        if (problem != null) {
            throw new WireFormatException("", problem);
        }
        int start = text.length() - 2 * length;
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (digit(text.charAt(start + 2 * i)) << 4 | digit(text.charAt(start + 2 * i + 1)));
        }
        return bytes;
    }

    private static @Nullable String problemOf(String text, int length) {
        int start = text.startsWith("0x") ? 2 : 0;
        if (text.length() - start != 2 * length) {
            return "expected " + 2 * length + " hexadecimal digits but was " + (text.length() - start) + " characters "
                    + excerpt(text);
        }
        for (int i = start; i < text.length(); i++) {
            if (digit(text.charAt(i)) < 0) {
                return "expected " + 2 * length + " hexadecimal digits but was " + excerpt(text);
            }
        }
        return null;
    }

    private static String excerpt(String text) {
        return "\"" + (text.length() <= 80 ? text : text.substring(0, 80) + "...") + "\"";
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'f') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
