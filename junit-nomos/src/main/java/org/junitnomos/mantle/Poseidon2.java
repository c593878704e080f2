package org.junitnomos.mantle;

import java.math.BigInteger;

/**
 * Computes Poseidon2 hashes over the BN254 scalar field with a state of three elements (node contract 2.3, Appendix A).
 */
final class Poseidon2 {

    /** Limbs of the whole state: three elements, and one as scratch space so that a permutation allocates nothing. */
    static final int STATE = 4 * Field.LIMBS;

    private static final int SCRATCH = 3 * Field.LIMBS;

    private static final long[] EXTERNAL = constants(Poseidon2Constants.EXTERNAL);
    private static final long[] INTERNAL = constants(Poseidon2Constants.INTERNAL);
    private static final int EXTERNAL_ROUNDS = 8;
    private static final int INTERNAL_ROUNDS = 56;

    private Poseidon2() {}

    /** Hashes elements in order, padded with a trailing one. */
    public static Fr digest(Fr... inputs) {
        long[] state = new long[STATE];
        for (Fr input : inputs) {
            absorb(state, input);
        }
        absorb(state, Fr.ONE);
        return output(state);
    }

    /**
     * Hashes elements without padding; only safe where the number of elements is fixed.
     *
     * @param inputs the elements in order
     * @return the hash
     */
    public static Fr sequence(Fr... inputs) {
        long[] state = new long[STATE];
        for (Fr input : inputs) {
            absorb(state, input);
        }
        return output(state);
    }

    /**
     * Compresses two elements into one with a single permutation.
     *
     * @param left the first element
     * @param right the second element
     * @return the first element of the state {@code (left, right, 0)} after the permutation
     */
    public static Fr compress(Fr left, Fr right) {
        long[] state = new long[STATE];
        left.toMontgomery(state, 0);
        right.toMontgomery(state, Field.LIMBS);
        permute(state);
        return output(state);
    }

    /** Applies the permutation to three elements. */
    static Fr[] permute(Fr first, Fr second, Fr third) {
        long[] state = new long[STATE];
        first.toMontgomery(state, 0);
        second.toMontgomery(state, Field.LIMBS);
        third.toMontgomery(state, 2 * Field.LIMBS);
        permute(state);
        Fr[] result = new Fr[3];
        for (int i = 0; i < 3; i++) {
            result[i] = Fr.fromMontgomery(state, i * Field.LIMBS);
        }
        return result;
    }

    static void absorb(long[] state, Fr input) {
        input.addMontgomery(state);
        permute(state);
    }

    /** Reads the first element; the state is spoiled. */
    static Fr output(long[] state) {
        return Fr.fromMontgomery(state, 0);
    }

    static void permute(long[] s) {
        mixExternal(s);
        for (int round = 0; round < EXTERNAL_ROUNDS / 2; round++) {
            externalRound(s, round);
        }
        Field.reduce(s, 5);
        Field.reduce(s, 10);
        for (int round = 0; round < INTERNAL_ROUNDS; round++) {
            addConstant(s, 0, INTERNAL, round * Field.LIMBS);
            power5(s, 0);
            mixInternal(s);
        }
        for (int round = EXTERNAL_ROUNDS / 2; round < EXTERNAL_ROUNDS; round++) {
            externalRound(s, round);
        }
    }

    private static void externalRound(long[] s, int round) {
        for (int i = 0; i < 3; i++) {
            addConstant(s, i * Field.LIMBS, EXTERNAL, (3 * round + i) * Field.LIMBS);
            power5(s, i * Field.LIMBS);
        }
        mixExternal(s);
    }

    private static void addConstant(long[] s, int o, long[] constants, int c) {
        s[o] += constants[c];
        s[o + 1] += constants[c + 1];
        s[o + 2] += constants[c + 2];
        s[o + 3] += constants[c + 3];
        s[o + 4] += constants[c + 4];
    }

    private static void power5(long[] s, int o) {
        Field.square(s, SCRATCH, s, o);
        Field.square(s, SCRATCH, s, SCRATCH);
        Field.multiply(s, o, s, SCRATCH, s, o);
    }

    private static void mixExternal(long[] s) {
        for (int i = 0; i < Field.LIMBS; i++) {
            long sum = s[i] + s[i + 5] + s[i + 10];
            s[i] += sum;
            s[i + 5] += sum;
            s[i + 10] += sum;
        }
        Field.carry(s, 0);
        Field.carry(s, 5);
        Field.carry(s, 10);
    }

    private static void mixInternal(long[] s) {
        for (int i = 0; i < Field.LIMBS; i++) {
            long sum = s[i] + s[i + 5] + s[i + 10];
            s[i] += sum;
            s[i + 5] += sum;
            s[i + 10] += s[i + 10] + sum;
        }
        Field.reduce(s, 5);
        Field.reduce(s, 10);
    }

    private static long[] constants(String[] hex) {
        long[] table = new long[hex.length * Field.LIMBS];
        for (int i = 0; i < hex.length; i++) {
            System.arraycopy(Field.limbs(new BigInteger(hex[i], 16)), 0, table, i * Field.LIMBS, Field.LIMBS);
            Field.enter(table, i * Field.LIMBS);
        }
        return table;
    }
}
