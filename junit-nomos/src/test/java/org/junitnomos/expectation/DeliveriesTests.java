package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedRun.SLOT;
import static org.junitnomos.expectation.RecordedRun.hash;
import static org.junitnomos.expectation.RecordedRun.id;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.BlockObserved;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeState;

/** Three validators: a block a slot, which all but the last one have at once. */
class DeliveriesTests {
    private static final String RECEIVER = "validator-2";

    private final Map<String, List<Proposal>> made = new LinkedHashMap<>();
    private RecordedRun run;
    private boolean blind;

    private void nodes(NetworkLayout layout, int lossPerMille) {
        run = new RecordedRun(Scenario.builder()
                        .validators(3)
                        .layout(layout)
                        .links(new LinkSpec(Duration.ofMillis(20), Duration.ofMillis(10), lossPerMille)))
                .driveFrom(0);
    }

    /** Lets the last node have some blocks only in the slot after theirs. */
    private List<String> texts(String maker, int blocks, IntPredicate late, TransactionSummary... carried) {
        for (int number = 1; number <= blocks; number++) {
            made.computeIfAbsent(maker, name -> new ArrayList<>()).add(new Proposal(id(number), number, number));
            run.at(number);
            if (number > 1 && late.test(number - 1)) {
                run.tip(RECEIVER, number - 1);
            }
            run.observed(RecordedBlock.block(number).slot(number).with(carried));
            run.tip("validator-0", number).tip("validator-1", number);
            if (!late.test(number)) {
                run.tip(RECEIVER, number);
            }
            if (blind) {
                run.blind(RECEIVER, "refused");
            }
        }
        run.driveUntil(blocks + 2);
        var deliveries = new Deliveries(new RunFacts(run), new Proposals(made), SLOT / 2, 1e-7);
        var observed = run.journal().events(BlockObserved.class);
        for (int slot = 0; slot <= blocks + 1; slot++) {
            for (var block : observed) {
                if (block.slot() == slot) {
                    deliveries.observed(block);
                }
            }
            deliveries.endSlot(slot, node -> false);
        }
        return deliveries.texts();
    }

    @Test
    void namesWhoPassesNoBlocksOn() {
        nodes(NetworkLayout.STAR, 0);
        assertThat(texts("validator-1", 12, number -> true))
                .containsExactly("  validator-0 hands on no blocks in time: 11 of 12 of the blocks of others were not"
                        + " there 1 s after they were seen first (one in 10 is allowed for) on any node to which no"
                        + " other way leads");
    }

    @Test
    void namesWhoKeepsItsOwnBlocksFromOne() {
        nodes(NetworkLayout.STAR, 0);
        assertThat(texts("validator-0", 12, number -> true))
                .containsExactly("  validator-0 does not hand on blocks to validator-2 in time: 11 of 12 of the blocks"
                        + " that it made were not there 1 s after they were seen first (one in 10 is allowed for), and"
                        + " no other way leads there");
    }

    @Test
    void blamesNobodyForWhatDidNotReachIt() {
        nodes(NetworkLayout.CHAIN, 0);
        assertThat(texts("validator-0", 12, number -> true))
                .singleElement()
                .asString()
                .startsWith("  validator-1 hands on no blocks in time: ");
    }

    @Test
    void claimsNothingOfAFewBlocks() {
        nodes(NetworkLayout.STAR, 0);
        assertThat(texts("validator-1", 6, number -> true)).isEmpty();
    }

    @Test
    void holdsWhereOneInTenIsLate() {
        nodes(NetworkLayout.STAR, 0);
        assertThat(texts("validator-1", 100, number -> number % 10 == 0)).isEmpty();
    }

    @Test
    void allowsForLostMessages() {
        nodes(NetworkLayout.STAR, 300);
        assertThat(texts("validator-1", 12, number -> true)).isEmpty();
    }

    @Test
    void blamesNoLinkWhereThereAreOtherWays() {
        nodes(NetworkLayout.FULL, 0);
        assertThat(texts("validator-1", 12, number -> true)).isEmpty();
    }

    @Test
    void namesWhoTakesNoBlocksOfAKind() {
        nodes(NetworkLayout.FULL, 0);
        var blob = new TransactionSummary(hash(1), List.of(), List.of(), 0, List.of("ChannelBlob"));
        assertThat(texts("validator-1", 12, number -> true, blob))
                .containsExactly("  blocks reach validator-2 only later with others: 11 of 12 of the blocks of others"
                        + " with ChannelBlob were not there 1 s after they were seen first (one in 10 is allowed for)");
    }

    @Test
    void claimsNothingWhileANodeCannotBeRead() {
        nodes(NetworkLayout.STAR, 0);
        blind = true;
        assertThat(texts("validator-1", 12, number -> true)).isEmpty();
    }

    @Test
    void claimsNothingOfBlocksWhoseMakerIsNotKnown() {
        nodes(NetworkLayout.STAR, 0);
        made.put("validator-1", List.of());
        assertThat(texts("executor-0", 12, number -> true)).isEmpty();
    }

    /** Who has an excuse is told by what calls. */
    @Test
    void settledNodesAreThoseThatNothingExcuses() {
        nodes(NetworkLayout.STAR, 0);
        run.at(1).state(RECEIVER, NodeState.STOPPED, true).state(RECEIVER, NodeState.READY, true);
        run.chain(RecordedRun.slots(2, 40)).at(41);
        var settled = new SettledNodes(new RunFacts(run));
        var excused = new ArrayList<Long>();
        Excuses.follow(new RunFacts(run), settled::accept, slot -> {
            settled.endSlot(slot);
            assertThat(settled.isExcused("validator-0")).isFalse();
            if (settled.isExcused(RECEIVER)) {
                excused.add(slot);
            }
        });
        assertThat(excused).contains(1L, 2L, 10L).doesNotContain(0L, 39L);
    }
}
