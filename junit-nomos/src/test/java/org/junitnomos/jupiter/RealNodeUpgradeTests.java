package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.topology.NetworkLayout;

/** Scenarios on programs of several versions, as users write them. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RealNodeUpgradeTests {
    @TempDir
    Path directory;

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    private StandIns standIns;
    private Path next;

    @Topology(validators = 3, layout = NetworkLayout.FULL, slot = "1s")
    @RunFor(value = "45s", cooldown = "8s")
    @ExpectConsensusLiveness
    @ExpectNoUnexpectedRestarts
    static class Rolling {
        @ScenarioTest
        void rollsToTheNextProgram(RunContext run, Cluster cluster, NodeControl nodes) throws InterruptedException {
            for (NodeHandle node : cluster.nodes().subList(1, 3)) {
                run.clock().sleepSlots(4);
                nodes.upgrade(
                        node.name(),
                        next(Path.of(System.getProperty("nomos.node.bin"))).toString());
                run.clock()
                        .await(
                                node.name() + " has the chain again",
                                Duration.ofSeconds(30),
                                () -> hasChain(node, cluster));
            }
        }

        private static boolean hasChain(NodeHandle node, Cluster cluster) {
            long height = node.client().cryptarchiaInfo().height();
            return cluster.nodes().stream()
                    .allMatch(other ->
                            height + 2 >= other.client().cryptarchiaInfo().height());
        }

        /** Where the next version of a program is. */
        static Path next(Path program) {
            return program.resolveSibling("next").resolve(program.getFileName());
        }
    }

    @Topology(validators = 1, slot = "1s")
    @RunFor("10s")
    static class Upgrading {
        @ScenarioTest
        void wantsAnotherProgram(NodeControl nodes) throws InterruptedException {
            nodes.upgrade("validator-0", "/opt/nomos/nomos-node");
        }
    }

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
        next = Rolling.next(standIns.node());
        Files.createDirectory(next.getParent());
        Files.copy(standIns.node(), next, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(next, "# the next version\n", java.nio.file.StandardOpenOption.APPEND);
    }

    private NomosTestKit here() {
        return kit().with("nomos.directory", directory.toString());
    }

    private NomosTestKit standIns() {
        standIns.settings().forEach(properties::set);
        properties.set("nomos.nodes", "real");
        return here().with("nomos.backend", "process");
    }

    @Test
    @TestLimit(180)
    void aClusterRollsToTheNextProgramWhileItsChainGoesOn() throws IOException {
        var outcome = standIns().execute(Rolling.class);

        assertThat(outcome.tests())
                .containsExactly(
                        "run 45 s on 3 validators, process SUCCESSFUL",
                        "expect consensus liveness SUCCESSFUL",
                        "expect no unexpected restarts SUCCESSFUL");
        Path run = directory.resolve("RealNodeUpgradeTests.Rolling.rollsToTheNextProgram/1");
        List<String> journal = Files.readAllLines(run.resolve("journal.jsonl"), StandardCharsets.UTF_8);
        assertThat(journal)
                .filteredOn(line -> line.contains("\"node-upgraded\""))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .containsPattern("\"from\":\"nomos-node \\([^ ]*/bin/nomos-node, sha256 [0-9a-f]{12}\\)\"")
                        .containsPattern("\"to\":\"nomos-node \\([^ ]*/next/nomos-node, sha256 [0-9a-f]{12}\\)\""));
        assertThat(journal)
                .filteredOn(line -> line.contains("\"kind\":\"upgrade\""))
                .hasSize(2);
        assertThat(journal.get(0)).doesNotContain("validator-1:");
        assertThat(run.resolve("report.json"))
                .content()
                .containsPattern(
                        "\"system_under_test\" ?: ?\"nomos-node .*; validator-1: nomos-node [^;]*; validator-2:"
                                + " nomos-node \\([^ ]*/next/nomos-node, sha256 ");
    }

    @Test
    @TestLimit(60)
    void aProgramOfOneNodeIsMissingByItsOwnSetting() {
        properties.set("nomos.node.bin.validator-0", directory.resolve("none").toString());

        assertThat(standIns().execute(Upgrading.class).failureOf("run"))
                .hasMessageContainingAll(
                        "real nodes lack",
                        "\n  - program of validator-0: " + directory.resolve("none") + " does not exist",
                        "NOMOS_NODE_BIN_VALIDATOR_0 must name nomos-node");
    }

    @Test
    void aProgramOfANodeThatIsNotThereIsRefused() {
        properties.set("nomos.node.bin.executor-0", next.toString());

        assertThat(standIns().execute(Upgrading.class).failureOf("wantsAnotherProgram"))
                .hasMessageContaining(
                        "Setting 'nomos.node.bin.executor-0' is about no node of the topology, expected one"
                                + " of [validator-0]. Correct its name, or leave it out.");
    }

    @Test
    void nodesInThisJvmHaveNoProgram() {
        assertThat(here().execute(Upgrading.class).failureOf("run 10 s on 1 validator, embedded"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Backend 'embedded' does not have the capability 'upgrade'.");

        properties.set("nomos.node.bin.validator-0", next.toString());

        assertThat(here().execute(Upgrading.class).failureOf("wantsAnotherProgram"))
                .hasMessageContaining("Setting 'nomos.node.bin.validator-0' names a program of one node, but backend"
                        + " 'embedded' runs dev nodes, or what its image has. Set nomos.backend=process and"
                        + " nomos.nodes=real for real nodes, or leave the setting out.");
    }
}
