package org.junitnomos.journal;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.journal.JournalEvent.BlobDispersed;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobOrphaned;
import org.junitnomos.journal.JournalEvent.BlobPooled;
import org.junitnomos.journal.JournalEvent.BlobRefused;
import org.junitnomos.journal.JournalEvent.BlobRetrieved;
import org.junitnomos.journal.JournalEvent.BlobSubmitted;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;

/**
 * What became of every blob that was submitted, from the executor to its reconstruction. Not thread-safe.
 *
 * <p>Grows with {@link #accept}, event by event, or holds a whole journal at once: {@link #of}. A blob that nobody of
 * this run submitted is not in it. The same bytes are one blob, however often they were submitted.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class BlobLedger {
    /** Stands for a time or a height of something that did not happen. */
    public static final long NEVER = -1;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<BlobId, Entry> byBlob = new HashMap<>();
    private final Map<MsgId, Long> sessions = new HashMap<>();
    private long height;

    /** Creates an empty ledger. */
    public BlobLedger() {}

    /**
     * Views a journal.
     *
     * @param events the events of a run, in order
     * @return the fate of its blobs
     */
    public static BlobLedger of(List<? extends JournalEvent> events) {
        BlobLedger ledger = new BlobLedger();
        events.forEach(ledger::accept);
        return ledger;
    }

    /** How far a blob came. */
    public enum State {
        /** Submitted to an executor, whose answer is not known. */
        SUBMITTED,
        /** Every executor that was asked refused it, or could not be asked. */
        REFUSED,
        /** Every subnet has its column. */
        DISPERSED,
        /** Its announcement was seen in a mempool. */
        POOLED,
        /** Its announcement is on the reference chain. */
        INCLUDED,
        /** Its announcement was on the reference chain, and is no longer. */
        ORPHANED,
        /** Its announcement is in an irreversible block. */
        FINAL,
        /** Its bytes were put together from shares, and are those that were submitted. */
        RETRIEVABLE,
        /** Its announcement is irreversible, but its bytes could not be had. */
        LOST
    }

    /**
     * What became of one blob. Times are nanoseconds of run time, heights count from genesis; both are
     * {@link #NEVER} for what did not happen.
     */
    public interface Fate {
        /** {@return SHA-256 of its bytes, in hexadecimal} */
        String content();

        /** {@return its id; null as long as no executor told it} */
        @Nullable
        BlobId blob();

        /** {@return how far it came} */
        State state();

        /** {@return workload that submitted it first} */
        String workload();

        /** {@return node it was submitted to last} */
        String node();

        /** {@return its channel} */
        ChannelId channel();

        /** {@return its length in bytes} */
        long size();

        /** {@return how often it was submitted to an executor} */
        int attempts();

        /** {@return when that was the first time} */
        long submittedAt();

        /** {@return height of the highest block seen by then} */
        long submittedHeight();

        /** {@return when an executor first said that it is dispersed} */
        long dispersedAt();

        /** {@return height of the highest block seen by then} */
        long dispersedHeight();

        /** {@return how often an executor refused it or could not be asked} */
        int refusals();

        /** {@return the last reason for that; null if there was none} */
        @Nullable
        String refusal();

        /** {@return the message that announces it on the reference chain; null if there is none now} */
        @Nullable
        MsgId message();

        /** {@return the session of that message, unsigned; 0 if there is none} */
        long session();

        /** {@return the block of that message; null if there is none now} */
        @Nullable
        HeaderId block();

        /** {@return height of {@code block}} */
        long includedHeight();

        /** {@return how often the block that held it left the reference chain} */
        int orphanings();

        /** {@return when its block became irreversible} */
        long finalAt();

        /** Names the id of the blob for a text, or that it has none. */
        default String label() {
            BlobId known = blob();
            return known == null ? "without an id (SHA-256 " + content() + ")" : known.toHex();
        }
    }

    private final class Entry {
        private final BlobSubmitted first;
        private final long submittedHeight;
        private State state = State.SUBMITTED;
        private String node;
        private int attempts;
        private @Nullable BlobId blob;
        private long dispersedAt = NEVER;
        private long dispersedHeight = NEVER;
        private int refusals;
        private @Nullable String refusal;
        private @Nullable MsgId message;
        private @Nullable HeaderId block;
        private long includedHeight = NEVER;
        private int orphanings;
        private long finalAt = NEVER;

        Entry(BlobSubmitted first) {
            this.first = first;
            this.node = first.node();
            this.submittedHeight = height;
        }

        Fate fate() {
            return new BlobFate(
                    first.content(),
                    blob,
                    state,
                    first.workload(),
                    node,
                    first.channel(),
                    first.size(),
                    attempts,
                    first.at(),
                    submittedHeight,
                    dispersedAt,
                    dispersedHeight,
                    refusals,
                    refusal,
                    message,
                    message == null ? 0 : sessions.getOrDefault(message, 0L),
                    block,
                    includedHeight,
                    orphanings,
                    finalAt);
        }
    }

    /**
     * Takes the next event; what does not concern a blob that was submitted is passed over.
     *
     * @param event the event
     */
    public void accept(JournalEvent event) {
        if (event instanceof BlockObserved observed) {
            height = Math.max(height, observed.height());
        } else if (event instanceof ChannelMessageObserved observed) {
            sessions.put(observed.message(), observed.session());
        } else if (event instanceof BlobSubmitted submitted) {
            Entry entry = entries.computeIfAbsent(submitted.content(), content -> new Entry(submitted));
            entry.attempts++;
            entry.node = submitted.node();
        } else if (event instanceof BlobRefused refused) {
            refused(refused);
        } else if (event instanceof BlobDispersed dispersed) {
            dispersed(dispersed);
        } else if (event instanceof BlobRetrieved retrieved) {
            retrieved(retrieved);
        } else {
            acceptProgress(event);
        }
    }

    private void acceptProgress(JournalEvent event) {
        if (event instanceof BlobPooled pooled) {
            Entry entry = byBlob.get(pooled.blob());
            if (entry != null && entry.state == State.DISPERSED) {
                entry.state = State.POOLED;
            }
        } else if (event instanceof BlobIncluded included) {
            included(included);
        } else if (event instanceof BlobOrphaned orphaned) {
            orphaned(orphaned);
        } else if (event instanceof BlobFinal last) {
            Entry entry = byBlob.get(last.blob());
            if (entry != null) {
                entry.state = State.FINAL;
                entry.finalAt = last.at();
            }
        }
    }

    private void refused(BlobRefused event) {
        Entry entry = entries.get(event.content());
        if (entry != null) {
            entry.refusals++;
            entry.refusal = event.reason();
            if (entry.state == State.SUBMITTED) {
                entry.state = State.REFUSED;
            }
        }
    }

    private void dispersed(BlobDispersed event) {
        Entry entry = entries.get(event.content());
        if (entry != null) {
            entry.blob = event.blob();
            byBlob.put(event.blob(), entry);
            if (entry.dispersedAt == NEVER) {
                entry.dispersedAt = event.at();
                entry.dispersedHeight = height;
            }
            if (entry.state == State.SUBMITTED || entry.state == State.REFUSED) {
                entry.state = State.DISPERSED;
            }
        }
    }

    private void included(BlobIncluded event) {
        Entry entry = byBlob.get(event.blob());
        if (entry != null) {
            entry.state = State.INCLUDED;
            entry.message = event.message();
            entry.block = event.block();
            entry.includedHeight = event.height();
        }
    }

    private void orphaned(BlobOrphaned event) {
        Entry entry = byBlob.get(event.blob());
        if (entry != null && event.message().equals(entry.message)) {
            entry.state = State.ORPHANED;
            entry.orphanings++;
            entry.message = null;
            entry.block = null;
            entry.includedHeight = NEVER;
            entry.finalAt = NEVER;
        }
    }

    private void retrieved(BlobRetrieved event) {
        Entry entry = byBlob.get(event.blob());
        if (entry != null) {
            entry.state = event.problem() == null ? State.RETRIEVABLE : State.LOST;
        }
    }

    /**
     * Finds a blob.
     *
     * @param blob its id
     * @return its fate so far; empty if no executor of this run told that id
     */
    public Optional<Fate> find(BlobId blob) {
        return Optional.ofNullable(byBlob.get(blob)).map(Entry::fate);
    }

    /** {@return the fates so far of all submitted blobs, in the order in which they were submitted first} */
    public List<Fate> fates() {
        return entries.values().stream().map(Entry::fate).toList();
    }

    /**
     * Counts the blobs in a state.
     *
     * @param state the state
     * @return how many are in it now
     */
    public int count(State state) {
        return (int)
                entries.values().stream().filter(entry -> entry.state == state).count();
    }

    /** {@return the number of submitted blobs, each counted once} */
    public int size() {
        return entries.size();
    }
}
