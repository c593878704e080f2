package org.junitnomos.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.ForkTree;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.mantle.BlobId;
import org.junitnomos.mantle.ChannelId;
import org.junitnomos.mantle.MsgId;

/** Slots of one second, of which slot 0 began at 2 s; a block a slot from slot 1 on. */
class MarksTests {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static List<String> marks(String text) {
        var events = HostileRun.journal().events();
        var marks = new Marks(
                events, new ChainData(ForkTree.of(events)), List.of("validator-0", "validator-1"), 1_000, BEGIN);
        return marks.of(text).stream()
                .map(mark -> mark.get("label") + " @ " + mark.get("from"))
                .toList();
    }

    @Test
    void theHeightOfANodeBesideASlotIsNoPlaceOfItsOwn() {
        assertThat(marks("validator-1: height 1 at slot 7, 26 blocks behind the chain at height 1 (allowed 3)"))
                .containsExactly("slot 7 @ 9000");
        assertThat(marks("the chain stopped at height 1")).containsExactly("height 1 @ 3000");
    }

    @Test
    void momentsAreReadInAllWaysInWhichTextsTellThem() {
        assertThat(marks("the worst was 3 of 10 until 40.1 s")).containsExactly("until 40.1 s @ 40100");
        assertThat(marks("worst: 0.5 from 1.133 min")).containsExactly("from 1.133 min @ 67980");
        assertThat(marks("unreadable from 2 s to 7 s")).containsExactly("2 s to 7 s @ 2000");
        assertThat(marks("ERROR at 2026-01-01T00:00:12Z")).containsExactly("00:00:12 @ 12000");
    }

    @Test
    void aBlobIsOneEvidenceByItsIdAndByTheHashOfItsBytes() {
        String content = "0c".repeat(32);
        String blob = "0d".repeat(32);
        List<JournalEvent> events = List.of(
                new JournalEvent.BlobSubmitted(
                        2_000_000_000L,
                        content,
                        "executor-0",
                        "blobs",
                        ChannelId.fromHex("0e".repeat(32)),
                        MsgId.fromHex("0f".repeat(32)),
                        31,
                        1),
                new JournalEvent.BlobDispersed(3_000_000_000L, content, "executor-0", BlobId.fromHex(blob)));
        var marks = new Marks(events, new ChainData(ForkTree.of(events)), List.of(), 1_000, null);

        assertThat(marks.of("blob " + blob + " gives other bytes than " + content))
                .singleElement()
                .satisfies(mark -> assertThat(mark).containsEntry("id", blob).containsEntry("from", 3000L));
        assertThat(marks.of("refused " + content))
                .singleElement()
                .satisfies(mark -> assertThat(mark).containsEntry("id", content).containsEntry("from", 2000L));
    }

    @Test
    void aSeriesOfMeasuredValuesIsNoEvidence() {
        assertThat(marks("validator-1: 248 at 1.5 min was the worst\n    measured: 0 at 100 ms, 8 at 10.1 s\nat 5 s"))
                .containsExactly("at 1.5 min @ 90000", "at 5 s @ 5000");
    }

    @Test
    void aTextWithoutAnyPlaceHasNone() {
        assertThat(marks("8 of the 101 slots, within 10 blocks once in 10,000 runs"))
                .isEmpty();
        assertThat(marks(null)).isEmpty();
    }
}
