package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.chaos.PartitionShape;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.realnode.StandIns;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.testkit.NeedsNetAdmin;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;

/** Scenarios as users write them, on programs that stand in for real nodes and are named by settings alone. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RealNodesExtensionTests {
    private static final String[] PAYMENTS_PASS = {
        "run 20 s on 2 validators, process SUCCESSFUL",
        "expect consensus liveness SUCCESSFUL",
        "expect transaction inclusion SUCCESSFUL",
        "expect safety SUCCESSFUL",
        "expect no unexpected restarts SUCCESSFUL"
    };

    private static final String[] BLOBS_PASS = {
        "run 25 s on 1 validator, 2 executors, process SUCCESSFUL",
        "expect consensus liveness SUCCESSFUL",
        "expect blob inclusion SUCCESSFUL",
        "expect retrievability SUCCESSFUL"
    };

    @TempDir
    Path directory;

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    private StandIns standIns;

    @Topology(validators = 2, slot = "1s", securityParameter = 5)
    @Wallets(2)
    @RunFor(value = "20s", cooldown = "5s")
    @ExpectConsensusLiveness
    @ExpectInclusion(withinBlocks = 15)
    @ExpectSafety
    @ExpectNoUnexpectedRestarts
    static class Payments {
        @ScenarioTest
        void arrive(RunContext run, Genesis genesis) throws InterruptedException {
            for (Wallet wallet : genesis.wallets()) {
                var back =
                        new LedgerTx(List.of(wallet.genesisNote()), List.of(new Note(wallet.value(), wallet.owner())));
                run.submit(run.sign(MantleTx.of(List.of(), back), wallet));
            }
        }
    }

    @Topology(validators = 1, executors = 2, slot = "1s", securityParameter = 5)
    @DataAvailability(blobRate = 1)
    @RunFor(value = "25s", cooldown = "8s")
    @ExpectConsensusLiveness
    @ExpectBlobInclusion
    @ExpectRetrievability
    static class Blobs {
        @ScenarioTest
        void canBeHad() {}
    }

    @Topology(validators = 1, slot = "1s")
    @RunFor(value = "6s", cooldown = "1s")
    @ExpectNoUnexpectedRestarts
    static class Panicking {
        @ScenarioTest
        void losesAService() throws IOException {
            Files.createFile(panicNow(Path.of(System.getProperty("nomos.node.bin"))));
        }

        /** The file for which the service waits to panic. */
        static Path panicNow(Path program) {
            return program.resolveSibling("panic-now");
        }
    }

    @Topology(validators = 1, slot = "200ms")
    @RunFor(value = "2s", cooldown = "1s")
    static class ShortSlots {
        @ScenarioTest
        void areRefused(RunContext run) {}
    }

    @Topology(validators = 2, slot = "1s")
    @ClockSkew(node = "validator-1", ahead = "1s")
    @RunFor(value = "2s", cooldown = "1s")
    static class Skewed {
        @ScenarioTest
        void isRefused(NodeControl nodes) {}
    }

    @Topology(validators = 2, slot = "1s")
    @Defect(node = "validator-1", name = "never-leads")
    @RunFor(value = "6s", cooldown = "1s")
    static class Adversary {
        @ScenarioTest
        void isRefused() {}
    }

    @Topology(validators = 2, slot = "1s", layout = NetworkLayout.FULL)
    @Links(latency = "1ms", jitter = "0s")
    @Partition(shape = PartitionShape.ISOLATE_LEADER, at = "6s", duration = "12s") // whom its log shows
    @RunFor(value = "50s", cooldown = "4s")
    @ExpectHeightConvergence
    @ExpectRecovery
    static class Parted {
        @ScenarioTest
        void forGood() {}
    }

    @Topology(validators = 2, slot = "1s")
    @RunFor(value = "20s", cooldown = "6s")
    @ExpectConsensusLiveness
    @ExpectHeightConvergence
    static class Joined {
        @ScenarioTest
        void follows(RunContext run, Cluster cluster, NodeControl nodes) throws InterruptedException {
            String newcomer = nodes.add(NodeRole.VALIDATOR).targets().get(0);
            while (cluster.node(newcomer).client().cryptarchiaInfo().height() < 3) {
                run.clock().sleepSlots(1);
            }
        }
    }

    @Topology(validators = 2, executors = 1)
    @RunFor("10s")
    static class Plain {
        @ScenarioTest
        void runs() {}
    }

    @BeforeEach
    void install() throws IOException {
        standIns = StandIns.in(Files.createDirectory(directory.resolve("bin")));
    }

    private NomosTestKit here() {
        return kit().with("nomos.directory", directory.toString());
    }

    private NomosTestKit real() {
        properties.set("nomos.nodes", "real");
        return here().with("nomos.backend", "process");
    }

    private NomosTestKit standIns() {
        standIns.settings().forEach(properties::set);
        return real();
    }

    private String firstLine(String run) throws IOException {
        return Files.readAllLines(directory.resolve(run).resolve("1/journal.jsonl"), StandardCharsets.UTF_8)
                .get(0);
    }

    @Test
    @TestLimit(120)
    void paymentsPassAndTheFirstLineNamesTheSystem() throws IOException {
        assertThat(standIns().execute(Payments.class).tests()).containsExactly(PAYMENTS_PASS);
        assertThat(firstLine("RealNodesExtensionTests.Payments.arrive"))
                .contains(
                        "nomos-node (" + standIns.node() + ", sha256 ",
                        "circuits v0.0.0-stand-in of " + standIns.circuits(),
                        "Blend in Broadcast mode");
    }

    @Test
    @TestLimit(180)
    void blobsPass() {
        assertThat(standIns().execute(Blobs.class).tests()).containsExactly(BLOBS_PASS);
    }

    @Test
    @TestLimit(120)
    void aServiceThatDiedIsNamedByAnExpectationAndInTheJournal() throws IOException {
        standIns.nodes(List.of("--panic=the wallet lost its way", "--when=" + Panicking.panicNow(standIns.node())));

        var outcome = standIns().execute(Panicking.class);

        assertThat(outcome.failureOf("expect no unexpected restarts"))
                .hasMessageContainingAll(
                        "validator-0: lives on, but a part of it ended by itself at",
                        "a part of it panicked: \"the wallet lost its way\"",
                        "system under test: nomos-node (" + standIns.node());
        assertThat(directory.resolve("RealNodesExtensionTests.Panicking.losesAService/1/journal.jsonl"))
                .content()
                .contains("\"validator-0\",\"state\":\"impaired\",\"intended\":false");
    }

    @Test
    void whatRealNodesCannotDoIsRefusedBeforeAnythingStarts() {
        assertThat(standIns().execute(ShortSlots.class).failureOf("areRefused"))
                .hasMessageContaining(
                        "The slot is 200 ms, but real nodes only work with whole seconds, 1 s or more (node"
                                + " contract 3.1). Let slots last 1 s, or run the scenario on dev nodes with nomos.nodes=dev.");
        assertThat(standIns().execute(Skewed.class).failureOf("isRefused"))
                .hasMessageContainingAll(
                        "a backend with clock skew: backend 'process' has",
                        "; real nodes have no testing port that takes faults, as dev nodes have (nomos.nodes=dev)");
    }

    @Test
    void faultsOfLinksAreRefusedWithTheReasonWhereNothingCarriesWhatNodesSend() {
        properties.set("nomos.process.relays", "off");

        assertThat(standIns().execute(Parted.class).failureOf("forGood"))
                .hasMessageContainingAll(
                        "a backend with partition: backend 'process' has node control, pause, membership, overlay,",
                        "; the setting 'nomos.process.relays' is off, so there are no relays",
                        "a backend with link quality: ");
    }

    @Test
    @NeedsNetAdmin
    @TestLimit(180)
    void aPartitionThatRealNodesDoNotRecoverFromIsAFailureThatSaysSo() {
        standIns.nodes(List.of("--udp=5000"));

        var outcome = standIns().execute(Parted.class);

        String lost = "connected with 0 of the 1 running nodes it is linked with: connections that were lost by fault 1"
                + " (partition), which is healed, do not come back, because real nodes never dial again (node contract 5.2)";
        assertThat(outcome.failureOf("expect height convergence")).hasMessageContaining(lost);
        assertThat(outcome.failureOf("expect recovery")).hasMessageContaining(lost);
    }

    @Test
    @TestLimit(180)
    void nodesJoin() {
        standIns.nodes(List.of("--udp=60000"));

        assertThat(standIns().execute(Joined.class).tests())
                .containsExactly(
                        "run 20 s on 2 validators, process SUCCESSFUL",
                        "expect consensus liveness SUCCESSFUL",
                        "expect height convergence SUCCESSFUL");
    }

    @Test
    void aNodeWithADefectIsRefused() {
        assertThat(standIns().execute(Adversary.class).failureOf("isRefused"))
                .hasMessageContaining("a backend with defects");
    }

    @Test
    void onOtherBackendsRealNodesAreRefused() {
        properties.set("nomos.nodes", "real");

        assertThat(here().execute(Plain.class).failureOf("run"))
                .hasMessageContaining(
                        "Setting 'nomos.nodes' is \"real\", but backend 'embedded' runs dev nodes, or what its"
                                + " image has. Set nomos.backend=process, container or kubernetes for real nodes, or leave 'nomos.nodes' out.");
    }

    @Test
    void aProgramAloneChangesNothingOnEmbeddedAndTheFirstLineSaysSo() throws IOException {
        properties.set("nomos.node.bin", standIns.node().toString());

        var outcome = here().execute(Plain.class);

        assertThat(outcome.tests()).containsExactly("run 10 s on 2 validators, 1 executor, embedded SUCCESSFUL");
        assertThat(firstLine("RealNodesExtensionTests.Plain.runs"))
                .contains(
                        "dev node (simulated, rules 2025-12), not the program of nomos.node.bin, which backend 'process' runs");
    }

    @Test
    void everythingThatIsMissingIsOneReason() throws IOException {
        Files.delete(standIns.executor());
        Files.delete(standIns.parameters());

        assertThat(standIns().execute(Plain.class).failureOf("run"))
                .hasMessageContainingAll(
                        "backend 'process' cannot run here: real nodes lack",
                        "\n  - program of executors: " + standIns.executor() + " does not exist",
                        "\n  - parameters of KZG, without which no node starts: " + standIns.parameters()
                                + " does not exist");
    }

    @Test
    void realNodesAreTheDefaultOnceAProgramIsNamed() {
        properties.set("nomos.nodes", ""); // as good as not set
        properties.set("nomos.node.bin", standIns.node().toString());
        var deployer = Deployers.load().find("process");
        assertThat(deployer.systemUnderTest()).startsWith("nomos-node (" + standIns.node());
        assertThat(deployer.capabilities())
                .contains(Capability.NODE_CONTROL, Capability.PAUSE, Capability.MEMBERSHIP, Capability.OVERLAY)
                .doesNotContain(Capability.CLOCK_SKEW, Capability.SHARES, Capability.KINDER_NODES);
        properties.set("nomos.process.relays", "off");
        assertThat(deployer.capabilities())
                .containsExactly(
                        Capability.NODE_CONTROL,
                        Capability.PAUSE,
                        Capability.MEMBERSHIP,
                        Capability.OVERLAY,
                        Capability.UPGRADE);

        properties.set("nomos.nodes", "dev");
        assertThat(deployer.systemUnderTest()).isEqualTo("dev node (simulated, rules 2025-12)");
    }

    @Test
    void aCommandOfOnesOwnAndRealNodesContradictEachOther() {
        properties.set("nomos.process.command", "org.example.Command");
        standIns();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deployers.load().find("process").systemUnderTest())
                .withMessage(
                        "Settings 'nomos.process.command' and 'nomos.nodes' both say what runs as a node, expected one of"
                                + " them. Leave the other out.");
    }

    /** The programs themselves, where they are. */
    @Nested
    @EnabledIfEnvironmentVariable(
            named = "NOMOS_NODE_BIN",
            matches = ".+",
            disabledReason =
                    "real nodes are tested where NOMOS_NODE_BIN names one; docs/real-nodes.md has what it needs")
    class OfThisMachine {
        @Test
        @TestLimit(120)
        void takePayments() {
            assertThat(real().execute(Payments.class).tests()).containsExactly(PAYMENTS_PASS);
        }

        @Test
        @TestLimit(180)
        void keepBlobs() {
            assertThat(real().execute(Blobs.class).tests()).containsExactly(BLOBS_PASS);
        }
    }
}
