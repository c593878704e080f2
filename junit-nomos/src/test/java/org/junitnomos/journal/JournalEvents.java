package org.junitnomos.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.Fr;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.mantle.MsgId;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.mantle.TxHash;
import org.junitnomos.topology.NodeState;

/** Events for tests. */
final class JournalEvents {

    private JournalEvents() {}

    static HeaderId id(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return HeaderId.of(bytes);
    }

    static TxHash tx(int number) {
        return new TxHash(Fr.of(number));
    }

    static BlobId blob(int number) {
        return BlobId.of(bytes(number));
    }

    static ChannelId channel(int number) {
        return ChannelId.of(bytes(number));
    }

    static MsgId message(int number) {
        return MsgId.of(bytes(number));
    }

    private static byte[] bytes(int number) {
        return id(number).toBytes();
    }

    static NoteId note(int number) {
        return new NoteId(Fr.of(1000 + number));
    }

    static BlockObserved block(int id, int parent, long height, TransactionSummary... transactions) {
        return new BlockObserved(
                height * 10, "validator-0", id(id), id(parent), height * 2, height, "ab", List.of(transactions));
    }

    /** A transaction that spends notes and creates others of the given values, numbered from {@code firstOutput}. */
    static TransactionSummary spend(int tx, List<Integer> inputs, int firstOutput, long... values) {
        List<CreatedNote> outputs = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            outputs.add(new CreatedNote(note(firstOutput + i), values[i]));
        }
        return new TransactionSummary(
                tx(tx), inputs.stream().map(JournalEvents::note).toList(), outputs, 0, List.of());
    }

    private static TransactionSummary summary() {
        return new TransactionSummary(
                tx(1),
                List.of(note(1)),
                List.of(new CreatedNote(note(2), -1L)),
                Long.MIN_VALUE,
                List.of("ChannelInscribe"));
    }

    private static Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("height", "17");
        values.put("a \"quoted\" key", "");
        return values;
    }

    /** One event of each kind, with texts and numbers that are hard to write. */
    static List<JournalEvent> oneOfEachKind() {
        Map<String, String> values = values();
        Map<String, Long> missed = new LinkedHashMap<>();
        missed.put("every user waited", 3L);
        missed.put("refused \"422\"", 2L);
        return List.of(
                new JournalEvent.RunStarted(
                        0, 1, "Umlaute äöü 你 😀", -42, "embedded", "virtual", "dev node", List.of("a", "b")),
                new JournalEvent.PhaseStarted(1, RunPhase.DEPLOY),
                new JournalEvent.PhaseEnded(2, RunPhase.DEPLOY, null),
                new JournalEvent.PhaseEnded(3, RunPhase.CLEANUP, "line\nfeed \u0001 \\ \" / \u2028"),
                new JournalEvent.NodeStateChanged(4, "validator-0", NodeState.API_READY, true, "up"),
                new JournalEvent.BaselineTaken(5, "liveness", values),
                new BlockObserved(6, "validator-0", id(1), id(0), 3, 1, "3b6a", List.of(summary())),
                new JournalEvent.BlockSeen(7, "validator-1", id(1)),
                new JournalEvent.TipChanged(8, "validator-1", id(1), 1, 3, id(0), -1, 2),
                new JournalEvent.MetricsSampled(9, "validator-1", values, "connection refused"),
                new JournalEvent.FeedBlind(9, "validator-1", "connection refused"),
                new JournalEvent.PeersCounted(9, "validator-1", 2, 3),
                new JournalEvent.NodeUpgraded(3, "validator-0", "node (sha256 ab)", "node \"2\" (sha256 cd)"),
                new JournalEvent.ContradictionSeen(
                        9, "validator-1", "height of the tip", "height 2", "height \"3\"", 8, Long.MAX_VALUE),
                new JournalEvent.ContradictionEnded(9, "validator-1", "height of the tip", 17),
                new JournalEvent.TransactionSubmitted(10, tx(1), "validator-0", "transactions", 1),
                new JournalEvent.TransactionAccepted(11, tx(1), "validator-0"),
                new JournalEvent.TransactionRejected(12, tx(1), "validator-0", 500, "Item already in mempool"),
                new JournalEvent.DependentSubmitted(12, tx(2), tx(1), "inscriptions"),
                new JournalEvent.ParentOrphaned(12, tx(2), tx(1)),
                new JournalEvent.TransactionIncluded(13, tx(1), id(1), 1),
                new JournalEvent.TransactionOrphaned(14, tx(1), id(1)),
                new JournalEvent.TransactionFinal(15, tx(1), id(1)),
                new JournalEvent.ChannelMessageObserved(
                        15, id(1), tx(1), channel(1), message(2), message(1), null, 0, 5),
                new JournalEvent.ChannelMessageObserved(
                        15, id(1), tx(1), channel(1), message(3), message(2), blob(1), -1, 31),
                new JournalEvent.InscriptionSubmitted(
                        15, "data availability", channel(1), message(2), message(1), tx(1)),
                new JournalEvent.BlobSubmitted(
                        15, "c0ffee", "data availability", "executor-0", channel(1), message(2), 31, 1),
                new JournalEvent.BlobDispersed(15, "c0ffee", "executor-0", blob(1)),
                new JournalEvent.BlobRefused(15, "c0ffee", "executor-0", 500, "Failed to disperse data"),
                new JournalEvent.BlobPooled(15, blob(1), tx(1), "executor-0"),
                new JournalEvent.BlobIncluded(15, blob(1), message(3), id(1), 1),
                new JournalEvent.BlobOrphaned(15, blob(1), message(3), id(1)),
                new JournalEvent.BlobFinal(15, blob(1), message(3), id(1)),
                new JournalEvent.BlobRetrieved(15, blob(1), "0 1", null),
                new JournalEvent.FaultRequested(16, 1, "restart", List.of("validator-0"), "kill"),
                new JournalEvent.FaultInForce(17, 1, "port closed"),
                new JournalEvent.FaultHealed(18, 1, "port open"),
                new JournalEvent.DeadlineExceeded(19, "deploy", 30_000_000_000L),
                new JournalEvent.WorkloadEnded(20, "transactions", "no node"),
                new JournalEvent.LoadDelivered(20, "transactions", "transactions", 12, 9, 7, missed),
                new JournalEvent.Note(21, "test", ""),
                new JournalEvent.HostileSubmitted(21, tx(9), "validator-0", "overspend", 200),
                new JournalEvent.ExpectationLeftOut(21, "recovery", "no fault"),
                new JournalEvent.ExpectationJudged(22, "liveness", Verdict.INCONCLUSIVE, null),
                new JournalEvent.FaultPlanned(22, "random restarts", 5, 1, "restart", List.of("validator-0"), 0),
                new JournalEvent.RunEnded(Long.MAX_VALUE, Verdict.PASSED));
    }
}
