package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.hash;
import static org.junitnomos.expectation.RecordedRun.id;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NodeState;

/** Two nodes that lead by turns, one of odd slots; a transaction comes in every slot. */
class WaitingTransactionsTests {
    private static final int SLOTS = 24;

    private final Map<String, List<Proposal>> made = new LinkedHashMap<>();
    private RecordedRun run = new RecordedRun(2, 0).driveFrom(0);

    private void made(String node, int number, Integer... transactions) {
        made.computeIfAbsent(node, name -> new ArrayList<>()).add(new Proposal(id(number), number, number));
        var carried = Stream.of(transactions).map(RecordedRun::empty).toArray(TransactionSummary[]::new);
        run.seenByAll(block(number).slot(number).with(carried));
    }

    /** The first node takes all transactions; the blocks of one of them are empty. */
    private void leavesOut(String maker, int slots) {
        var waiting = new ArrayList<Integer>();
        for (int slot = 1; slot <= slots; slot++) {
            String leader = "validator-" + slot % 2;
            var carried = leader.equals(maker) ? List.<Integer>of() : List.copyOf(waiting);
            made(leader, slot, carried.toArray(new Integer[0]));
            waiting.removeAll(carried);
            run.accepted(slot, "validator-0");
            waiting.add(slot);
        }
        run.driveUntil(slots + 1);
    }

    private WaitingTransactions judged() {
        var facts = new RunFacts(run);
        var proposals = new Proposals(made);
        return new WaitingTransactions(facts, proposals, new SurePools(facts, proposals), 1e-7);
    }

    private List<String> texts() {
        var judged = judged();
        var texts = new ArrayList<>(judged.byLeaders());
        texts.addAll(judged.byTakers());
        return texts;
    }

    @Test
    void namesALeaderThatLeavesOutWhatItHad() {
        leavesOut("validator-0", SLOTS);
        assertThat(texts())
                .containsExactly("  validator-0 leaves transactions out of its blocks: in 11 of 11 slots its block"
                        + " lacks some that waited for it and that it must have had");
    }

    @Test
    void namesTheTakerWhereSeveralLeadersLackWhatItTook() {
        run = new RecordedRun(3, 0).driveFrom(0);
        var waiting = new ArrayList<Integer>();
        for (int slot = 1; slot <= SLOTS; slot++) {
            String leader = "validator-" + slot % 3;
            var carried = leader.equals("validator-0") ? List.copyOf(waiting) : List.<Integer>of();
            made(leader, slot, carried.toArray(new Integer[0]));
            waiting.removeAll(carried);
            run.accepted(slot, "validator-0");
            waiting.add(slot);
        }
        run.driveUntil(SLOTS + 1);
        assertThat(judged().byLeaders()).isEmpty();
        assertThat(judged().byTakers())
                .containsExactly("  validator-0 does not seem to pass on transactions: in 15 of 15 slots blocks of"
                        + " others lack some that it took and that waited for them");
    }

    @Test
    void claimsNothingOfAFewBlocks() {
        leavesOut("validator-0", 5);
        assertThat(texts()).isEmpty();
    }

    @Test
    void holdsWhereNothingIsLeftOut() {
        leavesOut("nobody", SLOTS);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfWhatIsOnItsWay() {
        var links = new LinkSpec(Duration.ofMillis(1400), Duration.ofMillis(100), 0);
        run = new RecordedRun(Scenario.builder().validators(2).wallets(0).links(links)).driveFrom(0);
        // taken a quarter into a slot, so the other one has it a quarter before the end of the next
        var waiting = new ArrayList<Integer>();
        for (int slot = 1; slot <= SLOTS; slot++) {
            int last = slot - 1;
            var carried = slot % 2 == 0
                    ? List.copyOf(waiting)
                    : waiting.stream().filter(each -> each < last).toList();
            made("validator-" + slot % 2, slot, carried.toArray(new Integer[0]));
            waiting.removeAll(carried);
            run.accepted(slot, "validator-0");
            waiting.add(slot);
        }
        run.driveUntil(SLOTS + 1);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfANodeThatLostItsPool() {
        run.at(0).state("validator-0", NodeState.STOPPED, true);
        leavesOut("validator-0", SLOTS);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingUnderAFault() {
        run.at(0).fault(1, "isolate");
        leavesOut("validator-0", SLOTS);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfWhatBuildsOnAnother() {
        for (int slot = 1; slot <= SLOTS; slot++) {
            run.add(new DependentSubmitted(0, hash(slot), hash(100 + slot), "transactions"));
        }
        leavesOut("validator-0", SLOTS);
        assertThat(texts()).isEmpty();
    }

    @Test
    void judgesANodeAgainOnceItIsBackOnTheChain() {
        run.at(0).state("validator-0", NodeState.STOPPED, true).state("validator-0", NodeState.READY, true);
        leavesOut("validator-0", SLOTS);
        assertThat(texts())
                .singleElement()
                .asString()
                .startsWith("  validator-0 leaves transactions out of its blocks: in ");
    }

    @Test
    void countsBlocksThatLeaveOutWhatIsLostForEver() {
        run.at(0).accepted(1, "validator-0");
        for (int slot = 1; slot <= SLOTS; slot++) {
            made("validator-" + slot % 2, slot);
        }
        run.driveUntil(SLOTS + 1);
        assertThat(new UntouchedBlocks(new RunFacts(run), new Proposals(made)).of(hash(1)))
                .isEqualTo(SLOTS);
    }

    @Test
    void countsNoBlockOfALeaderThatMayHaveLostIt() {
        run.at(0).accepted(1, "validator-0");
        made("validator-1", 1);
        run.at(2).state("validator-1", NodeState.STOPPED, true).state("validator-1", NodeState.READY, true);
        for (int slot = 2; slot <= SLOTS; slot++) {
            made("validator-1", slot);
        }
        run.driveUntil(SLOTS + 1);
        assertThat(new UntouchedBlocks(new RunFacts(run), new Proposals(made)).of(hash(1)))
                .isEqualTo(1);
    }
}
