package org.junitnomos.mantle;

import java.util.Arrays;

/** Converts IP addresses between text and bytes, without asking a name service. */
final class IpAddress {

    private IpAddress() {}

    static byte[] parseIp4(String context, String value) {
        String[] parts = value.split("\\.", -1);
        byte[] bytes = new byte[4];
        boolean valid = parts.length == 4;
        for (int i = 0; valid && i < 4; i++) {
            valid = parts[i].matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(parts[i]) < 256;
            if (valid) {
                bytes[i] = (byte) Integer.parseInt(parts[i]);
            }
        }
        if (!valid) {
            throw MultiaddrCodec.problem(context, "'" + value + "' is no IPv4 address");
        }
        return bytes;
    }

    static byte[] parseIp6(String context, String value) {
        int gap = value.indexOf("::");
        String[] head = groups(gap < 0 ? value : value.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : groups(value.substring(gap + 2));
        int count = head.length + tail.length;
        if (gap < 0 ? count != 8 : count > 7) {
            throw MultiaddrCodec.problem(context, "'" + value + "' is no IPv6 address");
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < head.length; i++) {
            putGroup(context, value, bytes, i, head[i]);
        }
        for (int i = 0; i < tail.length; i++) {
            putGroup(context, value, bytes, 8 - tail.length + i, tail[i]);
        }
        return bytes;
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static void putGroup(String context, String value, byte[] bytes, int index, String group) {
        if (!group.matches("[0-9a-fA-F]{1,4}")) {
            throw MultiaddrCodec.problem(context, "'" + value + "' is no IPv6 address");
        }
        int number = Integer.parseInt(group, 16);
        bytes[2 * index] = (byte) (number >> 8);
        bytes[2 * index + 1] = (byte) number;
    }

    static String formatIp4(byte[] bytes) {
        return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
    }

    /** Writes the shortest usual form: the longest run of at least two zero groups becomes {@code ::}. */
    static String formatIp6(byte[] bytes) {
        int[] groups = new int[8];
        Arrays.setAll(groups, i -> (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255);
        int start = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                start = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
            } else {
                boolean separate = text.length() > 0 && text.charAt(text.length() - 1) != ':';
                text.append(separate ? ":" : "").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
