package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.runner.EmbeddedRuns.judged;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.DevNode;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.journal.Verdict;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NodeRule;

/** A run whose chain was ended by a rule of the node says which; one without a rule says that. */
class MetRulesTests {
    @TempDir
    Path directory;

    private RunResult run(ScenarioRunner.Body body, NodeRule... without) {
        var scenario = Scenario.builder()
                .name("rules")
                .validators(3)
                .securityParameter(2)
                .withoutRules(without)
                .expect(new ConsensusLiveness())
                .runFor(Duration.ofMinutes(6))
                .build();
        return new EmbeddedRuns(directory).run(scenario, DevNode::new, body);
    }

    private static String failure(RunResult result, Verdict verdict) {
        return String.valueOf(judged(result, "consensus liveness", verdict).failure());
    }

    private static void inscribe65000Bytes(RunContext run) throws Exception {
        run.clock().sleep(Duration.ofSeconds(60));
        run.client("validator-1").submit(new TestGenesis(1, 1).inscribe(0, 65_000));
    }

    private static void stopAllForThreeEpochs(RunContext run) throws Exception {
        run.clock().sleep(Duration.ofSeconds(60));
        for (var node : run.scenario().topology().nodes()) {
            run.control().stop(node.name());
        }
        run.clock().sleepSlots(60);
        for (var node : run.scenario().topology().nodes()) {
            run.control().start(node.name());
        }
    }

    @Test
    void aChainThatEndsByOneTransactionIsSaidTo() {
        assertThat(failure(run(MetRulesTests::inscribe65000Bytes), Verdict.FAILED))
                .containsPattern(
                        "\n  rule of the node: block-size, so the chain did not go on: validator-0\\.log:\\d+ and 2 other"
                                + " nodes");
    }

    @Test
    void aChainThatEndsInSilenceIsSaidTo() {
        assertThat(failure(run(MetRulesTests::stopAllForThreeEpochs), Verdict.FAILED))
                .containsPattern(
                        "\n  rule of the node: silent-epochs, so the chain did not go on: validator-0\\.log:\\d+ and 2 other"
                                + " nodes\n");
    }

    @Test
    void aRunOnNodesWithoutAConfigurationOfTheirOwnSaysSo() {
        var scenario = Scenario.builder()
                .name("overlay")
                .overlay("all: {a: 1}")
                .runFor(Duration.ofSeconds(4))
                .build();

        assertThat(new EmbeddedRuns(directory).run(scenario, DevNode::new).systemUnderTest())
                .isEqualTo("dev node (simulated, rules 2025-12); the plan's overlay changes nothing");
    }

    @Test
    void aRunOnKinderNodesSaysSo() {
        var result = run(MetRulesTests::inscribe65000Bytes, NodeRule.BLOCK_SIZE, NodeRule.SILENT_EPOCHS);

        judged(result, "consensus liveness", Verdict.PASSED);
        assertThat(result.systemUnderTest())
                .isEqualTo("dev node (simulated, rules 2025-12) without block-size and silent-epochs");
    }
}
