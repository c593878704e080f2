package org.junitnomos.mantle;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * Reads proofs as the provers of circuits write them, and compresses their points into the form that nodes take (node
 * contract 5.5, Appendix C).
 *
 * @since 0.1
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class Groth16Proof {
    private static final BigInteger Q =
            new BigInteger("21888242871839275222246405745257275088696311157297823662689037894645226208583");
    private static final BigInteger HALF = Q.shiftRight(1);
    private static final int COORDINATE = 32;
    private static final int MOST_DIGITS = 78;
    private static final int NEGATIVE = 0x80;
    private static final int INFINITY = 0x40;

    private Groth16Proof() {}

    /**
     * Reads a proof in snarkjs form: {@code pi_a}, {@code pi_b} and {@code pi_c} with decimal coordinates. NUL bytes at
     * the end, which provers leave there, and other fields are passed over.
     *
     * @param json the file {@code proof.json} of a prover
     * @return the proof in the form of nodes
     * @throws WireFormatException if it is no such proof; names the point
     */
    public static ZkSignature decode(byte[] json) {
        int end = json.length;
        while (end > 0 && json[end - 1] == 0) {
            end--;
        }
        return JsonIn.read(Arrays.copyOf(json, end), Groth16Proof::read);
    }

    private static ZkSignature read(JsonIn in) {
        @Nullable List<BigInteger> a = null;
        @Nullable List<List<BigInteger>> b = null;
        @Nullable List<BigInteger> c = null;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "pi_a" -> a = in.once(a, numbers(in));
                case "pi_b" -> b = in.once(b, in.array(Groth16Proof::numbers));
                case "pi_c" -> c = in.once(c, numbers(in));
                default -> in.skip();
            }
        }
        return ZkSignature.of(
                compress("pi_a", in.require(a, "pi_a")),
                compressTwist(in.require(b, "pi_b")),
                compress("pi_c", in.require(c, "pi_c")));
    }

    private static List<BigInteger> numbers(JsonIn in) {
        return in.array(element -> {
            String text = element.text();
            if (text.length() > MOST_DIGITS || text.isEmpty() || !text.chars().allMatch(Groth16Proof::isDigit)) {
                throw element.expected("a number from 0 to q - 1 in decimal");
            }
            return new BigInteger(text);
        });
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** Compresses a point of G1: x, with the sign of y in the highest bit. */
    private static byte[] compress(String point, List<BigInteger> coordinates) {
        requireLength(point, coordinates);
        byte[] bytes = new byte[COORDINATE];
        if (coordinates.get(2).signum() == 0) {
            bytes[COORDINATE - 1] = INFINITY;
            return bytes;
        }
        put(point, coordinates.get(0), bytes, 0);
        BigInteger y = checked(point, coordinates.get(1));
        bytes[COORDINATE - 1] |= (byte) (isNegative(y) ? NEGATIVE : 0);
        return bytes;
    }

    /** Compresses a point of G2: both parts of x, with the sign of y, whose second part counts first. */
    private static byte[] compressTwist(List<List<BigInteger>> coordinates) {
        String point = "pi_b";
        requireLength(point, coordinates);
        for (List<BigInteger> pair : coordinates) {
            if (pair.size() != 2) {
                throw new WireFormatException(point, "expected pairs of numbers but was " + coordinates);
            }
        }
        byte[] bytes = new byte[2 * COORDINATE];
        if (coordinates.get(2).stream().allMatch(part -> part.signum() == 0)) {
            bytes[2 * COORDINATE - 1] = INFINITY;
            return bytes;
        }
        put(point, coordinates.get(0).get(0), bytes, 0);
        put(point, coordinates.get(0).get(1), bytes, COORDINATE);
        BigInteger y0 = checked(point, coordinates.get(1).get(0));
        BigInteger y1 = checked(point, coordinates.get(1).get(1));
        boolean negative = isNegative(y1.signum() != 0 ? y1 : y0);
        bytes[2 * COORDINATE - 1] |= (byte) (negative ? NEGATIVE : 0);
        return bytes;
    }

    private static void requireLength(String point, List<?> coordinates) {
        if (coordinates.size() != 3) {
            throw new WireFormatException(point, "expected 3 coordinates but was " + coordinates.size());
        }
    }

    private static boolean isNegative(BigInteger y) {
        return y.compareTo(HALF) > 0;
    }

    private static void put(String point, BigInteger number, byte[] bytes, int offset) {
        BigInteger rest = checked(point, number);
        for (int i = 0; i < COORDINATE; i++) {
            bytes[offset + i] = rest.byteValue();
            rest = rest.shiftRight(Byte.SIZE);
        }
    }

    private static BigInteger checked(String point, BigInteger number) {
        if (number.compareTo(Q) >= 0) {
            throw new WireFormatException(point, "expected numbers from 0 to q - 1 but was " + number);
        }
        return number;
    }
}
