package org.junitnomos.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlockRoot;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/**
 * Checks that a block is the one that was asked for: its header hashes to the id, its transactions to the root of the
 * header (node contract 2.3).
 *
 * <p>Both hashes can be computed for every block that a node serves; genesis, whose root is no Merkle root, is never
 * served. They do not cover the signature of the block, for which real nodes and dev nodes sign different bytes (node
 * contract 2.9), nor the proofs of its transactions: nodes rebuild a proposed block from their own mempools, and two of
 * them may hold one transaction with different proofs. So neither is checked.
 */
final class BlockCheck {

    private BlockCheck() {}

    /** Says what does not fit in the answer to the question for a block; null if all does. */
    static @Nullable Misfit of(HeaderId asked, Header header, List<SignedMantleTx> transactions) {
        if (!header.id().equals(asked)) {
            String observed = "header of slot " + Long.toUnsignedString(header.slot()) + " on parent " + header.parent()
                    + " that hashes to " + header.id();
            return new Misfit(Misfit.HEADER, "block " + asked, observed);
        }
        BlockRoot root =
                BlockRoot.of(transactions.stream().map(SignedMantleTx::hash).toList());
        if (!root.equals(header.blockRoot())) {
            String expected =
                    "transactions of block " + asked + " that hash to the root of its header, " + header.blockRoot();
            return new Misfit(Misfit.TRANSACTIONS, expected, count(transactions.size()) + " that hash to " + root);
        }
        return null;
    }

    /** Says which transaction is in a block twice; null if none is. */
    static @Nullable Misfit repeated(HeaderId block, List<SignedMantleTx> transactions) {
        if (transactions.size() < 2) {
            return null;
        }
        Map<TxHash, Integer> places = new HashMap<>();
        for (int i = 0; i < transactions.size(); i++) {
            Integer before = places.putIfAbsent(transactions.get(i).hash(), i + 1);
            if (before != null) {
                String observed = "transaction " + transactions.get(i).hash() + " at places " + before + " and "
                        + (i + 1) + " of block " + block;
                return new Misfit(Misfit.TRANSACTIONS, "each transaction once in a block", observed);
            }
        }
        return null;
    }

    /** Says whether the slot of a block is not after that of its parent; null if it is. */
    static @Nullable Misfit slots(HeaderId block, Header header, long parentSlot) {
        if (Long.compareUnsigned(header.slot(), parentSlot) > 0) {
            return null;
        }
        return new Misfit(
                Misfit.SLOT_ORDER,
                "a slot after that of its parent, " + Long.toUnsignedString(parentSlot),
                "block " + block + " of slot " + Long.toUnsignedString(header.slot()) + " on parent "
                        + header.parent());
    }

    private static String count(int transactions) {
        return transactions == 1 ? "1 transaction" : transactions + " transactions";
    }
}
