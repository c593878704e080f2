package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.nft.Nft;
import org.junitnomos.deploy.process.ProcessDeployer;
import org.junitnomos.mantle.HeaderId;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.NeedsNetAdmin;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** Faults of links between programs that find and keep their peers over UDP as real nodes do, behind relays. */
@NeedsNetAdmin
@TestLimit(180)
class RelayedNodesTests {
    private static final LinkSpec FAST = new LinkSpec(Duration.ofMillis(1), Duration.ZERO, 0);

    @TempDir
    Path directory;

    private final RealTimeline timeline = new RealTimeline();
    private StandIns standIns;
    private Path run;

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
        standIns.nodes(List.of("--udp=60000")); // real ones: 10,000, which is short on a busy machine
    }

    @AfterEach
    void end() {
        timeline.close();
    }

    private Deployment deploy(int validators, NetworkLayout layout) throws Exception {
        var files = new RealNodeFiles(
                standIns.node(),
                standIns.executor(),
                new CircuitFiles(standIns.circuits()),
                standIns.parameters(),
                null,
                Map.of());
        run = Files.createTempDirectory(directory, "run");
        var topology = new TopologySpec(
                validators,
                0,
                layout,
                new ConsensusParameters(Duration.ofSeconds(1), new BigDecimal("0.9"), 50),
                new WalletSpec(0, 100),
                FAST,
                Map.of());
        return new ProcessDeployer(new RealNodeCommand(files))
                .deploy(new DeployRequestValues(
                        topology,
                        4711,
                        timeline,
                        run,
                        Duration.ofSeconds(60),
                        LogLevel.INFO,
                        (node, state, intended, reason) -> {}));
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        new PollLoop(timeline, what, Duration.ofMillis(100), Duration.ofSeconds(60)).untilTrue(condition);
    }

    private static int peers(Deployment cluster, String node) {
        return cluster.node(node).client().networkInfo().peers();
    }

    /** How many others a node hears as a member of data availability. */
    private long members(String node) throws IOException {
        Path told = run.resolve("nodes").resolve(node).resolve("members.txt");
        return Files.exists(told) ? Files.readString(told).lines().count() : 0;
    }

    private static HeaderId tip(Deployment cluster, String node) {
        return cluster.node(node).client().cryptarchiaInfo().tip();
    }

    private static long height(Deployment cluster, String node) {
        return cluster.node(node).client().cryptarchiaInfo().height();
    }

    private static boolean knows(Deployment cluster, String node, HeaderId block) {
        return cluster.node(node).client().block(block).isPresent();
    }

    @Test
    void aShortPartitionHealsAndTheRuleGoesWithTheCluster() throws Exception {
        List<String> before = Nft.ofThisMachine().tables();
        String table;
        try (var cluster = deploy(3, NetworkLayout.FULL)) {
            await("all are connected", () -> peers(cluster, "validator-2") == 2);

            var proof = cluster.control().partition(List.of(List.of("validator-2")));

            assertThat(proof.observed())
                    .matches("2 links down in the relays: \\[validator-0 <-> validator-2, validator-1 <-> validator-2];"
                            + " since then they dropped [1-9][0-9]* datagrams? and let 0 pass; the rule of table \\S+ kept"
                            + " [1-9][0-9]* datagrams from going past the relays; peers now: validator-0 2 by .*");
            table = proof.observed().replaceAll(".* table (\\S+) .*", "$1");
            await("the node that is alone has no peer left", () -> peers(cluster, "validator-2") == 0);
            // leaders of one slot make the same block, so both sides may have the same first ones
            await(
                    "it goes on alone",
                    () -> !knows(cluster, "validator-0", tip(cluster, "validator-2"))
                            && !knows(cluster, "validator-2", tip(cluster, "validator-1")));

            var healed = cluster.control().heal(proof);

            assertThat(healed.observed())
                    .matches("2 links up in the relays: .*; while that was cut they dropped [1-9][0-9]* datagrams; the"
                            + " rule of .*; peers now: .*");
            await("all are connected again", () -> peers(cluster, "validator-2") == 2);
            await("all are on one chain", () -> {
                var tip = tip(cluster, "validator-0");
                return knows(cluster, "validator-2", tip) && knows(cluster, "validator-1", tip);
            });
        }
        assertThat(before).doesNotContain(table);
        assertThat(Nft.ofThisMachine().tables()).doesNotContain(table);
    }

    @Test
    void aLongPartitionNeverHealsAndTheProofSaysSo() throws Exception {
        standIns.nodes(List.of("--udp=6000"));
        try (var cluster = deploy(2, NetworkLayout.FULL)) {
            await("both are connected", () -> peers(cluster, "validator-1") == 1);
            cluster.control().cut("validator-0", "validator-1");
            timeline.sleep(Duration.ofSeconds(8));

            var healed = cluster.control().heal();

            assertThat(healed.observed())
                    .contains(
                            "1 link up in the relays: [validator-0 <-> validator-1]; every clock is as deployed",
                            "and nothing passes yet between [validator-0 <-> validator-1]: a connection that was silent"
                                    + " for too long is lost, and nobody dials again (node contract 5.2)",
                            "peers now: validator-0 0 by 0 connections, validator-1 0 by 0 connections");
        }
    }

    @Test
    void aLayoutIsEnforcedAndLinksAreAsThePlanSays() throws Exception {
        try (var cluster = deploy(3, NetworkLayout.STAR)) {
            await("the hub has both", () -> peers(cluster, "validator-0") == 2);
            assertThat(peers(cluster, "validator-1")).isOne();
            assertThat(peers(cluster, "validator-2")).isOne();

            var proof = cluster.control()
                    .link(
                            "validator-0",
                            "validator-1",
                            new LinkSpec(Duration.ofMillis(200), Duration.ofMillis(50), 100));

            assertThat(proof.observed())
                    .startsWith("1 link with latency 200 ms, jitter 50 ms, loss 100 per mille in the relays:"
                            + " [validator-0 <-> validator-1]; the rule of table ");
            long height = height(cluster, "validator-1");
            await("blocks go on", () -> height(cluster, "validator-1") > height + 2);
            assertThat(peers(cluster, "validator-2")).isOne();
        }
    }

    @Test
    void aLayoutKeepsNoMemberFromAnotherAndAPartitionDoes() throws Exception {
        try (var cluster = deploy(3, NetworkLayout.STAR)) {
            await(
                    "all members hear each other",
                    () -> members("validator-0") == 2 && members("validator-1") == 2 && members("validator-2") == 2);
            assertThat(peers(cluster, "validator-1")).isOne();

            var proof = cluster.control().partition(List.of(List.of("validator-2")));

            assertThat(proof.observed())
                    .startsWith(
                            "1 link down in the relays: [validator-0 <-> validator-2]; they carry no data availability"
                                    + " either between [validator-1 <-> validator-2], which have no link; since then they dropped")
                    .contains(" and let 0 pass; ");
            await("the one that is alone hears nobody", () -> members("validator-2") == 0);
            await("the others hear each other alone", () -> members("validator-0") == 1 && members("validator-1") == 1);

            var healed = cluster.control().heal(proof);

            assertThat(healed.observed())
                    .contains("they carry data availability again between [validator-1 <-> validator-2], which have no"
                            + " link; while that was cut they dropped ");
            await("all members hear each other again", () -> members("validator-2") == 2);
        }
    }

    @Test
    void aNodeThatJoinsFollowsAndLeavesForGood() throws Exception {
        try (var cluster = deploy(2, NetworkLayout.FULL)) {
            var joined = cluster.control().add(NodeRole.VALIDATOR);

            assertThat(joined.targets()).containsExactly("validator-2");
            assertThat(joined.observed())
                    .startsWith("validator-2 answers GET /cryptarchia/info: height ")
                    .endsWith("and is connected with 2 of its 2 peers");
            await(
                    "it follows",
                    () -> height(cluster, "validator-2") > 3
                            && knows(cluster, "validator-0", tip(cluster, "validator-2")));
            assertThat(cluster.node("validator-2").client().devControl().proposals())
                    .isEmpty();

            cluster.control().restart("validator-1");
            await("the one that was restarted has both others", () -> peers(cluster, "validator-1") == 2);
            var left = cluster.control().remove("validator-2");

            assertThat(left.observed()).startsWith("validator-2 ").doesNotContain("no node that answers");
            await("nobody has it any more", () -> peers(cluster, "validator-0") == 1);
            assertThat(cluster.nodes()).hasSize(2);
        }
    }

    @Test
    void whatRelaysCannotDoIsRefused() throws Exception {
        try (var cluster = deploy(1, NetworkLayout.FULL)) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> cluster.control().skewClock("validator-0", Duration.ofSeconds(1)))
                    .withMessage(
                            "Backend 'process' does not have the capability 'clock skew': real nodes have no testing"
                                    + " port that takes faults, as dev nodes have (nomos.nodes=dev). Leave the action out, or"
                                    + " choose a backend that has it.");
        }
    }
}
