package org.junitnomos.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.journal.JournalEvents.blob;
import static org.junitnomos.journal.JournalEvents.block;
import static org.junitnomos.journal.JournalEvents.channel;
import static org.junitnomos.journal.JournalEvents.id;
import static org.junitnomos.journal.JournalEvents.message;
import static org.junitnomos.journal.JournalEvents.tx;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.BlobLedger.State;
import org.junitnomos.journal.JournalEvent.BlobDispersed;
import org.junitnomos.journal.JournalEvent.BlobFinal;
import org.junitnomos.journal.JournalEvent.BlobIncluded;
import org.junitnomos.journal.JournalEvent.BlobOrphaned;
import org.junitnomos.journal.JournalEvent.BlobPooled;
import org.junitnomos.journal.JournalEvent.BlobRefused;
import org.junitnomos.journal.JournalEvent.BlobRetrieved;
import org.junitnomos.journal.JournalEvent.BlobSubmitted;
import org.junitnomos.journal.JournalEvent.ChannelMessageObserved;

class BlobLedgerTests {
    private final BlobLedger ledger = new BlobLedger();

    private static BlobSubmitted submitted(long at, String content, String node, int attempt) {
        return new BlobSubmitted(at, content, "data availability", node, channel(1), message(1), 62, attempt);
    }

    private State stateAfter(JournalEvent event) {
        ledger.accept(event);
        return ledger.fates().get(0).state();
    }

    @Test
    void followsABlobFromTheExecutorToItsBytes() {
        assertThat(stateAfter(submitted(1, "aa", "executor-0", 1))).isEqualTo(State.SUBMITTED);
        assertThat(stateAfter(new BlobRefused(2, "aa", "executor-0", 0, "connection refused")))
                .isEqualTo(State.REFUSED);
        ledger.accept(submitted(3, "aa", "executor-1", 2));
        assertThat(stateAfter(new BlobDispersed(4, "aa", "executor-1", blob(1))))
                .isEqualTo(State.DISPERSED);
        assertThat(stateAfter(new BlobPooled(5, blob(1), tx(1), "executor-1"))).isEqualTo(State.POOLED);
        ledger.accept(block(1, 0, 1));
        ledger.accept(new ChannelMessageObserved(10, id(1), tx(1), channel(1), message(2), message(1), blob(1), 3, 62));
        assertThat(stateAfter(new BlobIncluded(11, blob(1), message(2), id(1), 1)))
                .isEqualTo(State.INCLUDED);
        assertThat(stateAfter(new BlobFinal(12, blob(1), message(2), id(1)))).isEqualTo(State.FINAL);
        assertThat(stateAfter(new BlobRetrieved(13, blob(1), "0 1", null))).isEqualTo(State.RETRIEVABLE);
        assertThat(ledger.find(blob(1)))
                .contains(new BlobFate(
                        "aa",
                        blob(1),
                        State.RETRIEVABLE,
                        "data availability",
                        "executor-1",
                        channel(1),
                        62,
                        2,
                        1,
                        0,
                        4,
                        0,
                        1,
                        "connection refused",
                        message(2),
                        3,
                        id(1),
                        1,
                        0,
                        12));
    }

    @Test
    void aBlobWhoseBlockLeavesTheChainIsOrphanedUntilItIsAnnouncedAgain() {
        var events = new ArrayList<JournalEvent>(List.of(
                submitted(1, "aa", "executor-0", 1),
                new BlobDispersed(2, "aa", "executor-0", blob(1)),
                new BlobIncluded(3, blob(1), message(2), id(1), 1),
                new BlobOrphaned(4, blob(1), message(2), id(1))));
        var orphaned = BlobLedger.of(events).fates().get(0);
        assertThat(orphaned.state()).isEqualTo(State.ORPHANED);
        assertThat(orphaned.block()).isNull();
        assertThat(orphaned.includedHeight()).isEqualTo(BlobLedger.NEVER);

        events.add(submitted(5, "aa", "executor-0", 2));
        events.add(new BlobDispersed(6, "aa", "executor-0", blob(1)));
        events.add(new BlobIncluded(7, blob(1), message(3), id(2), 2));
        var again = BlobLedger.of(events);
        assertThat(again.size()).isEqualTo(1);
        assertThat(again.fates().get(0).message()).isEqualTo(message(3));
        assertThat(again.fates().get(0).orphanings()).isEqualTo(1);
        assertThat(again.count(State.INCLUDED)).isEqualTo(1);
    }

    @Test
    void whatWasNotHandedInIsPassedOver() {
        assertThat(BlobLedger.of(JournalEvents.oneOfEachKind()).size()).isEqualTo(1);
        assertThat(BlobLedger.of(List.of(
                                new BlobDispersed(1, "aa", "executor-0", blob(1)),
                                new BlobIncluded(2, blob(1), message(2), id(1), 1),
                                new BlobRetrieved(3, blob(1), "", "lost")))
                        .fates())
                .isEmpty();
    }

    @Test
    void aBlobIsNamedByItsIdOrElseByItsBytes() {
        ledger.accept(submitted(1, "aa", "executor-0", 1));
        assertThat(ledger.fates().get(0).label()).isEqualTo("without an id (SHA-256 aa)");
        ledger.accept(new BlobDispersed(2, "aa", "executor-0", blob(1)));
        assertThat(ledger.fates().get(0).label()).isEqualTo(blob(1).toHex());
    }
}
