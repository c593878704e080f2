package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.journal.JournalEvent.TransactionSummary;
import org.junitnomos.mantle.NoteId;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeState;

/** How many blocks liveness expects follows the stake of nodes, and the wallets that they know. */
class StakeLivenessTests {
    private final ConsensusLiveness liveness = new ConsensusLiveness();

    private static RecordedRun withoutTheFirst(int... stake) {
        return new RecordedRun(Scenario.builder().validators(4).layout("full").stake(stake))
                .driveFrom(0)
                .state("validator-0", NodeState.STOPPED, true)
                .chain(2, 17, 31)
                .driveUntil(40);
    }

    @Test
    void expectsFewBlocksOfNodesWithLittleStake() {
        assertThatThrownBy(() -> liveness.evaluate(withoutTheFirst(97, 1, 1, 1)))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith("too few slots to judge: 40 slots");
    }

    @Test
    void expectsManyBlocksOfTheNodesWithTheStake() {
        assertThatThrownBy(() -> liveness.evaluate(withoutTheFirst(1, 33, 33, 33)))
                .hasMessageContaining("new blocks in 40 slots (1.333 min) but saw 3");
    }

    /** Two nodes and fifty wallets that both know: 0.98 blocks a slot, while nothing is spent, and 0.48 afterwards. */
    private static RecordedRun wallets() {
        return new RecordedRun(Scenario.builder()
                        .validators(2)
                        .layout("full")
                        .wallets(50)
                        .walletsKnown(true))
                .driveFrom(0);
    }

    @Test
    void expectsBlocksOfWalletsThatNodesKnow() {
        assertThatThrownBy(() -> liveness.evaluate(halfOfTheSlots(List.of())))
                .hasMessageContaining("expected at least 48 new blocks in 60 slots (2 min) but saw 30")
                .hasMessageContaining("(58.0 blocks are expected of 60 slots;");
    }

    @Test
    void expectsNoBlocksOfNotesThatWereSpent() {
        var spent = wallets().cluster().genesis().wallets().stream()
                .map(Wallet::genesisNote)
                .toList();

        assertThatCode(() -> liveness.evaluate(halfOfTheSlots(spent))).doesNotThrowAnyException();
        assertThatThrownBy(() -> liveness.evaluate(halfOfTheSlots(spent.subList(0, 10))))
                .hasMessageContaining("expected at least ");
    }

    private static RecordedRun halfOfTheSlots(List<NoteId> spentInTheFirst) {
        var run = wallets();
        var payment = new TransactionSummary(RecordedRun.hash(1), spentInTheFirst, List.of(), 0, List.of());
        for (int i = 0; i < 30; i++) {
            run.seenByAll(i == 0 ? block(1).with(payment) : block(i + 1).slot(2 * i));
        }
        return run.driveUntil(60);
    }
}
