package org.junitnomos.mantle;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The claim of a leader's reward; nodes decode this operation, their ledger rejects it (node contract 2.1).
 *
 * @param rewardsRoot the root of the rewards tree
 * @param voucherNullifier the nullifier of the claimed voucher
 * @param mantleTxHash the hash of the transaction; only in JSON, therefore {@code null} after binary decoding
 */
record LeaderClaim(
        Fr rewardsRoot, Fr voucherNullifier, @Nullable TxHash mantleTxHash) implements Op {

    static final int OPCODE = 0x30;

    LeaderClaim {
        Objects.requireNonNull(rewardsRoot, "rewardsRoot");
        Objects.requireNonNull(voucherNullifier, "voucherNullifier");
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public long executionGas() {
        return 1150;
    }
}
