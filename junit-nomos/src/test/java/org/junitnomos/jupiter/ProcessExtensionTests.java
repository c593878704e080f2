package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.process.OtherDevNodes;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.topology.NodeRule;
import org.opentest4j.AssertionFailedError;

/** The extension on backend process: the same classes in real time, each node a process. */
class ProcessExtensionTests {
    @TempDir
    Path directory;

    // a node that begins at genesis is late for the end of ten seconds, if the machine is busy; contract tests have it
    @Topology(validators = 3, slot = "200ms", securityParameter = 20, withoutRules = NodeRule.RESTART)
    @Wallets(4)
    @Transactions(rate = 1, users = 2, judged = false)
    @RunFor(value = "10s", cooldown = "2s")
    @ExpectConsensusLiveness
    @ExpectSafety
    @ExpectNoUnexpectedRestarts
    static class RestartScenario {
        @ScenarioTest
        void survivesOneRestart(RunContext run, NodeControl nodes) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(2));
            nodes.restart("validator-1");
        }
    }

    @Topology(validators = 2, slot = "200ms")
    @RunFor(value = "4s", cooldown = "1s")
    @ExpectNoUnexpectedRestarts
    static class KilledFromOutside {
        @ScenarioTest
        void losesANode(Cluster cluster) {
            var log = cluster.node("validator-1").log().orElseThrow().toString();
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info()
                            .commandLine()
                            .orElse("")
                            .contains(log.substring(0, log.length() - ".log".length()) + "/"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    private NomosTestKit processes() {
        return kit().with("nomos.directory", directory.toString()).with("nomos.backend", "process");
    }

    @Test
    void runsAnAnnotatedScenarioInRealTime() {
        assertThat(processes().execute(RestartScenario.class).tests())
                .containsExactly(
                        "run 10 s on 3 validators, process SUCCESSFUL",
                        "expect consensus liveness SUCCESSFUL",
                        "expect safety SUCCESSFUL",
                        "expect no unexpected restarts SUCCESSFUL");
    }

    @Test
    void namesANodeThatWasKilledFromOutside() throws Exception {
        var outcome = processes().execute(KilledFromOutside.class);

        assertThat(outcome.failureOf("expect no unexpected restarts"))
                .hasMessageContaining("validator-1")
                .hasMessageContaining("exit code 137, SIGKILL");
        var run = directory
                .resolve("ProcessExtensionTests.KilledFromOutside.losesANode")
                .resolve("1");
        assertThat(Files.readString(run.resolve("journal.jsonl")))
                .contains("\"validator-1\",\"state\":\"dead\",\"intended\":false");
        assertThat(run.resolve("nodes/validator-1.log")).isNotEmptyFile();
        assertThat(run.resolve("nodes/validator-1/config.yaml")).isNotEmptyFile();
    }

    @Topology(validators = 1, slot = "200ms")
    @RunFor(value = "1s", cooldown = "0s")
    static class OnOtherNodes {
        @Test
        void fails(Cluster cluster) {
            throw new AssertionFailedError("planted");
        }
    }

    @Test
    void aReplayRunsTheSameNodesOrIsRefused() {
        var command = OtherDevNodes.class.getName();
        System.setProperty("nomos.process.command", command);
        try {
            assertThat(processes()
                            .execute(OnOtherNodes.class)
                            .failureOf("fails")
                            .getSuppressed()[0])
                    .hasMessageContaining(" -Dnomos.process.command=" + command + " ")
                    .hasMessageContaining(" -Dnomos.replay.on='process; dev node of another make");
        } finally {
            System.clearProperty("nomos.process.command");
        }

        var elsewhere = processes().with("nomos.replay.on", "process; dev node of another make");
        assertThat(elsewhere.execute(OnOtherNodes.class).failureOf("fails"))
                .hasStackTraceContaining("system under test was 'dev node of another make', here it is 'dev node (")
                .hasStackTraceContaining("Nothing was started.");
    }
}
