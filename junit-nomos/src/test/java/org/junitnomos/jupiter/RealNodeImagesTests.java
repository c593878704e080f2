package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import com.github.dockerjava.api.DockerClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.deploy.container.offline.StandInImage;
import org.junitnomos.mantle.LedgerTx;
import org.junitnomos.mantle.MantleTx;
import org.junitnomos.mantle.Note;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.OwnProperties;
import org.junitnomos.testkit.TestLimit;

/** Scenarios as users write them, on nodes of images. */
@NeedsDocker
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RealNodeImagesTests {
    private static final String NEXT = "org.junitnomos.tests.next-image";

    @TempDir
    Path directory;

    @RegisterExtension
    final OwnProperties properties = new OwnProperties();

    @Topology(validators = 2, slot = "1s", securityParameter = 5)
    @Wallets(2)
    @RunFor(value = "30s", cooldown = "5s")
    @ExpectInclusion(withinBlocks = 15)
    @ExpectNoUnexpectedRestarts
    static class Upgraded {
        @ScenarioTest
        void goesOn(RunContext run, Genesis genesis, NodeControl nodes) throws InterruptedException {
            for (Wallet wallet : genesis.wallets()) {
                var back =
                        new LedgerTx(List.of(wallet.genesisNote()), List.of(new Note(wallet.value(), wallet.owner())));
                run.submit(run.sign(MantleTx.of(List.of(), back), wallet));
            }
            run.clock().sleepSlots(12);
            nodes.upgrade("validator-1", System.getProperty(NEXT));
        }
    }

    private NomosTestKit inContainers() {
        properties.set("nomos.nodes", "real");
        return kit().with("nomos.directory", directory.toString()).with("nomos.backend", "container");
    }

    @Test
    @TestLimit(240)
    void aNodeIsUpgradedToAnotherImageAndJournalAndVerdictNameBoth() throws Exception {
        DockerClient client = Engines.connect(Engine.find());
        String first = new StandInImage(Files.createDirectory(directory.resolve("first"))).load(client);
        String next = new StandInImage(Files.createDirectory(directory.resolve("next")))
                .with("--upgraded")
                .load(client);
        try {
            properties.set("nomos.container.image", first);
            properties.set(NEXT, next);

            var outcome = inContainers().execute(Upgraded.class);

            assertThat(outcome.tests())
                    .containsExactly(
                            "run 30 s on 2 validators, container SUCCESSFUL",
                            "expect transaction inclusion SUCCESSFUL",
                            "expect no unexpected restarts SUCCESSFUL");
            Path run = directory.resolve("RealNodeImagesTests.Upgraded.goesOn/1");
            assertThat(Files.readAllLines(run.resolve("journal.jsonl"), StandardCharsets.UTF_8))
                    .filteredOn(line -> line.contains("\"node-upgraded\""))
                    .singleElement()
                    .asString()
                    .containsPattern(
                            "\"from\":\"/usr/bin/nomos-node of image '" + first + "' \\(sha256 [0-9a-f]{12}\\)\"")
                    .containsPattern(
                            "\"to\":\"/usr/bin/nomos-node of image '" + next + "' \\(sha256 [0-9a-f]{12}\\)\"");
            assertThat(run.resolve("report.json"))
                    .content()
                    .contains(
                            "real nodes of image '" + first + "' (sha256 ",
                            "; validator-1: /usr/bin/nomos-node of image '" + next);
        } finally {
            client.removeImageCmd(first).exec();
            client.removeImageCmd(next).exec();
            client.close();
        }
    }

    @Test
    void anImageMustBeNamed() {
        assertThat(inContainers().execute(Upgraded.class).failureOf("run"))
                .hasMessageContaining(
                        "real nodes lack\n  - image with nomos-node: not set. Set NOMOS_TESTNET_IMAGE to its"
                                + " reference");
    }

    /** The programs themselves, in the image that there is. */
    @Nested
    @EnabledIfEnvironmentVariable(
            named = "NOMOS_TESTNET_IMAGE",
            matches = ".+",
            disabledReason = "real nodes in containers are tested where NOMOS_TESTNET_IMAGE names their image;"
                    + " docs/real-nodes.md has what it needs")
    class OfThisEngine {
        @Test
        @TestLimit(180)
        void takePayments() {
            assertThat(inContainers()
                            .execute(RealNodesExtensionTests.Payments.class)
                            .tests())
                    .allMatch(test -> test.endsWith("SUCCESSFUL"));
        }

        @Test
        @TestLimit(240)
        void keepBlobs() {
            assertThat(inContainers()
                            .execute(RealNodesExtensionTests.Blobs.class)
                            .tests())
                    .allMatch(test -> test.endsWith("SUCCESSFUL"));
        }
    }
}
