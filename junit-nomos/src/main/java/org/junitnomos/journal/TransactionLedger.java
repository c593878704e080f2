package org.junitnomos.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionRejected;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.TxHash;

/**
 * What became of every submitted transaction of a journal. Not thread-safe.
 *
 * <p>Grows with {@link #accept}, event by event, or holds a whole journal at once: {@link #of}. Transactions that
 * nobody of this run submitted are not in it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class TransactionLedger {

    /** Stands for a time or a height of something that did not happen. */
    public static final long NEVER = -1;

    private final Map<TxHash, Entry> entries = new LinkedHashMap<>();
    private long height;

    /** Creates an empty ledger. */
    public TransactionLedger() {}

    /**
     * Views a journal.
     *
     * @param events the events of a run, in order
     * @return the fate of its transactions
     */
    public static TransactionLedger of(List<? extends JournalEvent> events) {
        TransactionLedger ledger = new TransactionLedger();
        events.forEach(ledger::accept);
        return ledger;
    }

    /** How far a transaction came. */
    public enum State {
        /** Submitted to a node, whose answer is not known. */
        SUBMITTED,
        /** In a mempool. */
        ACCEPTED,
        /** Every node that was asked refused it, or could not be asked. */
        REJECTED,
        /** On the reference chain. */
        INCLUDED,
        /** Was on the reference chain, and is no longer. */
        ORPHANED,
        /** In an irreversible block. */
        FINAL
    }

    /**
     * What became of one transaction. Times are nanoseconds of run time, heights count from genesis; both are
     * {@link #NEVER} for what did not happen.
     */
    public interface Fate {
        /** {@return its id} */
        TxHash transaction();

        /** {@return how far it came} */
        State state();

        /** {@return workload that submitted it first} */
        String workload();

        /** {@return node it was submitted to first} */
        String node();

        /** {@return how often it was submitted to a node} */
        int attempts();

        /** {@return when that was the first time} */
        long submittedAt();

        /** {@return height of the highest block seen by then} */
        long submittedHeight();

        /** {@return when a node first took it} */
        long acceptedAt();

        /** {@return height of the highest block seen by then} */
        long acceptedHeight();

        /** {@return how often a node refused it or could not be asked} */
        int rejections();

        /** {@return the last reason for that; null if there was none} */
        @Nullable
        String rejection();

        /** {@return when it was last seen to be on the reference chain} */
        long includedAt();

        /** {@return the block of that; null if it is on none now} */
        @Nullable
        HeaderId block();

        /** {@return height of {@code block}} */
        long includedHeight();

        /** {@return how often the block that held it left the reference chain} */
        int orphanings();

        /** {@return when its block became irreversible} */
        long finalAt();
    }

    private static final class Entry {
        private final TransactionSubmitted first;
        private final long submittedHeight;
        private State state = State.SUBMITTED;
        private int attempts;
        private long acceptedAt = NEVER;
        private long acceptedHeight = NEVER;
        private int rejections;
        private @Nullable String rejection;
        private long includedAt = NEVER;
        private @Nullable HeaderId block;
        private long includedHeight = NEVER;
        private int orphanings;
        private long finalAt = NEVER;

        Entry(TransactionSubmitted first, long submittedHeight) {
            this.first = first;
            this.submittedHeight = submittedHeight;
        }

        Fate fate() {
            return new TransactionFate(
                    first.transaction(),
                    state,
                    first.workload(),
                    first.node(),
                    attempts,
                    first.at(),
                    submittedHeight,
                    acceptedAt,
                    acceptedHeight,
                    rejections,
                    rejection,
                    includedAt,
                    block,
                    includedHeight,
                    orphanings,
                    finalAt);
        }
    }

    /**
     * Takes the next event; what does not concern a submitted transaction is passed over.
     *
     * @param event the event
     */
    public void accept(JournalEvent event) {
        if (event instanceof BlockObserved block) {
            height = Math.max(height, block.height());
        } else if (event instanceof TransactionSubmitted submitted) {
            entries.computeIfAbsent(submitted.transaction(), hash -> new Entry(submitted, height)).attempts++;
        } else if (event instanceof TransactionAccepted accepted) {
            accepted(accepted);
        } else if (event instanceof TransactionRejected rejected) {
            rejected(rejected);
        } else if (event instanceof TransactionIncluded included) {
            included(included);
        } else if (event instanceof TransactionOrphaned orphaned) {
            orphaned(orphaned);
        } else if (event instanceof TransactionFinal last) {
            finished(last);
        }
    }

    private void accepted(TransactionAccepted event) {
        Entry entry = entries.get(event.transaction());
        if (entry != null) {
            if (entry.acceptedAt == NEVER) {
                entry.acceptedAt = event.at();
                entry.acceptedHeight = height;
            }
            if (entry.state == State.SUBMITTED || entry.state == State.REJECTED) {
                entry.state = State.ACCEPTED;
            }
        }
    }

    private void rejected(TransactionRejected event) {
        Entry entry = entries.get(event.transaction());
        if (entry != null) {
            entry.rejections++;
            entry.rejection = event.reason();
            if (entry.state == State.SUBMITTED) {
                entry.state = State.REJECTED;
            }
        }
    }

    private void included(TransactionIncluded event) {
        Entry entry = entries.get(event.transaction());
        if (entry != null) {
            entry.state = State.INCLUDED;
            entry.includedAt = event.at();
            entry.block = event.block();
            entry.includedHeight = event.height();
        }
    }

    private void orphaned(TransactionOrphaned event) {
        Entry entry = entries.get(event.transaction());
        if (entry != null) {
            entry.state = State.ORPHANED;
            entry.orphanings++;
            entry.block = null;
            entry.includedAt = NEVER;
            entry.includedHeight = NEVER;
            entry.finalAt = NEVER;
        }
    }

    private void finished(TransactionFinal event) {
        Entry entry = entries.get(event.transaction());
        if (entry != null) {
            entry.state = State.FINAL;
            entry.finalAt = event.at();
        }
    }

    /**
     * Finds a transaction.
     *
     * @param transaction its id
     * @return its fate so far; empty if it was not submitted
     */
    public Optional<Fate> find(TxHash transaction) {
        return Optional.ofNullable(entries.get(transaction)).map(Entry::fate);
    }

    /**
     * Says whether a transaction is on the reference chain.
     *
     * @param transaction its id
     * @return true if it was submitted and is in a block of that chain now
     */
    public boolean isOnChain(TxHash transaction) {
        Entry entry = entries.get(transaction);
        return entry != null && entry.block != null;
    }

    /** {@return the fates so far of all submitted transactions, in the order of first submission} */
    public List<Fate> fates() {
        return entries.values().stream().map(Entry::fate).toList();
    }

    /** {@return the number of submitted transactions, each counted once however often it was submitted} */
    public int size() {
        return entries.size();
    }
}
