package org.junitnomos.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs the scenarios that chains die of: each fails, and a text says of what. */
class DeathsTests {
    @TempDir
    Path directory;

    private List<String> failures(Class<?> scenario) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(scenario))
                .configurationParameter("nomos.directory", directory.toString())
                .configurationParameter("nomos.progress", "off")
                .configurationParameter("nomos.seed", "4711")
                .configurationParameter("nomos.backend", "embedded")
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse(""))
                .toList();
    }

    @Test
    void tooManyPendingBytesEndTheChain() {
        assertThat(failures(TooManyPendingBytes.class))
                .singleElement()
                .asString()
                .contains("rule of the node: block-size, so the chain did not go on: validator-");
    }

    @Test
    void aLateRestartOfAllEndsTheChain() {
        assertThat(failures(LateRestartOfAll.class))
                .singleElement()
                .asString()
                .contains("rule of the node: silent-epochs, so the chain did not go on: validator-");
    }

    @Test
    void restartsTooCloseTogetherLoseTheChain() {
        assertThat(failures(RestartsTooClose.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("rule of the node: restart, so the chain before it is given up: validator-"));
    }

    @Test
    void aLongPartitionNeverHeals() {
        assertThat(failures(LongPartition.class))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .containsPattern(
                                "it is on another branch since height [0-9]+ and takes its block of height [0-9]+ for"
                                        + " final, which no node ever leaves \\(k = 3\\)"));
    }

    @Test
    void dependentTransactionsAreLost() {
        assertThat(failures(DependentTransactions.class))
                .singleElement()
                .asString()
                .containsPattern("transaction inclusion: [0-9] of the [0-9] late ones? w(as|ere) submitted before what"
                        + " (it|they) builds? on was in a block");
    }
}
