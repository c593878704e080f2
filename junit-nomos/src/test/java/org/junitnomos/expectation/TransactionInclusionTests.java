package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitnomos.expectation.RecordedBlock.block;
import static org.junitnomos.expectation.RecordedRun.empty;
import static org.junitnomos.expectation.RecordedRun.hash;

import org.junit.jupiter.api.Test;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.Scenario;
import org.opentest4j.AssertionFailedError;

class TransactionInclusionTests {
    private final TransactionInclusion inclusion = new TransactionInclusion();

    @Test
    void holdsWhenEveryAcceptedTransactionIsOnTheChainInTime() {
        var run = new RecordedRun(2, 1).at(0).accepted(1, "validator-0").accepted(2, "validator-1");
        run.seenByAll(block(1).slot(1).with(empty(1)))
                .seenByAll(block(2).slot(2).with(empty(2)));

        assertThatCode(() -> inclusion.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void namesEachTransactionThatIsMissingWithNodeTimeAndHeight() {
        var run = new RecordedRun(2, 1).at(0).accepted(1, "validator-0").accepted(2, "validator-1");
        run.seenByAll(block(1).slot(1).with(empty(1)));
        for (int i = 1; i < 12; i++) {
            run.seenByAll(block(i + 1).slot(i + 1));
        }

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith(
                        "expected every accepted transaction on the chain within 10 blocks but 1 of 2 were not:")
                .hasMessageContaining(hash(2).toHex()
                        + ": accepted by validator-1 at 500 ms (height 0), not on the chain at height 12")
                .hasMessageEndingWith("(submitted 2, accepted 2, refused none, too young to judge 0)");
    }

    @Test
    void failsForATransactionThatCameTooLate() {
        var run = new RecordedRun(1, 1).at(0).accepted(1, "validator-0");
        for (int i = 0; i < 14; i++) {
            run.seenByAll(
                    block(i + 1).slot(i + 1).with(i == 11 ? new JournalEvent.TransactionSummary[] {empty(1)} : none()));
        }

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .hasMessageContaining("on the chain at height 12, 12 blocks later");
    }

    @Test
    void leavesOutTransactionsThatWereAcceptedNearTheEnd() {
        var run = new RecordedRun(1, 1)
                .at(0)
                .accepted(1, "validator-0")
                .seenByAll(block(1).slot(1).with(empty(1)));
        run.accepted(2, "validator-0").seenByAll(block(2).slot(2));

        assertThatCode(() -> inclusion.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void isInconclusiveWhenAllAreTooYoung() {
        var run = new RecordedRun(1, 1).seenByAll(block(1).slot(1)).accepted(1, "validator-0");

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageStartingWith("no transaction could be judged: 1 were accepted less than 10 blocks before");
    }

    @Test
    void countsBlocksFromTheEndOfAFaultOfTheNetwork() {
        var run = new RecordedRun(1, 1).at(0).accepted(1, "validator-0").fault(1, "partition");
        for (int i = 0; i < 12; i++) {
            run.seenByAll(block(i + 1).slot(i + 1));
        }
        run.healed(1).seenByAll(block(13).slot(13).with(empty(1)));

        assertThatCode(() -> inclusion.evaluate(run)).doesNotThrowAnyException();
    }

    @Test
    void failsWhenNothingWasAcceptedAndSaysWhy() {
        var run = new RecordedRun(1, 1).seenByAll(block(1).slot(1));
        run.add(new JournalEvent.TransactionSubmitted(0, hash(1), "validator-0", "transactions", 1))
                .add(new JournalEvent.TransactionRejected(0, hash(1), "validator-0", 422, "bad signature"));

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .hasMessage("expected accepted transactions but there was none: 1 submitted, refused: {422 bad"
                        + " signature=1}");
    }

    @Test
    void acceptsAShareThatIsLargeEnough() {
        var run = new RecordedRun(1, 1).at(0).accepted(1, "validator-0").accepted(2, "validator-0");
        run.seenByAll(block(1).slot(1).with(empty(1)));
        for (int i = 1; i < 12; i++) {
            run.seenByAll(block(i + 1).slot(i + 1));
        }

        assertThatCode(() -> new TransactionInclusion(10, 50).evaluate(run)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new TransactionInclusion(10, 51).evaluate(run))
                .hasMessageStartingWith("expected 51 % of the accepted transactions on the chain");
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(Scenario.builder().expect(new TransactionInclusion(0, 0))::build)
                .hasMessageContaining("transaction inclusion: withinBlocks is 0, expected at least 1 block")
                .hasMessageContaining("transaction inclusion: percent is 0, expected 1 to 100 percent");
    }

    @Test
    void takesAPlanWhoseBodySubmitsWhatIsJudged() {
        assertThatCode(Scenario.builder().expect(inclusion)::build).doesNotThrowAnyException();
    }

    @Test
    void saysThatNobodySubmittedAnything() {
        assertThatThrownBy(() -> inclusion.evaluate(new RecordedRun(1, 1).seenByAll(block(1).slot(1))))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage("no transaction was submitted: neither a workload nor the test body has one on record");
    }

    @Test
    void saysOfALateTransactionThatItWasSubmittedTooEarly() {
        var run = new RecordedRun(2, 1).at(0).accepted(1, "validator-0");
        run.add(new JournalEvent.DependentSubmitted(1, hash(2), hash(1), "own load"))
                .accepted(2, "validator-1");
        run.seenByAll(block(1).slot(1).with(empty(1)));
        for (int i = 1; i < 12; i++) {
            run.seenByAll(block(i + 1).slot(i + 1));
        }

        assertThatThrownBy(() -> inclusion.evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("1 of the 1 late ones was submitted before what it builds on was in a block,"
                        + " and a node keeps such a one only if its id is larger (node contract 3.5)");
    }

    private static JournalEvent.TransactionSummary[] none() {
        return new JournalEvent.TransactionSummary[0];
    }
}
