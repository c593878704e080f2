package org.junitnomos.devnode.program;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.MantleJson;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;

/** Spends the notes of wallets on one node, again and again, from where the blocks seen so far left them. */
final class NodeLoad {
    /** More than that would only make the store longer to read. */
    private static final long PAUSE_NANOS = 5_000_000;

    private final TestGenesis genesis;
    private final Map<Integer, NoteId> notes = new HashMap<>();

    NodeLoad(TestGenesis genesis, NodeWitness witness) {
        this.genesis = genesis;
        for (int wallet = 0; wallet < genesis.walletKeys().size(); wallet++) {
            notes.put(wallet, genesis.walletNote(wallet));
        }
        witness.transactionsInOrder().forEach(this::follow);
    }

    private void follow(SignedMantleTx transaction) {
        NoteId spent = transaction.tx().ledgerTx().inputs().get(0);
        for (Map.Entry<Integer, NoteId> entry : notes.entrySet()) {
            if (entry.getValue().equals(spent)) {
                entry.setValue(transaction.tx().noteIds().get(0));
            }
        }
    }

    /** Submit until the node is gone or the thread is interrupted. */
    void spend(ChildNode node) {
        int wallet = 0;
        SignedMantleTx transaction;
        do {
            wallet = (wallet + 1) % notes.size();
            LockSupport.parkNanos(PAUSE_NANOS);
            transaction = genesis.renew(wallet, notes.get(wallet));
            notes.put(wallet, transaction.tx().noteIds().get(0));
        } while (node.ask("/mempool/add/tx", MantleJson.encode(transaction)) != null);
    }
}
