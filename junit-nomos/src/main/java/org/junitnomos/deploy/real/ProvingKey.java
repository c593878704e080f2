package org.junitnomos.deploy.real;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What tells the proving key of one release from that of another: the first coordinate of its delta in G2, which the
 * contribution of a release changes, and which the verification key has, too (node contract 5.5).
 *
 * @param file the key
 * @param delta as verification keys write it, in decimal digits
 */
record ProvingKey(Path file, String delta) {
    private static final int MAGIC = 0x79656b7a; // "zkey"
    private static final int HEADER_OF_GROTH16 = 2;
    private static final int SECTIONS_AT = 2 * Integer.BYTES; // behind magic and version
    private static final int MOST_SECTIONS = 100;
    private static final long LONGEST_SECTION = 1L << 40;
    private static final int LONGEST_COORDINATE = 64;

    /** {@return the key of a file of snarkjs for Groth16; empty if it is none} */
    static Optional<ProvingKey> read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(file, in);
        }
    }

    /** The same, by its bytes. */
    static Optional<ProvingKey> read(Path file, InputStream in) throws IOException {
        try {
            if (number(in, Integer.BYTES) != MAGIC) {
                return Optional.empty();
            }
            number(in, Integer.BYTES); // version
            long sections = number(in, Integer.BYTES);
            for (long i = 0; i < Math.min(sections, MOST_SECTIONS); i++) {
                long section = number(in, Integer.BYTES);
                long length = number(in, Long.BYTES);
                if (section == HEADER_OF_GROTH16) {
                    return delta(in).map(delta -> new ProvingKey(file, delta));
                }
                in.skipNBytes(length);
            }
            return Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** The same as {@link DataFile.Form#length}: each section says how long it is. */
    static long length(DataFile file) throws IOException {
        if (file.number(0, Integer.BYTES) != MAGIC) {
            return 0;
        }
        long sections = file.number(SECTIONS_AT, Integer.BYTES);
        long end = SECTIONS_AT + Integer.BYTES;
        for (long i = 0; i < Math.min(sections, MOST_SECTIONS); i++) {
            long length = file.number(end + Integer.BYTES, Long.BYTES);
            if (length < 0 || length > LONGEST_SECTION) {
                return 0;
            }
            end += Integer.BYTES + Long.BYTES + length;
        }
        return end;
    }

    /** Coordinates are in Montgomery form: alpha and beta in G1, beta and gamma in G2, delta in G1, delta in G2. */
    private static Optional<String> delta(InputStream in) throws IOException {
        int bytes = (int) number(in, Integer.BYTES);
        if (bytes < 1 || bytes > LONGEST_COORDINATE) {
            return Optional.empty();
        }
        BigInteger prime = integer(in, bytes);
        int bytesOfScalars = (int) number(in, Integer.BYTES);
        in.skipNBytes(bytesOfScalars + 3L * Integer.BYTES);
        in.skipNBytes((2L + 2 + 4 + 4 + 2) * bytes);
        BigInteger unit = BigInteger.ONE.shiftLeft(bytes * Byte.SIZE);
        if (!prime.gcd(unit).equals(BigInteger.ONE)) {
            return Optional.empty();
        }
        return Optional.of(
                integer(in, bytes).multiply(unit.modInverse(prime)).mod(prime).toString());
    }

    private static long number(InputStream in, int bytes) throws IOException {
        var buffer = ByteBuffer.wrap(exactly(in, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        return bytes == Integer.BYTES ? buffer.getInt() : buffer.getLong();
    }

    private static BigInteger integer(InputStream in, int bytes) throws IOException {
        byte[] little = exactly(in, bytes);
        byte[] big = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            big[i] = little[bytes - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] exactly(InputStream in, int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException();
        }
        return read;
    }
}
