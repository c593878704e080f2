package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.id;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.client.TestingClient.Proposal;
import org.junitnomos.topology.NodeState;

/** Two nodes: the first one takes a transaction in slot 1. */
class KeptTransactionsTests {
    private final RecordedRun run = new RecordedRun(2, 0).driveFrom(0);
    private final Map<String, List<Proposal>> made = new LinkedHashMap<>();

    private void made(String node, int number, int... transactions) {
        made.computeIfAbsent(node, name -> new ArrayList<>()).add(new Proposal(id(number), number, number));
        var recorded = block(number).slot(number);
        for (int transaction : transactions) {
            recorded = recorded.with(empty(transaction));
        }
        run.seenByAll(recorded);
    }

    private List<String> texts() {
        return new KeptTransactions(new RunFacts(run), new Proposals(made)).texts();
    }

    /** The other one makes all blocks but those in which the transactions are. */
    private void leaveOut(int until) {
        made("validator-1", 1);
        run.accepted(1, "validator-0");
        for (int slot = 2; slot < until; slot++) {
            made("validator-1", slot);
        }
        made("validator-0", until, 1);
    }

    @Test
    void namesANodeWhoseTransactionsOthersLeaveOut() {
        leaveOut(12);
        assertThat(texts())
                .containsExactly("  validator-0 does not seem to pass on transactions: those that it took are in 1"
                        + " blocks, all of which it made itself, and 8 blocks of others before these leave them out");
    }

    @Test
    void claimsNothingOfAFewBlocks() {
        leaveOut(7);
        assertThat(texts()).isEmpty();
    }

    @Test
    void holdsWhereAnotherNodeHasOneInABlock() {
        leaveOut(12);
        run.at(12).accepted(2, "validator-0");
        made("validator-1", 13, 2);
        assertThat(texts()).isEmpty();
    }

    @Test
    void namesANodeThatPassesOnNothingAnyMore() {
        leaveOut(12);
        run.at(12).accepted(2, "validator-0");
        made("validator-1", 13, 2);
        run.at(13).accepted(3, "validator-0");
        for (int slot = 14; slot < 24; slot++) {
            made("validator-1", slot);
        }
        made("validator-0", 24, 3);
        assertThat(texts())
                .containsExactly("  validator-0 does not seem to pass on transactions: those that it took lately are in"
                        + " 1 blocks, all of which it made itself, and 8 blocks of others before these leave them out");
    }

    @Test
    void claimsNothingOfBlocksOfANodeThatLostItsPool() {
        run.at(0).state("validator-1", NodeState.STOPPED, true).state("validator-1", NodeState.READY, true);
        leaveOut(12);
        assertThat(texts()).isEmpty();
    }

    @Test
    void claimsNothingOfWhatWasTakenUnderAFault() {
        run.at(1).fault(1, "isolate");
        leaveOut(12);
        assertThat(texts()).isEmpty();
    }
}
