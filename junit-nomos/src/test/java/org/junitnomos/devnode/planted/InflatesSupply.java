package org.junitnomos.devnode.planted;

import java.util.ArrayList;
import java.util.List;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.DevNodeConfig;
import org.junitnomos.devnode.DevNodeParts;
import org.junitnomos.devnode.NodeCore;
import org.junitnomos.devnode.NodeCoreFactory;
import org.junitnomos.devnode.NodeStore;
import org.junitnomos.devnode.Outbox;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.StandardRules;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.SignedMantleTx;

/** Create nodes whose leaders put a note nobody paid for into every fifth block they propose. */
public record InflatesSupply() implements NodeCoreFactory {
    @Override
    public NodeCore create(DevNodeConfig config, NodeStore store, Outbox outbox) {
        DevNodeParts parts = DevNodeParts.standard()
                .withTransactionRules(new AcceptsGifts())
                .withMempool(() -> new Mints(config.seed()));
        return new DevNode(config, store, outbox, parts);
    }

    private static final class AcceptsGifts implements TransactionRules {
        @Override
        public LedgerState apply(LedgerState state, SignedMantleTx transaction, long blockNumber)
                throws RejectedTransactionException {
            LedgerTx ledgerTx = transaction.tx().ledgerTx();
            if (!ledgerTx.inputs().isEmpty() || ledgerTx.outputs().isEmpty()) {
                return StandardRules.INSTANCE.apply(state, transaction, blockNumber);
            }
            return state.withNote(ledgerTx.noteIds().get(0), ledgerTx.outputs().get(0));
        }
    }

    private static final class Mints extends MempoolWrapper {
        private final Ed25519PrivateKey key = Ed25519PrivateKey.ZERO;
        private final long seed;
        private int proposals;

        Mints(long seed) {
            this.seed = seed;
        }

        @Override
        public List<SignedMantleTx> pending() {
            List<SignedMantleTx> pending = new ArrayList<>(super.pending());
            if (++proposals % 5 == 0) {
                pending.add(mint(1_000_000L + (seed & 0xffff) * 1000 + proposals));
            }
            return pending;
        }

        private SignedMantleTx mint(long value) {
            Note note = new Note(value, DevProof.ownerOf(key.publicKey()));
            MantleTx tx = MantleTx.of(List.of(), new LedgerTx(List.of(), List.of(note)));
            return new SignedMantleTx(tx, List.of(), DevProof.sign(tx, key));
        }
    }
}
