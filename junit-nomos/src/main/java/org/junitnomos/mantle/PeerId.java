package org.junitnomos.mantle;

import java.math.BigInteger;
import java.util.Arrays;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Converts libp2p peer ids between their base58 text and the multihash bytes.
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class PeerId {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    /** Identity multihash of a protobuf of type Ed25519 with 32 bytes of key. */
    private static final byte[] KEY_PREFIX = {0x00, 0x24, 0x08, 0x01, 0x12, 0x20};

    private PeerId() {}

    /**
     * Checks that a text is a peer id.
     *
     * @throws WireFormatException if it is not base58, or too short or too long for a peer id
     */
    public static String require(String text) {
        byte[] bytes = decode(text);
        if (bytes.length < 34 || bytes.length > 64) {
            throw new WireFormatException("", "expected a base58 peer id but was \"" + text + "\"");
        }
        return text;
    }

    static String ofKey(byte[] key) {
        byte[] hash = Arrays.copyOf(KEY_PREFIX, KEY_PREFIX.length + key.length);
        System.arraycopy(key, 0, hash, KEY_PREFIX.length, key.length);
        return encode(hash);
    }

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text.append(ALPHABET.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append('1');
        }
        return text.reverse().toString();
    }

    static byte[] decode(String text) {
        if (text.isEmpty() || text.length() > 128) {
            throw new WireFormatException(
                    "", "expected a base58 peer id of 1 to 128 characters but was " + text.length());
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new WireFormatException(
                        "", "expected a base58 peer id but was \"" + text + "\" with '" + text.charAt(i) + "'");
            }
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') {
            zeros++;
        }
        byte[] magnitude = value.signum() == 0 ? new byte[0] : value.toByteArray();
        int skip = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + magnitude.length - skip];
        System.arraycopy(magnitude, skip, bytes, zeros, magnitude.length - skip);
        return bytes;
    }
}
