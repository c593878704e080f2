package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.NodeStateListener;
import org.junitnomos.deploy.process.ProcessDeployer;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeState;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Programs of different versions in one cluster. */
@TestLimit(120)
class RealNodeVersionsTests {
    @TempDir
    Path directory;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final RealTimeline timeline = new RealTimeline();
    private StandIns standIns;
    private Path next;

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
        next = Files.createDirectory(directory.resolve("next")).resolve("nomos-node");
        Files.copy(standIns.node(), next, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(next, Files.readString(next).replace("exec ", "echo the next version\nexec "));
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private Deployment deploy(TopologySpec topology, Map<String, Path> programs) throws Exception {
        var files = new RealNodeFiles(
                standIns.node(),
                null,
                new CircuitFiles(standIns.circuits()),
                standIns.parameters(),
                null,
                new TreeMap<>(programs));
        var listener = new NodeStateListener() {
            @Override
            public void onState(String node, NodeState state, boolean intended, String reason) {
                heard.add(node + " " + state);
            }

            @Override
            public void onUpgrade(String node, String from, String to) {
                heard.add(node + " from " + from + " to " + to);
            }
        };
        return new ProcessDeployer(new RealNodeCommand(files))
                .deploy(new DeployRequestValues(
                        topology,
                        4711,
                        timeline,
                        directory.resolve("run"),
                        Duration.ofSeconds(60),
                        LogLevel.INFO,
                        listener));
    }

    private static TopologySpec validators(int count) {
        return new TopologySpec(
                count,
                0,
                NetworkLayout.STAR,
                new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 5),
                WalletSpec.NONE,
                LinkSpec.DEFAULT,
                Map.of());
    }

    private String log(String node) throws IOException {
        return Files.readString(directory.resolve("run/nodes/" + node + ".log"));
    }

    @Test
    void aNodeHasAProgramOfItsOwn() throws Exception {
        try (var cluster = deploy(validators(2), Map.of("validator-1", next))) {
            assertThat(log("validator-1")).contains("the next version");
            assertThat(log("validator-0")).doesNotContain("the next version");
            assertThat(cluster.systemUnderTest())
                    .matches(
                            "nomos-node \\(.*/bin/nomos-node, sha256 [0-9a-f]{12}\\), circuits .*; Blend in Broadcast mode;"
                                    + " validator-1: nomos-node \\(.*/next/nomos-node, sha256 [0-9a-f]{12}\\)");
        }
    }

    @Test
    void aNodeIsStartedAgainWithAnotherProgramAndKeepsIt() throws Exception {
        try (var cluster = deploy(validators(2), Map.of())) {
            heard.clear();

            var proof = cluster.control().upgrade("validator-1", next.toString());

            assertThat(proof.observed())
                    .matches(
                            "validator-1 refuses connections; validator-1 answers GET /cryptarchia/info.*; it runs nomos-node"
                                    + " \\(.*/next/nomos-node, sha256 [0-9a-f]{12}\\) in the place of nomos-node"
                                    + " \\(.*/bin/nomos-node, sha256 [0-9a-f]{12}\\)");
            assertThat(heard.get(0)).isEqualTo("validator-1 STOPPED");
            assertThat(heard.get(1))
                    .matches("validator-1 from nomos-node \\(.*/bin/nomos-node, sha256 [0-9a-f]{12}\\) to nomos-node"
                            + " \\(.*/next/nomos-node, sha256 [0-9a-f]{12}\\)");
            assertThat(heard.get(2)).isEqualTo("validator-1 SPAWNED");
            assertThat(cluster.systemUnderTest()).contains("; validator-1: nomos-node (" + next);

            cluster.control().restart("validator-1");

            assertThat(log("validator-1").split("the next version", -1)).hasSize(3);
        }
    }

    @Test
    void whatAProgramLacksIsFoundBeforeTheNodeIsStopped() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no program");
        Path foreign = Files.write(directory.resolve("foreign"), foreignProgram());
        assertThat(foreign.toFile().setExecutable(true)).isTrue();
        try (var cluster = deploy(validators(1), Map.of())) {
            heard.clear();

            assertRefused(cluster, directory.resolve("missing"), "program of validator-0: ", "does not exist");
            assertRefused(cluster, text, text + " has no permission to execute", "chmod +x");
            assertRefused(cluster, foreign, foreign + " is a program for s390x");
            assertRefused(
                    cluster,
                    standIns.executor(),
                    standIns.executor() + " --check-config refuses",
                    "Error: da_network.backend: missing field `validator_settings`");

            assertThat(heard).isEmpty();
            assertThat(cluster.node("validator-0").isRunning()).isTrue();
            assertThat(cluster.systemUnderTest()).doesNotContain("validator-0");
            assertThat(cluster.node("validator-0").client().cryptarchiaInfo().height())
                    .isNotNegative();
        }
    }

    private static void assertRefused(Deployment cluster, Path program, String... texts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.control().upgrade("validator-0", program.toString()))
                .withMessageStartingWith("Node 'validator-0' keeps its program and is not touched: ")
                .withMessageContainingAll(texts);
    }

    /** The head of a program for s390x, on which no test runs. */
    private static byte[] foreignProgram() {
        byte[] head = new byte[64];
        byte[] magic = {0x7f, 'E', 'L', 'F', 2, 2, 1};
        System.arraycopy(magic, 0, head, 0, magic.length);
        head[19] = 22;
        return head;
    }
}
