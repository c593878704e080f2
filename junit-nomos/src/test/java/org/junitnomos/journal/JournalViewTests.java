package org.junitnomos.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junitnomos.journal.JournalEvents.block;
import static org.junitnomos.journal.JournalEvents.id;
import static org.junitnomos.journal.JournalEvents.note;
import static org.junitnomos.journal.JournalEvents.spend;
import static org.junitnomos.journal.JournalEvents.tx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent.BlockSeen;
import org.junitnomos.journal.JournalEvent.ContradictionEnded;
import org.junitnomos.journal.JournalEvent.ContradictionSeen;
import org.junitnomos.journal.JournalEvent.CreatedNote;
import org.junitnomos.journal.JournalEvent.FeedBlind;
import org.junitnomos.journal.JournalEvent.NodeStateChanged;
import org.junitnomos.journal.JournalEvent.TipChanged;
import org.junitnomos.journal.JournalEvent.TransactionAccepted;
import org.junitnomos.journal.JournalEvent.TransactionFinal;
import org.junitnomos.journal.JournalEvent.TransactionIncluded;
import org.junitnomos.journal.JournalEvent.TransactionOrphaned;
import org.junitnomos.journal.JournalEvent.TransactionRejected;
import org.junitnomos.journal.JournalEvent.TransactionSubmitted;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.topology.NodeState;

class JournalViewTests {

    @Nested
    class Forks {

        /** Genesis 0 - 1 - 2 - 3, and 1 - 12 - 13 - 14. */
        private final ForkTree tree = ForkTree.of(List.of(
                block(1, 0, 1), block(2, 1, 2), block(12, 1, 2), block(3, 2, 3), block(13, 12, 3), block(14, 13, 4)));

        @Test
        void followTheLongestChain() {
            assertThat(tree.height()).isEqualTo(4);
            assertThat(tree.tip()).contains(block(14, 13, 4));
            assertThat(tree.chain())
                    .extracting(JournalEvent.BlockObserved::block)
                    .containsExactly(id(1), id(12), id(13), id(14));
        }

        @Test
        void keepTheFirstSeenAmongEquals() {
            ForkTree equal = ForkTree.of(List.of(block(1, 0, 1), block(2, 1, 2), block(12, 1, 2), block(2, 1, 2)));

            assertThat(equal.tip()).contains(block(2, 1, 2));
            assertThat(equal.size()).isEqualTo(3);
        }

        @Test
        void tellHowBlocksHangTogether() {
            assertThat(tree.heightOf(id(0))).isZero();
            assertThat(tree.heightOf(id(13))).isEqualTo(3);
            assertThat(tree.heightOf(id(99))).isEqualTo(-1);
            assertThat(tree.commonAncestor(id(3), id(14))).isEqualTo(id(1));
            assertThat(tree.commonAncestor(id(0), id(14))).isEqualTo(id(0));
            assertThat(tree.commonAncestor(id(12), id(14))).isEqualTo(id(12));
            assertThat(tree.isAncestor(id(0), id(3))).isTrue();
            assertThat(tree.isAncestor(id(12), id(3))).isFalse();
            assertThat(tree.isAncestor(id(3), id(3))).isTrue();
            assertThat(tree.isAncestor(id(99), id(3))).isFalse();
            assertThat(tree.branch(id(12), id(14))).containsExactly(block(13, 12, 3), block(14, 13, 4));
            assertThat(tree.ancestorAt(id(14), 1)).isEqualTo(id(1));
        }

        @Test
        void changeWithEveryBlockAsParentsSay() {
            var random = new Random(4711);
            var parents = new int[300];
            var heights = new int[parents.length];
            var growing = new ForkTree();
            int highest = 0;
            for (int block = 1; block < parents.length; block++) {
                parents[block] = Math.max(0, block - 1 - random.nextInt(8));
                heights[block] = heights[parents[block]] + 1;
                growing.accept(block(block, parents[block], heights[block]));
                if (heights[block] > heights[highest]) {
                    highest = block;
                }
                var chain = new ArrayList<HeaderId>();
                for (int at = highest; at > 0; at = parents[at]) {
                    chain.add(0, id(at));
                }
                assertThat(growing.chain())
                        .as("the reference chain with " + block + " blocks")
                        .extracting(JournalEvent.BlockObserved::block)
                        .isEqualTo(chain);
                int other = random.nextInt(block + 1);
                var ancestors = new HashSet<>(Set.of(other));
                for (int at = other; at > 0; at = parents[at]) {
                    ancestors.add(parents[at]);
                    assertThat(growing.ancestorAt(id(other), heights[parents[at]]))
                            .isEqualTo(id(parents[at]));
                }
                for (int any = 0; any <= block; any++) {
                    assertThat(growing.isAncestor(id(any), id(other))).isEqualTo(ancestors.contains(any));
                }
            }
        }

        @Test
        void refuseWhatDoesNotHangTogether() {
            assertThatThrownBy(() -> tree.accept(block(30, 29, 5)))
                    .hasMessage("block " + id(30) + " at height 5 was observed before its parent " + id(29));
            assertThatThrownBy(() -> tree.accept(block(30, 3, 5)))
                    .hasMessage("block " + id(30) + " has height 5 but its parent " + id(3) + " has height 3");
            assertThatThrownBy(() -> tree.branch(id(12), id(3)))
                    .hasMessage("block " + id(12) + " is no ancestor of block " + id(3));
            assertThatThrownBy(() -> tree.chainTo(id(99))).hasMessage("block " + id(99) + " was not seen");
        }

        @Test
        void areEmptyInTheBeginning() {
            ForkTree empty = new ForkTree();

            assertThat(empty.height()).isZero();
            assertThat(empty.chain()).isEmpty();
            assertThat(empty.tip()).isEmpty();
        }
    }

    @Nested
    class Transactions {

        private final TransactionLedger ledger = new TransactionLedger();

        private TransactionLedger.Fate fate(JournalEvent... events) {
            for (JournalEvent event : events) {
                ledger.accept(event);
            }
            return ledger.find(tx(1)).orElseThrow();
        }

        private TransactionLedger.State state(JournalEvent... events) {
            return fate(events).state();
        }

        @Test
        void walkThroughTheirStates() {
            assertThat(state(block(1, 0, 1), new TransactionSubmitted(20, tx(1), "validator-0", "load", 1)))
                    .isEqualTo(TransactionLedger.State.SUBMITTED);
            assertThat(state(new TransactionRejected(21, tx(1), "validator-0", 0, "connection refused")))
                    .isEqualTo(TransactionLedger.State.REJECTED);
            assertThat(state(
                            new TransactionSubmitted(22, tx(1), "validator-1", "load", 2),
                            new TransactionAccepted(23, tx(1), "validator-1")))
                    .isEqualTo(TransactionLedger.State.ACCEPTED);
            assertThat(state(new TransactionIncluded(30, tx(1), id(2), 2))).isEqualTo(TransactionLedger.State.INCLUDED);
            assertThat(state(new TransactionOrphaned(40, tx(1), id(2)))).isEqualTo(TransactionLedger.State.ORPHANED);
            assertThat(state(new TransactionIncluded(50, tx(1), id(13), 3), new TransactionFinal(90, tx(1), id(13))))
                    .isEqualTo(TransactionLedger.State.FINAL);
            assertThat(ledger.fates())
                    .containsExactly(new TransactionFate(
                            tx(1),
                            TransactionLedger.State.FINAL,
                            "load",
                            "validator-0",
                            2,
                            20,
                            1,
                            23,
                            1,
                            1,
                            "connection refused",
                            50,
                            id(13),
                            3,
                            1,
                            90));
        }

        @Test
        void forgetTheBlockThatWasOrphaned() {
            TransactionLedger.Fate fate = fate(
                    new TransactionSubmitted(1, tx(1), "validator-0", "load", 1),
                    new TransactionIncluded(2, tx(1), id(2), 2),
                    new TransactionOrphaned(3, tx(1), id(2)));

            assertThat(fate.block()).isNull();
            assertThat(fate.includedHeight()).isEqualTo(TransactionLedger.NEVER);
        }

        @Test
        void stayIncludedWhenTheAnswerComesLate() {
            assertThat(state(
                            new TransactionSubmitted(1, tx(1), "validator-0", "load", 1),
                            new TransactionIncluded(2, tx(1), id(2), 2),
                            new TransactionAccepted(3, tx(1), "validator-0")))
                    .isEqualTo(TransactionLedger.State.INCLUDED);
        }

        @Test
        void areOnlyThoseOfThisRun() {
            ledger.accept(new TransactionIncluded(2, tx(7), id(2), 2));

            assertThat(ledger.size()).isZero();
            assertThat(ledger.find(tx(7))).isEmpty();
        }

        @Test
        void areCountedOnce() {
            fate(
                    new TransactionSubmitted(1, tx(1), "validator-0", "load", 1),
                    new TransactionSubmitted(2, tx(1), "validator-0", "load", 2),
                    new TransactionSubmitted(2, tx(2), "validator-0", "load", 1));

            assertThat(ledger.size()).isEqualTo(2);
        }
    }

    @Nested
    class Nodes {

        private final NodeTimeline timeline = NodeTimeline.of(List.of(
                new NodeStateChanged(1, "validator-0", NodeState.READY, true, "ready"),
                new BlockSeen(5, "validator-0", id(1)),
                new TipChanged(5, "validator-0", id(1), 1, 2, id(0), 0, 0),
                new FeedBlind(10, "validator-0", "connection refused"),
                new FeedBlind(12, "validator-0", "gap"),
                new TipChanged(20, "validator-0", id(2), 1, 3, id(0), 0, 1),
                new FeedBlind(30, "validator-0", "connection refused"),
                new TipChanged(8, "validator-1", id(1), 1, 2, id(0), 0, 0)));

        @Test
        void haveTheirHistory() {
            NodeTimeline.History node = timeline.node("validator-0");

            assertThat(timeline.nodes()).containsExactly("validator-0", "validator-1");
            assertThat(node.state())
                    .hasValueSatisfying(state -> assertThat(state.state()).isEqualTo(NodeState.READY));
            assertThat(node.tips()).hasSize(2);
            assertThat(node.tip())
                    .hasValueSatisfying(tip -> assertThat(tip.tip()).isEqualTo(id(2)));
            assertThat(node.tipAt(19))
                    .hasValueSatisfying(tip -> assertThat(tip.tip()).isEqualTo(id(1)));
            assertThat(node.tipAt(4)).isEmpty();
            assertThat(node.reorgs()).extracting(TipChanged::at).containsExactly(20L);
            assertThat(node.blocksSeen()).isEqualTo(1);
        }

        @Test
        void haveSpansInWhichTheyCouldNotBeRead() {
            assertThat(timeline.node("validator-0").blindSpans())
                    .containsExactly(
                            new NodeTimeline.BlindSpan(10, 12, "connection refused"),
                            new NodeTimeline.BlindSpan(12, 20, "gap"),
                            new NodeTimeline.BlindSpan(30, NodeTimeline.OPEN, "connection refused"));
            assertThat(timeline.node("validator-0").isBlind()).isTrue();
            assertThat(timeline.node("validator-1").isBlind()).isFalse();
        }

        @Test
        void haveSpansInWhichTheyContradictThemselves() {
            NodeTimeline.History node = NodeTimeline.of(List.of(
                            new ContradictionSeen(10, "validator-0", "height of the tip", "2", "3", 9, 1),
                            new ContradictionSeen(11, "validator-0", "slot of the tip", "4", "5", 11, 1),
                            new ContradictionSeen(12, "validator-0", "height of the tip", "3", "4", 9, 2),
                            new ContradictionEnded(20, "validator-0", "height of the tip", 3),
                            new ContradictionEnded(21, "validator-0", "headers", 3),
                            new ContradictionSeen(30, "validator-0", "height of the tip", "7", "8", 30, 1)))
                    .node("validator-0");

            assertThat(node.contradictions())
                    .containsExactly(
                            new SpanOfContradiction(9, 20, "height of the tip", "2", "3", 3),
                            new SpanOfContradiction(11, NodeTimeline.OPEN, "slot of the tip", "4", "5", 1),
                            new SpanOfContradiction(30, NodeTimeline.OPEN, "height of the tip", "7", "8", 1));
            assertThat(node.isBlind()).isFalse();
        }

        @Test
        void areKnownByName() {
            assertThatThrownBy(() -> timeline.node("validator-9"))
                    .hasMessage("no event of a node 'validator-9'; there are events of [validator-0, validator-1]");
        }
    }

    @Nested
    class Notes {

        private final List<CreatedNote> genesis = List.of(new CreatedNote(note(1), 100), new CreatedNote(note(2), 50));

        @Test
        void moveWithoutBreakingARule() {
            NoteLedger ledger = NoteLedger.replay(
                    genesis,
                    List.of(
                            block(1, 0, 1, spend(1, List.of(1), 3, 60, 40)),
                            block(2, 1, 2, spend(2, List.of(3, 2), 5, 110))));

            assertThat(ledger.violations()).isEmpty();
        }

        @Test
        void tellWhichRuleWasBroken() {
            NoteLedger ledger = NoteLedger.replay(
                    genesis,
                    List.of(
                            block(1, 0, 1, spend(1, List.of(1), 3, 100)),
                            block(2, 1, 2, spend(2, List.of(1), 4, 100), spend(3, List.of(77), 5, 1)),
                            block(3, 2, 3, spend(4, List.of(2), 6, 51), spend(5, List.of(3), 3, 100))));

            assertThat(ledger.violations())
                    .extracting(NoteLedger.Violation::rule, NoteLedger.Violation::height, NoteLedger.Violation::detail)
                    .containsExactly(
                            tuple(NoteLedger.Rule.SPENT_TWICE, 2L, "note " + note(1) + " was spent by " + tx(1)),
                            tuple(NoteLedger.Rule.UNKNOWN_INPUT, 2L, "note " + note(77) + " does not exist"),
                            tuple(NoteLedger.Rule.UNBALANCED, 3L, "inputs of 50, outputs of 51 and a fee of 0"),
                            tuple(NoteLedger.Rule.CREATED_TWICE, 3L, "note " + note(3) + " was created before"),
                            tuple(NoteLedger.Rule.UNBALANCED, 3L, "inputs of 100, outputs of 0 and a fee of 0"));
        }
    }

    @Nested
    class SharedViews {

        @Test
        void takeEachEventOnceAndGrowWhenTheJournalIsRead() {
            InMemoryJournal journal = new InMemoryJournal();
            JournalViews views = new JournalViews(journal);
            journal.append(block(1, 0, 1));
            assertThat(views.tree().size()).isZero();

            assertThat(views.read()).containsExactly(block(1, 0, 1));
            ForkTree tree = views.tree();
            assertThat(tree.height()).isEqualTo(1);

            journal.append(block(2, 1, 2));
            assertThat(views.tree().height()).isEqualTo(1);
            views.read();
            assertThat(views.tree()).isSameAs(tree);
            assertThat(tree.chain()).containsExactly(block(1, 0, 1), block(2, 1, 2));
        }
    }
}
