package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.hash;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.journal.JournalEvent.DependentSubmitted;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.topology.NodeState;

/** Two validators that lead in the same slots; the blocks of the first one are the chain. */
class OmittedKindsTests {
    private final RecordedRun run = new RecordedRun(2, 0).driveFrom(0);
    private final Map<String, List<Proposal>> made = new LinkedHashMap<>();

    private static TransactionSummary blob(int number) {
        return new TransactionSummary(hash(number), List.of(), List.of(), 0, List.of("ChannelBlob"));
    }

    private void made(String node, int number, int slot) {
        made.computeIfAbsent(node, name -> new ArrayList<>()).add(new Proposal(id(number), slot, slot));
    }

    /** A slot in which both make a block: with blob and transaction, and with what the other one carries. */
    private void slot(int slot, TransactionSummary... ofTheOther) {
        int other = 1000 + slot;
        run.at(slot)
                .observed("validator-1", block(other).on(slot - 1).slot(slot).with(ofTheOther));
        run.seenByAll(block(slot).slot(slot).with(blob(2 * slot), empty(2 * slot + 1)));
        made("validator-0", slot, slot);
        made("validator-1", other, slot);
    }

    private List<String> texts() {
        return new OmittedKinds(new RunFacts(run), new Proposals(made), 1e-7).texts();
    }

    private void leavesOutBlobs(int slots) {
        for (int slot = 1; slot <= slots; slot++) {
            slot(slot, empty(2 * slot + 1));
        }
        run.driveUntil(slots + 1);
    }

    @Test
    void namesANodeThatNeverCarriesABlob() {
        leavesOutBlobs(12);
        assertThat(texts())
                .containsExactly("  validator-1 leaves out ChannelBlob: in 12 slots in which it made a block another"
                        + " leader carried some, and it carried none in 12 of them");
    }

    @Test
    void claimsNothingOfAFewSlots() {
        leavesOutBlobs(6);
        assertThat(texts()).isEmpty();
    }

    @Test
    void holdsWhereBothMakeTheSameBlock() {
        for (int slot = 1; slot <= 20; slot++) {
            run.seenByAll(block(slot).slot(slot).with(blob(2 * slot), empty(2 * slot + 1)));
            made("validator-0", slot, slot);
            made("validator-1", slot, slot);
        }
        run.driveUntil(21);
        assertThat(texts()).isEmpty();
    }

    @Test
    void holdsWhereOneInTenIsLeftOut() {
        for (int slot = 1; slot <= 60; slot++) {
            slot(
                    slot,
                    slot % 10 == 0
                            ? new TransactionSummary[] {empty(2 * slot + 1)}
                            : new TransactionSummary[] {blob(2 * slot), empty(2 * slot + 1)});
        }
        run.driveUntil(61);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfWhatWaitsForAnother() {
        for (int slot = 1; slot <= 12; slot++) {
            run.at(slot).add(new DependentSubmitted(0, hash(2 * slot), hash(1), "blobs"));
        }
        leavesOutBlobs(12);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfANodeThatLostItsPool() {
        run.at(0).state("validator-1", NodeState.STOPPED, true).state("validator-1", NodeState.READY, true);
        leavesOutBlobs(12);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingUnderAFault() {
        run.at(0).fault(1, "slow links");
        leavesOutBlobs(12);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfWhatIsOnTheChainOfTheBlock() {
        run.seenByAll(block(1).slot(1).with(blob(1)));
        int last = 1;
        for (int slot = 2; slot <= 20; slot++) {
            // the first one repeats what is in a block below
            int other = 1000 + slot;
            run.at(slot)
                    .observed("validator-1", block(other).on(last).slot(slot).with(empty(slot)));
            run.seenByAll(block(slot).slot(slot).with(blob(1), empty(slot)));
            made("validator-0", slot, slot);
            made("validator-1", other, slot);
            last = slot;
        }
        run.driveUntil(21);
        assertThat(texts()).isEmpty();
    }
}
