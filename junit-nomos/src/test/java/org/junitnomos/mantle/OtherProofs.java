package org.junitnomos.mantle;

import java.util.function.BiPredicate;

/** Lets a program that stands in for a real node take other proofs than those of dev nodes. */
public final class OtherProofs {
    private OtherProofs() {}

    /** Take a proof for a transaction if the check says so, for the rest of this JVM. */
    public static void accept(BiPredicate<ZkSignature, TxHash> check) {
        DevProof.accept(check);
    }
}
