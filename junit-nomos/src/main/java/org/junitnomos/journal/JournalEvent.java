package org.junitnomos.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.SignedMantleTx;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.topology.NodeState;

/**
 * One thing that happened in a run.
 *
 * <p>Every event has {@code at}: nanoseconds of run time since the deploy began (protocol time under the virtual
 * clock). Events hold nothing that differs between two runs of one plan and seed under the virtual clock: no wall
 * clock, no path, no port, no thread.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface JournalEvent {
    /** {@return when it happened, in nanoseconds since the deploy began} */
    long at();

    /**
     * First event of every journal.
     *
     * @param format version of the journal format, 1
     * @param scenario name of the scenario
     * @param seed seed of the run
     * @param backend name of the backend
     * @param time {@code "virtual"} or {@code "real"}
     * @param systemUnderTest what kind of node runs, for example {@code "dev node (simulated, rules 2025-12)"}
     * @param plan the plan as printed, one entry a line
     */
    record RunStarted(
            long at,
            int format,
            String scenario,
            long seed,
            String backend,
            String time,
            String systemUnderTest,
            List<String> plan)
            implements JournalEvent {
        public RunStarted {
            plan = List.copyOf(plan);
        }
    }

    /** A phase began. */
    record PhaseStarted(long at, RunPhase phase) implements JournalEvent {}

    /** A phase ended; {@code problem} is what went wrong in it, null if nothing. */
    record PhaseEnded(long at, RunPhase phase, @Nullable String problem) implements JournalEvent {}

    /** A node changed its state as seen by the harness; {@code intended} if the harness or the test asked for it. */
    record NodeStateChanged(long at, String node, NodeState state, boolean intended, String reason)
            implements JournalEvent {}

    /**
     * A node runs another program from its next start on.
     *
     * @param from what it ran: its path or image, with its digest as far as that is known
     * @param to what it runs now
     */
    record NodeUpgraded(long at, String node, String from, String to) implements JournalEvent {}

    /** An expectation recorded its baseline; keys and values are its own, in order. */
    record BaselineTaken(long at, String expectation, Map<String, String> values) implements JournalEvent {
        public BaselineTaken {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * A block was seen for the first time anywhere.
     *
     * @param node first node it was seen on
     * @param height number of blocks from genesis (height 0) to this block
     * @param leader leader key of the header, in hexadecimal; every dev-mode block has the same one (node contract 2.9)
     */
    record BlockObserved(
            long at,
            String node,
            HeaderId block,
            HeaderId parent,
            long slot,
            long height,
            String leader,
            List<TransactionSummary> transactions)
            implements JournalEvent {
        public BlockObserved {
            transactions = List.copyOf(transactions);
        }
    }

    /** A node has a block on its chain of which the feed knew already; also follows each {@link BlockObserved}. */
    record BlockSeen(long at, String node, HeaderId block) implements JournalEvent {}

    /**
     * The best chain of a node changed.
     *
     * @param tip id of its best block
     * @param height height of {@code tip} from genesis as the feed counts it
     * @param slot slot of {@code tip}
     * @param lib id of its last irreversible block
     * @param libHeight height of {@code lib}; -1 if the feed does not know that block
     * @param reorgDepth number of blocks of its former chain that are no longer on it; 0 without a reorg
     */
    record TipChanged(
            long at, String node, HeaderId tip, long height, long slot, HeaderId lib, long libHeight, int reorgDepth)
            implements JournalEvent {}

    /**
     * A node told at the end of the cooldown with how many peers it is connected; only told in real time, after faults.
     */
    record PeersCounted(long at, String node, int peers, int connections) implements JournalEvent {}

    /**
     * A node was asked for its metrics. What is as it was before is left out: a value holds until another one is told.
     *
     * @param values by metric, such as {@code height} or {@code requests{route="/x"}}, in order: a number, {@code NaN},
     *     {@code +Inf} or {@code -Inf}; an empty text if the node tells it no more
     * @param node name of the node; {@code "test-jvm"} for the test JVM
     * @param problem why the node told nothing, so that none of its values holds now, but what is seen from outside
     *     ({@code nomos_client_…}, {@code nomos_process_…}, {@code nomos_test_jvm_…}); null if it did
     */
    record MetricsSampled(
            long at,
            String node,
            Map<String, String> values,
            @Nullable String problem) implements JournalEvent {
        public MetricsSampled {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** The feed could not read a node; {@code reason} says why. Ends with the next event of that node. */
    record FeedBlind(long at, String node, String reason) implements JournalEvent {}

    /**
     * An answer of a node does not fit: a block not to its id or its header, an answer not to one by another route of
     * the same node. Said again when {@code times} has doubled, not for every answer.
     *
     * @param about what contradicts, in the same words for every answer of that kind, for example {@code "height of the
     *     tip"}
     * @param since when the first of these answers was read; never after {@code at}
     * @param times how many such answers were read so far
     */
    record ContradictionSeen(
            long at, String node, String about, String expected, String observed, long since, long times)
            implements JournalEvent {}

    /** The answers of a node about one matter fit again; {@code times} counts those that did not. */
    record ContradictionEnded(long at, String node, String about, long times) implements JournalEvent {}

    /**
     * A workload submitted a transaction to a node.
     *
     * @param workload name of the workload
     * @param attempt 1 for the first submission, 2 and more for the same transaction again
     */
    record TransactionSubmitted(long at, TxHash transaction, String node, String workload, int attempt)
            implements JournalEvent {}

    /** A node took a transaction into its mempool. */
    record TransactionAccepted(long at, TxHash transaction, String node) implements JournalEvent {}

    /**
     * A node refused a transaction, or could not be asked: then {@code status} is 0.
     *
     * @param reason text of the node; after {@code "Item already in mempool"} also what that can mean
     */
    record TransactionRejected(long at, TxHash transaction, String node, int status, String reason)
            implements JournalEvent {}

    /**
     * A workload submitted a transaction that must never be included.
     *
     * @param kind what is wrong with it, for example {@code "overspend"}
     * @param status what the node answered: 200 if it took it into its mempool, 0 if it could not be asked
     */
    record HostileSubmitted(long at, TxHash transaction, String node, String kind, int status)
            implements JournalEvent {}

    /**
     * A workload is about to submit a transaction that builds on one that this run submitted and that is in no block
     * yet: it spends one of its notes, or writes to a channel after its message. A node tries what is pending once,
     * ascending by id, and drops what fails (node contract 3.5), so it is lost with a chance of one half.
     *
     * @param parent what it builds on
     * @param workload name of the workload
     */
    record DependentSubmitted(long at, TxHash transaction, TxHash parent, String workload) implements JournalEvent {}

    /**
     * The block of a transaction left the reference chain while one that builds on it was in none: leaders drop it
     * as long as the other is not in a block again (node contract 3.5).
     *
     * @param transaction what builds on it, submitted by this run
     * @param parent what was in the block
     */
    record ParentOrphaned(long at, TxHash transaction, TxHash parent) implements JournalEvent {}

    /** A submitted transaction is on the reference chain of the feed. */
    record TransactionIncluded(long at, TxHash transaction, HeaderId block, long height) implements JournalEvent {}

    /** The block that held a submitted transaction left the reference chain. */
    record TransactionOrphaned(long at, TxHash transaction, HeaderId block) implements JournalEvent {}

    /** The block that holds a submitted transaction became irreversible. */
    record TransactionFinal(long at, TxHash transaction, HeaderId block) implements JournalEvent {}

    /**
     * A workload decided to break something, by chance or as the run did that is replayed; the fault follows.
     *
     * @param workload name of the workload; with a number if several of the plan have it
     * @param offset when it was due, nanoseconds since the drive began
     * @param drift how much later it was carried out, in nanoseconds; 0 under the virtual clock, unless it had to wait
     * @param kind what it does
     * @param duration how long it is to stay in force, nanoseconds; 0 if it does not last, or for the rest of the run
     */
    record FaultPlanned(
            long at, String workload, long offset, long drift, String kind, List<String> targets, long duration)
            implements JournalEvent {
        public FaultPlanned {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A block that was seen for the first time holds a message of a channel; follows its {@link BlockObserved}, one
     * event a message, in the order of the block.
     *
     * @param parent the message before it
     * @param blob the blob that it announces; null for an inscription
     * @param session session in which the blob was dispersed, unsigned; 0 for an inscription
     * @param size length of the blob or of the inscription, in bytes
     */
    record ChannelMessageObserved(
            long at,
            HeaderId block,
            TxHash transaction,
            ChannelId channel,
            MsgId message,
            MsgId parent,
            @Nullable BlobId blob,
            long session,
            long size)
            implements JournalEvent {}

    /** A workload submitted an inscription; {@code parent} is zero for the first message of a channel. */
    record InscriptionSubmitted(
            long at, String workload, ChannelId channel, MsgId message, MsgId parent, TxHash transaction)
            implements JournalEvent {}

    /**
     * A workload submitted bytes to an executor, to be dispersed as a blob.
     *
     * @param content SHA-256 of the bytes, in hexadecimal: names the blob until, and after, its id is known
     * @param parent the message on which the blob is to be announced
     * @param size length of the bytes
     * @param attempt 1 for the first time, 2 and more for the same bytes again
     */
    record BlobSubmitted(
            long at,
            String content,
            String workload,
            String node,
            ChannelId channel,
            MsgId parent,
            long size,
            int attempt)
            implements JournalEvent {}

    /** An executor said that every subnet has its column of the bytes, and that they are a blob of that id. */
    record BlobDispersed(long at, String content, String node, BlobId blob) implements JournalEvent {}

    /** An executor did not disperse bytes, or could not be asked: then {@code status} is 0. */
    record BlobRefused(long at, String content, String node, int status, String reason) implements JournalEvent {}

    /** A node was seen to have the announcement of a dispersed blob in its mempool, or in a block. */
    record BlobPooled(long at, BlobId blob, TxHash transaction, String node) implements JournalEvent {}

    /** A message that announces a dispersed blob is on the reference chain of the feed. */
    record BlobIncluded(long at, BlobId blob, MsgId message, HeaderId block, long height) implements JournalEvent {}

    /** The block that held the message left the reference chain. */
    record BlobOrphaned(long at, BlobId blob, MsgId message, HeaderId block) implements JournalEvent {}

    /** The block that holds the message became irreversible. */
    record BlobFinal(long at, BlobId blob, MsgId message, HeaderId block) implements JournalEvent {}

    /**
     * The bytes of a blob were asked for, and compared with what was submitted.
     *
     * @param columns columns that some node gave, in order, for example {@code "0 1 3"}
     * @param problem why the bytes are not there; null if they are
     */
    record BlobRetrieved(
            long at, BlobId blob, String columns, @Nullable String problem) implements JournalEvent {}

    /** A fault was asked for; {@code fault} numbers the faults of a run from 1. */
    record FaultRequested(long at, int fault, String kind, List<String> targets, String detail)
            implements JournalEvent {
        public FaultRequested {
            targets = List.copyOf(targets);
        }
    }

    /** A fault was seen to be in force; {@code proof} says what was observed. */
    record FaultInForce(long at, int fault, String proof) implements JournalEvent {}

    /** A fault was seen to be healed; {@code proof} says what was observed. */
    record FaultHealed(long at, int fault, String proof) implements JournalEvent {}

    /** A limit ran out; {@code what} names it and {@code limitNanos} is its length on a free machine in nanoseconds. */
    record DeadlineExceeded(long at, String what, long limitNanos) implements JournalEvent {}

    /** A workload ended: with {@code problem}, or by itself when that is null. */
    record WorkloadEnded(long at, String workload, @Nullable String problem) implements JournalEvent {}

    /**
     * What a workload delivered of the load that was due; at its end, one event a kind of load.
     *
     * @param load what the workload submits, for example {@code "transactions"}
     * @param planned how many were due, by rate and blocks seen; up to the cut if the run was cut
     * @param submitted how many were submitted to a node, each counted once
     * @param accepted how many a node took, each counted once
     * @param missed why it took no more: how many for each reason, in the order in which these came up
     */
    record LoadDelivered(
            long at,
            String workload,
            String load,
            long planned,
            long submitted,
            long accepted,
            Map<String, Long> missed)
            implements JournalEvent {
        public LoadDelivered {
            missed = Collections.unmodifiableMap(new LinkedHashMap<>(missed));
        }
    }

    /** Something that the test or a workload wanted on record. */
    record Note(long at, String author, String text) implements JournalEvent {}

    /** An expectation that the plan could have brought does not judge the run; {@code reason} says why. */
    record ExpectationLeftOut(long at, String expectation, String reason) implements JournalEvent {}

    /** An expectation was judged. */
    record ExpectationJudged(
            long at,
            String expectation,
            Verdict verdict,
            @Nullable String message) implements JournalEvent {}

    /** Last event of a complete journal. */
    record RunEnded(long at, Verdict verdict) implements JournalEvent {}

    /**
     * What a journal keeps of a transaction in a block: enough to replay the notes.
     *
     * @param hash id of the transaction
     * @param inputs notes it spends
     * @param outputs notes it creates
     * @param fee gas it pays by the node's rules (node contract 2.5), in base units
     * @param ops kinds of its operations, for example {@code "ChannelInscribe"}
     */
    record TransactionSummary(TxHash hash, List<NoteId> inputs, List<CreatedNote> outputs, long fee, List<String> ops) {
        public TransactionSummary {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            ops = List.copyOf(ops);
        }

        /**
         * Summarizes a transaction.
         *
         * @param signed the transaction
         * @return its id, notes, fee and kinds of operations
         */
        public static TransactionSummary of(SignedMantleTx signed) {
            return TransactionSummaries.of(signed);
        }
    }

    /** A note that a transaction creates: its id and its value in base units (unsigned). */
    record CreatedNote(NoteId id, long value) {}
}
