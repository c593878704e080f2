package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.deploy.external.CommandPerNode;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.topology.TopologySpec;

/** Nodes of one cluster that run by different commands. */
class ProcessUpgradeTests {
    private static final String OTHER = OtherDevNodes.class.getName();

    @TempDir
    Path directory;

    private ClusterRun run;

    @BeforeEach
    void begin() {
        run = new ClusterRun(directory);
    }

    @AfterEach
    void end() {
        run.close();
    }

    @Test
    void aNodeRunsByAnotherCommandFromThenOn() throws Exception {
        try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
            var proof = cluster.control().upgrade("validator-1", OTHER);

            assertThat(proof.targets()).containsExactly("validator-1");
            assertThat(proof.observed())
                    .startsWith("validator-1 refuses connections; validator-1 answers GET /cryptarchia/info")
                    .endsWith("; it runs dev node of another make in the place of dev node (simulated, rules 2025-12)");
            assertThat(cluster.systemUnderTest())
                    .isEqualTo("dev node (simulated, rules 2025-12); validator-1: dev node of another make");
            assertThat(cluster.node("validator-1").client().networkInfo().peers())
                    .isEqualTo(1);
        }
    }

    @Test
    void whatCannotTakeItsPlaceIsRefusedAndTheNodeGoesOn() throws Exception {
        try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
            int before = run.states.size();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.control().upgrade("validator-1", "com.example.Missing"))
                    .withMessageStartingWith(
                            "Node 'validator-1' keeps its program and is not touched: The program of node 'validator-1' is"
                                    + " \"com.example.Missing\", expected the name of a public class that implements");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.control().upgrade("validator-1", WithFewAbilities.class.getName()))
                    .withMessageContaining(
                            "has nodes that can do [], expected all that the others can do: [membership,");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cluster.control().upgrade("validator-7", OTHER))
                    .withMessage("no node 'validator-7' in [validator-0, validator-1]");

            assertThat(run.states).hasSize(before);
            assertThat(cluster.node("validator-1").isRunning()).isTrue();
            assertThat(cluster.systemUnderTest()).isEqualTo("dev node (simulated, rules 2025-12)");
        }
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void aSettingNamesTheCommandOfOneNode() {
        System.setProperty("nomos.process.command.validator-1", OTHER);
        try {
            var deployer = new ProcessDeployer();

            assertThat(deployer.systemUnderTest())
                    .isEqualTo("dev node (simulated, rules 2025-12); validator-1: dev node of another make");
            assertThat(deployer.settings()).contains("nomos.process.command", "nomos.process.command.validator-1");
            assertThat(deployer.objections(TopologySpec.of(2, 0))).isEmpty();
            assertThat(deployer.objections(TopologySpec.of(1, 0)))
                    .containsExactly("Setting 'nomos.process.command.validator-1' is about no node of the topology,"
                            + " expected one of [validator-0]. Correct its name, or leave it out.");
        } finally {
            System.clearProperty("nomos.process.command.validator-1");
        }
    }

    @Test
    void nodesOfOneClusterAreDeployedByDifferentCommands() throws Exception {
        var commands =
                new CommandPerNode(new DevNodeCommand(), new TreeMap<>(Map.of("validator-0", new OtherDevNodes())));
        try (var cluster = run.deploy(new ProcessDeployer(commands), 2)) {
            assertThat(cluster.systemUnderTest()).endsWith("; validator-0: dev node of another make");
            run.await(
                    "there are blocks",
                    () -> cluster.node("validator-1").client().cryptarchiaInfo().height() > 0);
        }
    }
}
