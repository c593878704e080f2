package org.junitnomos.scenario;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.junitnomos.journal.BlobLedger;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.TransactionLedger;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.TxHash;

/** The transactions and blobs of one run, of which each event of its journal is taken once, when somebody asks. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class RunLedgers {
    private RunLedgers() {}

    /** Finds the transactions; nothing is read yet. */
    public static RunTransactions transactions(RunContext run) {
        return new Transactions(run);
    }

    /** Finds the blobs; nothing is read yet. */
    public static RunBlobs blobs(RunContext run) {
        return new Blobs(run);
    }

    /** How much of the journal was taken; guarded by the ledger that takes it. */
    private static final class Cursor {
        private int taken;

        void read(RunContext run, Consumer<JournalEvent> ledger) {
            var events = run.journal().events();
            for (; taken < events.size(); taken++) {
                ledger.accept(events.get(taken));
            }
        }
    }

    private static final class Transactions implements RunTransactions {
        private final RunContext run;
        private final TransactionLedger ledger = new TransactionLedger();
        private final Cursor cursor = new Cursor();

        Transactions(RunContext run) {
            this.run = run;
        }

        @Override
        public synchronized List<TransactionLedger.Fate> fates() {
            cursor.read(run, ledger::accept);
            return ledger.fates();
        }

        @Override
        public synchronized Optional<TransactionLedger.Fate> find(TxHash transaction) {
            cursor.read(run, ledger::accept);
            return ledger.find(transaction);
        }

        @Override
        public RunTransaction get(TxHash transaction) {
            return new Transaction(Objects.requireNonNull(transaction, "transaction"), run);
        }

        @Override
        public RunContext run() {
            return run;
        }

        @Override
        public String toString() {
            return "transactions of the run of " + run.scenario().name();
        }
    }

    private record Transaction(TxHash hash, RunContext run) implements RunTransaction {
        @Override
        public String toString() {
            return "transaction " + hash.toHex();
        }
    }

    private static final class Blobs implements RunBlobs {
        private final RunContext run;
        private final BlobLedger ledger = new BlobLedger();
        private final Cursor cursor = new Cursor();

        Blobs(RunContext run) {
            this.run = run;
        }

        @Override
        public synchronized List<BlobLedger.Fate> fates() {
            cursor.read(run, ledger::accept);
            return ledger.fates();
        }

        @Override
        public synchronized Optional<BlobLedger.Fate> find(BlobId blob) {
            cursor.read(run, ledger::accept);
            return ledger.find(blob);
        }

        @Override
        public RunBlob get(BlobId blob) {
            return new Blob(Objects.requireNonNull(blob, "blob"), run);
        }

        @Override
        public RunContext run() {
            return run;
        }

        @Override
        public String toString() {
            return "blobs of the run of " + run.scenario().name();
        }
    }

    private record Blob(BlobId id, RunContext run) implements RunBlob {
        @Override
        public String toString() {
            return "blob " + id.toHex();
        }
    }
}
