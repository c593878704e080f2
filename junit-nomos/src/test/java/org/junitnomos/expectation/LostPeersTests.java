package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.NodeKind;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.JournalEvent.PeersCounted;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** What is said of nodes that lost their peers and never dialed them again. */
class LostPeersTests {
    private static final String ALONE = "validator-2";
    private static final String LOST =
            ", connected with 0 of the 2 running nodes it is linked with: connections that were"
                    + " lost by fault 1 (isolate), which is healed, do not come back, because real nodes never dial again (node"
                    + " contract 5.2)";

    private final RecordedRun run = new RecordedRun(
                    Scenario.builder().validators(3).wallets(0).layout(NetworkLayout.FULL))
            .chain(RecordedRun.slots(0, 5));

    /** One node goes on beside the others, as high as they, also after the heal. */
    @BeforeEach
    void partForGood() {
        run.at(5);
        run.add(new JournalEvent.FaultRequested(
                run.clock().now().toNanos(), 1, "isolate", List.of(ALONE), "as the test says"));
        for (int number = 6; number <= 16; number++) {
            if (number == 11) {
                run.healed(1);
            }
            run.at(number - 1).observed(block(number).slot(number - 1));
            run.tip("validator-0", number).tip("validator-1", number);
            run.observed(ALONE, block(100 + number).slot(number - 1).on(number == 6 ? 5 : 99 + number));
            run.tip(ALONE, 100 + number);
        }
    }

    private void counted(String node, int peers) {
        run.add(new PeersCounted(run.clock().now().toNanos(), node, peers, peers));
    }

    private String lost(String node) {
        return new RunFacts(run).lostPeers(node);
    }

    @Test
    void convergenceNamesTheCause() {
        counted(ALONE, 0);

        assertThatThrownBy(() -> new HeightConvergence(1).evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("  validator-2: height 16 at slot 15" + LOST + ", 11 blocks on another branch");
    }

    @Test
    void whoIsAsHighAsTheOthersBesideThemHasNotRecovered() {
        var recovery = new Recovery(3, 1);
        assertThatCode(() -> recovery.evaluate(run)).doesNotThrowAnyException();

        counted(ALONE, 0);

        assertThatThrownBy(() -> recovery.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining(
                        "  validator-2: not back: it came to the height of the others, but on a branch of its"
                                + " own; at the end height 16 at slot 15" + LOST);
    }

    @Test
    void nothingIsSaidOfWhoHasAllPeersOrDidNotTell() {
        counted("validator-0", 2);

        assertThat(lost("validator-0")).isEmpty();
        assertThat(lost("validator-1")).isEmpty();
    }

    @Test
    void nodesThatAreAwayAreNotMissed() {
        run.state(ALONE, NodeState.STOPPED, true);
        counted("validator-0", 1);

        assertThat(lost("validator-0")).isEmpty();
    }

    @Test
    void ofDevNodesNoCauseIsClaimed() {
        run.add(new JournalEvent.RunStarted(0, 1, "run", 1, "process", "real", NodeKind.DEV_NODES, List.of()));
        counted("validator-0", 1);

        assertThat(lost("validator-0")).isEqualTo(", connected with 1 of the 2 running nodes it is linked with");
    }
}
