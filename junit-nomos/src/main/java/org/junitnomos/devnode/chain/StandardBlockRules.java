package org.junitnomos.devnode.chain;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.mantle.Block;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.Header;
import org.junitnomos.mantle.Memo;
import org.junitnomos.mantle.ProofOfLeadership;
import org.junitnomos.mantle.SignedMantleTx;

/** Applies the rules of development builds to blocks (node contract 2.9): who leads is not checked again. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class StandardBlockRules implements BlockRules {
    private static final byte[] NO_PROOF = new byte[ProofOfLeadership.PROOF_LENGTH];

    /** What the last blocks did that were valid: every node of this JVM applies them, mostly to the same state. */
    private static final Memo<Step, ChainState> VALID = Memo.ofLastUsed(128);

    private final ChainParameters parameters;
    private final TransactionRules transactionRules;

    /** A block on top of a state, which is told apart by identity: nodes share states as long as they share blocks. */
    private record Step(ChainParameters parameters, ChainState parent, int height, Block block) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Step that
                    && parent == that.parent
                    && height == that.height
                    && block.equals(that.block)
                    && parameters.isLike(that.parameters);
        }

        @Override
        public int hashCode() {
            return block.id().hashCode();
        }
    }

    /**
     * Creates the rules.
     *
     * @param parameters the chain
     * @param transactionRules rules of the transactions in a block
     */
    public StandardBlockRules(ChainParameters parameters, TransactionRules transactionRules) {
        this.parameters = parameters;
        this.transactionRules = transactionRules;
    }

    @Override
    public ChainState apply(ChainState parent, int height, Block block) throws InvalidBlockException {
        if (transactionRules.inForce() != StandardRules.INSTANCE) {
            return check(parent, height, block);
        }
        Step step = new Step(parameters, parent, height, block);
        ChainState known = VALID.get(step);
        if (known == null) {
            known = check(parent, height, block);
            VALID.put(step, known);
        }
        return known;
    }

    private ChainState check(ChainState parent, int height, Block block) throws InvalidBlockException {
        Header header = block.header();
        check(header.slot() > parent.slot(), "its slot is not after that of its parent");
        checkLeader(block);
        check(
                block.storedLength() <= Block.MAX_STORED_LENGTH,
                "it has " + block.storedLength() + " bytes, expected at most " + Block.MAX_STORED_LENGTH);
        check(block.hasMatchingRoot(), "its root is not that of its transactions");
        return replay(parent, height, block);
    }

    @Override
    public ChainState replay(ChainState parent, int height, Block block) throws InvalidBlockException {
        LedgerState ledger = parent.ledger();
        for (SignedMantleTx transaction : block.transactions()) {
            try {
                ledger = transactionRules.apply(ledger, transaction, height);
            } catch (RejectedTransactionException rejected) {
                throw new InvalidBlockException(
                        "its transaction " + transaction.hash() + " is not valid: " + rejected.getMessage());
            }
        }
        return parent.after(parameters, block.header(), ledger);
    }

    private static void checkLeader(Block block) throws InvalidBlockException {
        ProofOfLeadership proof = block.header().proofOfLeadership();
        check(
                proof.leaderKey().equals(Ed25519PrivateKey.ZERO.publicKey())
                        && proof.entropyContribution().equals(Fr.ZERO)
                        && proof.voucherCm().equals(Fr.ZERO)
                        && Arrays.equals(proof.proof(), NO_PROOF),
                "its proof of leadership is not that of a development build");
        check(BlockSigner.isSigned(block.header(), block.signature()), "its signature is not that of its leader");
    }

    private static void check(boolean holds, String otherwise) throws InvalidBlockException {
        if (!holds) {
            throw new InvalidBlockException(otherwise);
        }
    }
}
