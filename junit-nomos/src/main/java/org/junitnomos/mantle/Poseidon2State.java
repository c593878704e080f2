package org.junitnomos.mantle;

/**
 * The state of a Poseidon2 sponge between two inputs (node contract 2.3).
 *
 * <p>States are immutable, so a common prefix of many hashes is absorbed once and kept.
 *
 * @since 0.1
 */
final class Poseidon2State {

    /** The state before any input. */
    public static final Poseidon2State EMPTY = new Poseidon2State(new long[Poseidon2.STATE]);

    /** Number of bytes of one field element when bytes are absorbed. */
    private static final int CHUNK = 31;

    private final long[] state;

    private Poseidon2State(long[] state) {
        this.state = state;
    }

    /** Absorbs one field element; returns the state after it. */
    public Poseidon2State absorb(Fr input) {
        long[] next = state.clone();
        Poseidon2.absorb(next, input);
        return new Poseidon2State(next);
    }

    /**
     * Absorbs bytes, as little-endian numbers of 31 bytes each, the last one shorter.
     *
     * @param bytes the bytes; nothing is absorbed if empty
     * @return the state after them
     */
    public Poseidon2State absorbBytes(byte[] bytes) {
        long[] next = state.clone();
        byte[] chunk = new byte[32];
        for (int from = 0; from < bytes.length; from += CHUNK) {
            int length = Math.min(CHUNK, bytes.length - from);
            System.arraycopy(bytes, from, chunk, 0, length);
            for (int i = length; i < CHUNK; i++) {
                chunk[i] = 0;
            }
            Poseidon2.absorb(next, Fr.fromLittleEndianBytes(chunk));
        }
        return new Poseidon2State(next);
    }

    /** {@return the hash of what was absorbed, without padding: the first element of the state} */
    public Fr output() {
        return Poseidon2.output(state.clone());
    }

    /** {@return the hash of what was absorbed, padded with a trailing one} */
    public Fr digest() {
        long[] next = state.clone();
        Poseidon2.absorb(next, Fr.ONE);
        return Poseidon2.output(next);
    }
}
