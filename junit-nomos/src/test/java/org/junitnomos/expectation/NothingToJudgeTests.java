package org.junitnomos.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.journal.RunPhase;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.topology.NodeState;
import org.opentest4j.AssertionFailedError;

/** With nothing to judge the expectations of load and blobs are inconclusive, and say what was missing. */
class NothingToJudgeTests {
    private record Case(String name, RecordedRun run) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Expectation> expectations() {
        return List.of(
                new TransactionInclusion(),
                new BlobInclusion(),
                new Dispersal(),
                new Retrievability(),
                new HistoricSampling(),
                new AvailabilityRecovery(),
                new ChannelOrder());
    }

    private static RecordedRun run() {
        return new RecordedRun(3, 1);
    }

    private static RecordedRun stopped(RecordedRun run) {
        for (int i = 0; i < 3; i++) {
            run.log("validator-" + i, Path.of("unused")).state("validator-" + i, NodeState.STOPPED, true);
        }
        return run;
    }

    private static RecordedRun withBlob(RecordedRun run, boolean isFinal) {
        run.driveFrom(0);
        var blobs = new BlobEvents(run);
        blobs.disperse(1);
        run.chain(RecordedRun.slots(1, 4));
        blobs.include(1, 3, 3);
        if (isFinal) {
            blobs.makeFinal(1, 3);
        }
        return run;
    }

    private static List<Case> cases() {
        return List.of(
                new Case("an empty journal", run()),
                new Case("a block only", run().chain(1)),
                new Case("a phase only", run().driveFrom(0)),
                new Case("a cut only", cut(run())),
                new Case("a death only", run().state("validator-0", NodeState.DEAD, false)),
                new Case("all nodes stopped", stopped(run().driveFrom(0)).driveUntil(200)),
                new Case(
                        "all nodes stopped after some blocks",
                        stopped(run().chain(1, 2, 3)).driveUntil(200)),
                new Case(
                        "an account of nothing delivered",
                        run().add(new JournalEvent.LoadDelivered(
                                0, "transactions", "transactions", 5, 0, 0, Map.of("no node was running", 5L)))));
    }

    private static RecordedRun cut(RecordedRun run) {
        return run.add(new JournalEvent.PhaseEnded(0, RunPhase.DRIVE, "the test body failed: no"));
    }

    static Stream<Arguments> everyExpectationInEveryCase() {
        return expectations().stream()
                .flatMap(expectation -> cases().stream().map(each -> arguments(expectation, each)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyExpectationInEveryCase")
    void isInconclusive(Expectation expectation, Case nothing) {
        assertThatThrownBy(() -> expectation.evaluate(nothing.run))
                .isInstanceOf(InconclusiveException.class)
                .extracting(Throwable::getMessage)
                .satisfies(text -> assertThat(text).containsPattern("^(no|most) [a-z ]+"));
    }

    static Stream<Arguments> whatWasMissing() {
        return Stream.of(
                arguments(new TransactionInclusion(), run(), "no transaction was submitted: no block was seen"),
                arguments(
                        new TransactionInclusion(),
                        run().chain(1),
                        "no transaction was submitted: neither a workload nor the test body has one on record"),
                arguments(
                        new TransactionInclusion(),
                        cases().get(7).run,
                        "no transaction was submitted: no node was running (5)"),
                arguments(new BlobInclusion(), run(), "no inscription and no blob was submitted: no block was seen"),
                arguments(new Dispersal(), run(), "no blob of this run is on the chain: none was submitted"),
                arguments(
                        new Dispersal(),
                        cut(run()),
                        "no blob of this run is on the chain: none was submitted; the run was cut: the test body"
                                + " failed: no"),
                arguments(
                        new Dispersal(),
                        stopped(withBlob(run(), false)),
                        "no node tells who should hold the columns of 1 of the 1 blobs on the chain: no node runs"),
                arguments(
                        new Retrievability(),
                        withBlob(run(), false),
                        "no blob of this run became irreversible: 1 are on the chain, the chain has height 3, and no"
                                + " node tells of an irreversible block"),
                arguments(
                        new Retrievability(),
                        stopped(withBlob(run(), true)),
                        "no node runs, so none could give the 1 irreversible blobs of this run"),
                arguments(new HistoricSampling(), run(), "no blob of this run became irreversible: none was submitted"),
                arguments(
                        new HistoricSampling(),
                        stopped(withBlob(run(), true)),
                        "no node runs, so none could sample the blobs of 1 irreversible blocks"),
                arguments(new AvailabilityRecovery(), run(), "no heal could be judged: there was no fault"),
                arguments(
                        new AvailabilityRecovery(),
                        run().fault(1, "stop"),
                        "no heal could be judged: there was none that left no fault in force, 1 are in force at the"
                                + " end"),
                arguments(
                        new AvailabilityRecovery(),
                        run().fault(1, "stop").healed(1),
                        "no heal could be judged: of 1 heal that left no fault in force 1 came too shortly before"
                                + " the end; no block was seen"),
                arguments(
                        new AvailabilityRecovery(5),
                        run().fault(1, "stop").healed(1).chain(RecordedRun.slots(1, 10)),
                        "no heal could be judged: of 1 heal that left no fault in force 1 was followed by no blob, as"
                                + " none was submitted at all"),
                arguments(new ChannelOrder(), run(), "no message of a channel is on the chain: no block was seen"),
                arguments(
                        new ChannelOrder(),
                        run().chain(1, 2),
                        "no message of a channel is on the chain: none was seen in 2 blocks"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("whatWasMissing")
    void says(Expectation expectation, RecordedRun run, String missing) {
        assertThatThrownBy(() -> expectation.evaluate(run))
                .isInstanceOf(InconclusiveException.class)
                .hasMessage(missing);
    }

    @Test
    void aNodeThatEndedByItselfIsAProblemOfSampling() {
        var run = withBlob(run(), true).state("validator-1", NodeState.DEAD, false);

        assertThatThrownBy(() -> new HistoricSampling().evaluate(run))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("expected every node to find the blobs of 1 irreversible blocks but 1 of the nodes"
                        + " ended by itself:\n"
                        + "  validator-1 ended by itself at 6.5 s: as the test says");
    }
}
