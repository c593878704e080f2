package org.junitnomos.mantle;

import java.math.BigInteger;

/** The Poseidon2 permutation written down as it is defined, on big integers. */
final class PlainPoseidon2 {

    private static final BigInteger R = Field.MODULUS;

    private PlainPoseidon2() {}

    static BigInteger[] permute(BigInteger[] input) {
        BigInteger[] s = mixExternal(input.clone());
        for (int round = 0; round < 64; round++) {
            if (round >= 4 && round < 60) {
                s[0] = power5(s[0].add(new BigInteger(Poseidon2Constants.INTERNAL[round - 4], 16)));
                BigInteger sum = s[0].add(s[1]).add(s[2]);
                s[0] = s[0].add(sum).mod(R);
                s[1] = s[1].add(sum).mod(R);
                s[2] = s[2].shiftLeft(1).add(sum).mod(R);
            } else {
                int row = 3 * (round < 4 ? round : round - 56);
                for (int i = 0; i < 3; i++) {
                    s[i] = power5(s[i].add(new BigInteger(Poseidon2Constants.EXTERNAL[row + i], 16)));
                }
                mixExternal(s);
            }
        }
        return s;
    }

    private static BigInteger[] mixExternal(BigInteger[] s) {
        BigInteger sum = s[0].add(s[1]).add(s[2]);
        for (int i = 0; i < 3; i++) {
            s[i] = s[i].add(sum).mod(R);
        }
        return s;
    }

    private static BigInteger power5(BigInteger x) {
        return x.modPow(BigInteger.valueOf(5), R);
    }
}
