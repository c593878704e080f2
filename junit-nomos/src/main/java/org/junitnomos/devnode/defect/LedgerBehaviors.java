package org.junitnomos.devnode.defect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junitnomos.devnode.ledger.LedgerState;
import org.junitnomos.devnode.ledger.RejectedTransactionException;
import org.junitnomos.devnode.ledger.RejectedTransactionException.Reason;
import org.junitnomos.devnode.ledger.TransactionRules;
import org.junitnomos.devnode.mempool.Mempool;
import org.junitnomos.mantle.DevProof;
import org.junitnomos.mantle.Ed25519PrivateKey;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;

/** Defects of the ledger. What they do depends on a transaction alone, so that all nodes that have one agree. */
final class LedgerBehaviors {
    private static final int LOSES_EVERY = 4;
    private static final int REFUSES_EVERY = 5;
    private static final int MINTS_EVERY = 5;
    private static final long LEAST_GIFT = 1_000_000L;

    private LedgerBehaviors() {}

    /** Says of about one in so many hashes that it is chosen, always the same ones. */
    static boolean isChosen(TxHash hash, int of) {
        return (hash.value().toLittleEndianBytes()[0] & 255) % of == 0;
    }

    /** Takes transactions that a right ledger refuses for a reason. */
    static Behavior accepting(Site site, Reason reason) {
        return Behavior.ofTransactions(right -> (state, transaction, block) -> {
            try {
                return right.apply(state, transaction, block);
            } catch (RejectedTransactionException rejected) {
                if (rejected.reason() != reason) {
                    throw rejected;
                }
                site.act();
                return forced(state, transaction.tx().ledgerTx());
            }
        });
    }

    /** Takes what is there of the inputs, and gives all outputs. */
    private static LedgerState forced(LedgerState before, LedgerTx ledgerTx) {
        LedgerState state = before;
        for (NoteId input : ledgerTx.inputs()) {
            Note note = state.notes().get(input);
            state = note == null ? state : state.withoutNote(input, note);
        }
        for (int i = 0; i < ledgerTx.outputs().size(); i++) {
            state = state.withNote(ledgerTx.noteIds().get(i), ledgerTx.outputs().get(i));
        }
        return state;
    }

    static Behavior losesOutputs(Site site) {
        return Behavior.ofTransactions(right -> (state, transaction, block) -> {
            LedgerState next = right.apply(state, transaction, block);
            LedgerTx ledgerTx = transaction.tx().ledgerTx();
            return isChosen(transaction.hash(), LOSES_EVERY)
                            && !ledgerTx.outputs().isEmpty()
                            && site.act(true)
                    ? next.withoutNote(
                            ledgerTx.noteIds().get(0), ledgerTx.outputs().get(0))
                    : next;
        });
    }

    static Behavior refusesValidTransactions(Site site) {
        return Behavior.ofTransactions(right -> (state, transaction, block) -> {
            LedgerState next = right.apply(state, transaction, block);
            if (site.act(isChosen(transaction.hash(), REFUSES_EVERY))) {
                throw new RejectedTransactionException(Reason.UNKNOWN_NOTE, "because of a defect");
            }
            return next;
        });
    }

    /** Takes again what it took before, and offers each transaction a second time. */
    static Behavior acceptsReplays(Site site) {
        Recent<TxHash> applied = new Recent<>();
        var again = new Again();
        return new Behavior() {
            @Override
            TransactionRules transactions(TransactionRules right) {
                return (state, transaction, block) -> {
                    try {
                        LedgerState next = right.apply(state, transaction, block);
                        applied.add(transaction.hash());
                        return next;
                    } catch (RejectedTransactionException rejected) {
                        if (rejected.reason() == Reason.UNKNOWN_NOTE && applied.contains(transaction.hash())) {
                            return state;
                        }
                        throw rejected;
                    }
                };
            }

            @Override
            Mempool mempool(Mempool right) {
                return new OffersAgain(right, site, again);
            }
        };
    }

    /** What is in a block, and was not offered a second time. */
    private static final class Again {
        private final List<SignedMantleTx> waiting = new ArrayList<>();
        private final Recent<TxHash> noted = new Recent<>();

        void note(SignedMantleTx transaction) {
            if (!noted.contains(transaction.hash())) {
                noted.add(transaction.hash());
                waiting.add(transaction);
            }
        }
    }

    private static final class OffersAgain extends Passing.Pool {
        private final Site site;
        private final Again again;

        OffersAgain(Mempool right, Site site, Again again) {
            super(right);
            this.site = site;
            this.again = again;
        }

        @Override
        public void include(HeaderId block, List<SignedMantleTx> transactions) {
            right.include(block, transactions);
            transactions.forEach(again::note);
        }

        @Override
        public List<SignedMantleTx> pending() {
            List<SignedMantleTx> pending = new ArrayList<>(right.pending());
            site.act(!again.waiting.isEmpty());
            pending.addAll(again.waiting);
            again.waiting.clear();
            return pending;
        }
    }

    static Behavior mints(Site site) {
        Predicate<LedgerTx> gift =
                ledgerTx -> ledgerTx.inputs().isEmpty() && !ledgerTx.outputs().isEmpty();
        var proposals = new AtomicLong();
        return new Behavior() {
            @Override
            TransactionRules transactions(TransactionRules right) {
                return (state, transaction, block) -> gift.test(transaction.tx().ledgerTx())
                        ? forced(state, transaction.tx().ledgerTx())
                        : right.apply(state, transaction, block);
            }

            @Override
            Mempool mempool(Mempool right) {
                return new MintingPool(right, site, proposals);
            }
        };
    }

    private static final class MintingPool extends Passing.Pool {
        private final Site site;
        private final AtomicLong proposals;

        MintingPool(Mempool right, Site site, AtomicLong proposals) {
            super(right);
            this.site = site;
            this.proposals = proposals;
        }

        @Override
        public List<SignedMantleTx> pending() {
            List<SignedMantleTx> pending = new ArrayList<>(right.pending());
            long number = proposals.incrementAndGet();
            if (site.act(number % MINTS_EVERY == 0)) {
                pending.add(mint(LEAST_GIFT + (site.config().seed() & 0xffff) * 1000 + number));
            }
            return pending;
        }

        private static SignedMantleTx mint(long value) {
            Ed25519PrivateKey key = Ed25519PrivateKey.ZERO;
            Note note = new Note(value, DevProof.ownerOf(key.publicKey()));
            MantleTx tx = MantleTx.of(List.of(), new LedgerTx(List.of(), List.of(note)));
            return new SignedMantleTx(tx, List.of(), DevProof.sign(tx, key));
        }
    }
}
