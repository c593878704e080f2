package org.junitnomos.mantle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Converts network addresses between text and the binary multiaddr form (protocol codes are varints, ports big-endian).
 */
final class MultiaddrCodec {

    private static final int IP4 = 4;
    private static final int TCP = 6;
    private static final int IP6 = 41;
    private static final int DNS4 = 54;
    private static final int UDP = 273;
    private static final int P2P = 421;
    private static final int QUIC_V1 = 461;

    private MultiaddrCodec() {}

    static byte[] encode(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || !parts[0].isEmpty()) {
            throw problem(text, "it does not begin with '/'");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int next = 1;
        while (next < parts.length) {
            int protocol = codeOf(text, parts[next++]);
            writeVarint(out, protocol);
            if (protocol == QUIC_V1) {
                continue;
            }
            if (next == parts.length) {
                throw problem(text, "the protocol '" + parts[next - 1] + "' lacks its value");
            }
            writeValue(out, text, protocol, parts[next++]);
        }
        return out.toByteArray();
    }

    static String decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "multiaddr");
        StringBuilder text = new StringBuilder();
        while (in.hasMore()) {
            int protocol = readVarint(in);
            switch (protocol) {
                case IP4 -> text.append("/ip4/").append(IpAddress.formatIp4(in.bytes(4)));
                case IP6 -> text.append("/ip6/").append(IpAddress.formatIp6(in.bytes(16)));
                case DNS4 -> text.append("/dns4/").append(hostName(in.bytes(readVarint(in))));
                case UDP -> text.append("/udp/").append(in.u8() << 8 | in.u8());
                case TCP -> text.append("/tcp/").append(in.u8() << 8 | in.u8());
                case QUIC_V1 -> text.append("/quic-v1");
                case P2P -> text.append("/p2p/").append(PeerId.encode(in.bytes(readVarint(in))));
                default -> throw in.problem("expected a known multiaddr protocol but was code " + protocol);
            }
        }
        if (text.length() == 0) {
            throw in.problem("expected a multiaddr but was empty");
        }
        return text.toString();
    }

    private static void writeValue(ByteArrayOutputStream out, String text, int protocol, String value) {
        switch (protocol) {
            case IP4 -> out.writeBytes(IpAddress.parseIp4(text, value));
            case IP6 -> out.writeBytes(IpAddress.parseIp6(text, value));
            case DNS4 ->
                writePrefixed(
                        out, hostName(value.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII));
            case P2P -> writePrefixed(out, PeerId.decode(value));
            default -> {
                int port = port(text, value);
                out.write(port >> 8);
                out.write(port);
            }
        }
    }

    private static int codeOf(String text, String name) {
        return switch (name) {
            case "ip4" -> IP4;
            case "ip6" -> IP6;
            case "dns4" -> DNS4;
            case "udp" -> UDP;
            case "tcp" -> TCP;
            case "quic-v1" -> QUIC_V1;
            case "p2p" -> P2P;
            default ->
                throw problem(text, "the protocol '" + name + "' is not one of ip4, ip6, dns4, udp, tcp, quic-v1, p2p");
        };
    }

    private static int port(String text, String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            throw problem(text, "'" + value + "' is no port from 0 to 65535");
        }
        return Integer.parseInt(value);
    }

    private static String hostName(byte[] bytes) {
        String name = new String(bytes, StandardCharsets.UTF_8);
        if (!name.matches("[A-Za-z0-9._-]{1,253}")) {
            throw new WireFormatException(
                    "", "expected a host name of letters, digits, '.', '_' and '-' but was \"" + name + "\"");
        }
        return name;
    }

    static WireFormatException problem(String text, String problem) {
        return new WireFormatException(
                "",
                "expected a multiaddr such as \"/ip4/127.0.0.1/udp/3300/quic-v1\" but was \"" + text + "\": "
                        + problem);
    }

    private static void writePrefixed(ByteArrayOutputStream out, byte[] value) {
        writeVarint(out, value.length);
        out.writeBytes(value);
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static int readVarint(ByteReader in) {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int part = in.u8();
            value |= (part & 0x7f) << shift;
            if (part < 0x80) {
                if (part == 0 && shift > 0) {
                    throw in.problem("expected a varint in its shortest form");
                }
                return value;
            }
        }
        throw in.problem("expected a varint below 2^28");
    }
}
