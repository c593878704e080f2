package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.NodeTimeline;

class ContradictionJudgeTests {
    private static final long SECOND = 1_000_000_000L;

    private static ContradictionSeen seen(long at, String node, String about, long since, long times) {
        return new ContradictionSeen(
                at * SECOND, node, about, "height " + at, "height " + (at - 1), since * SECOND, times);
    }

    @Test
    void hasNothingToSayOfAJournalWithoutContradictions() {
        assertThat(ContradictionJudge.complaint(NodeTimeline.of(List.of()))).isEmpty();
        assertThat(ContradictionJudge.complaint(
                        NodeTimeline.of(List.of(new FeedBlind(1, "validator-0", "connection refused")))))
                .isEmpty();
        // An end alone tells of nothing.
        assertThat(ContradictionJudge.findings(
                        NodeTimeline.of(List.of(new ContradictionEnded(1, "validator-0", "height", 3)))))
                .isEmpty();
    }

    @Test
    void saysWhoWhatSinceWhenAndHowOften() {
        List<JournalEvent> events = List.of(
                seen(10, "validator-1", "height of the tip", 9, 1),
                seen(12, "validator-1", "height of the tip", 9, 2),
                seen(13, "executor-0", "transactions of a block", 13, 1),
                new ContradictionEnded(20 * SECOND, "validator-1", "height of the tip", 3),
                seen(30, "validator-1", "headers from the tip", 25, 4));

        assertThat(ContradictionJudge.complaint(NodeTimeline.of(events)))
                .hasValue("validator-1, executor-0 gave answers that contradict what the node says elsewhere, or blocks"
                        + " that are not what they are said to be:\n"
                        + "  validator-1, height of the tip: expected height 10, observed height 9 (3 times, from 9 s to"
                        + " 20 s)\n"
                        + "  validator-1, headers from the tip: expected height 30, observed height 29 (at least 4 times,"
                        + " first at 25 s)\n"
                        + "  executor-0, transactions of a block: expected height 13, observed height 12 (once, first at"
                        + " 13 s)");
    }

    @ParameterizedTest
    @CsvSource({
        "an answer about headers, 'no answer to some questions, though it answers others'",
        "an answer about a block, 'no answer to some questions, though it answers others'",
        "height of the tip, answers that contradict what the node says elsewhere",
        "a block of its chain, answers that contradict what the node says elsewhere",
        "form of a block, blocks that are not what they are said to be"
    })
    void beginsWithWhatWasSeenAndNothingElse(String about, String kind) {
        assertThat(ContradictionJudge.complaint(NodeTimeline.of(List.of(seen(10, "validator-1", about, 9, 1)))))
                .hasValueSatisfying(text -> assertThat(text).startsWith("validator-1 gave " + kind + ":\n"));
    }

    @Test
    void saysOneMatterOfOneNodeOnceHoweverOftenItIsSeen() {
        List<JournalEvent> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(seen(i + 1, "validator-0", "slot of the tip", 1, 1L << i));
        }

        assertThat(ContradictionJudge.findings(NodeTimeline.of(events)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.span().times()).isEqualTo(512);
                    assertThat(finding.span().expected()).isEqualTo("height 1");
                });
    }

    @Test
    void listsTheFirstTenOfMany() {
        List<JournalEvent> events = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            events.add(seen(5, "validator-" + i, "slot of the tip", 5, 1));
        }

        assertThat(ContradictionJudge.complaint(NodeTimeline.of(events))
                        .orElseThrow()
                        .lines())
                .hasSize(12)
                .last()
                .isEqualTo("  … and 4 more");
    }
}
