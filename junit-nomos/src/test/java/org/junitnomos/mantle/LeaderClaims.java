package org.junitnomos.mantle;

/** Makes operations that only tests make: no part of the library claims a reward. */
public final class LeaderClaims {
    private LeaderClaims() {}

    /** A claim that names no voucher. */
    public static Op of(TxHash transaction) {
        return new LeaderClaim(Fr.ZERO, Fr.ZERO, transaction);
    }
}
