package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.container.offline.DevNodeImage;
import org.junitnomos.deploy.container.offline.ImageConfig;
import org.junitnomos.deploy.external.DevNodeConfigFile;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;

/** Nodes from an image whose entry point is of no use, by a command that says what runs in it. */
@NeedsCluster
@TestLimit(180)
class OwnImageTests {
    private final TestCluster cluster = TestCluster.get();

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

    /**
     * Nodes without a testing port, behind a wrapper.
     *
     * @param script runs the program, which the next arguments name
     */
    record Wrapped(String script, List<String> program) implements NodeCommand {
        @Override
        public String systemUnderTest() {
            return "my node";
        }

        @Override
        public NodeLaunch launch(NodeSetup setup) throws IOException {
            var command = new ArrayList<>(List.of("/bin/sh", "-c", script, "wrapper"));
            command.addAll(program);
            command.add(setup.config().toString());
            var environment = new LinkedHashMap<String, String>();
            environment.put("GREETING", "a $(PRICE)");
            String text = new DevNodeConfigFile("state", "0.0.0.0", "-", null, false).text(setup);
            return new NodeLaunch(command, environment, List.of(), text, false);
        }

        @Override
        public String meaning(int exitCode) {
            return exitCode == 7 ? "it met a dragon" : "";
        }
    }

    /** The image of dev nodes, with an entry point that is not there. */
    private DevNodeImage image() throws Exception {
        var image = DevNodeImage.prepare();
        var config = image.config();
        var other = new ImageConfig(
                config.user(),
                config.workingDirectory(),
                List.of("/no/such/program"),
                config.environment(),
                config.ports(),
                config.labels());
        return new DevNodeImage(
                image.reference().replace("/dev-node:", "/own-image:"),
                image.hash(),
                image.architecture(),
                other,
                image.layers());
    }

    private Deployment deploy(String script) throws Exception {
        var image = image();
        TestCluster.load(image, directory.resolve("own-image.tar"));
        var settings = cluster.settings("image", image.reference());
        var program = new NodeProgram(
                new Wrapped(script, DevNodeImage.prepare().config().entryPoint()));
        return run.deploy(
                new KubernetesDeployer(() -> settings, () -> program, Session.ofThisJvm(), Enforcement.ofThisJvm()),
                2,
                TestCluster.READINESS);
    }

    @Test
    void runWhatACommandSays() throws Exception {
        try (var deployed = deploy("echo \"this is $GREETING, a $(echo node)\" && exec \"$@\"")) {
            assertThat(deployed.systemUnderTest()).isEqualTo("my node");
            assertThatThrownBy(() -> deployed.control().cut("validator-0", "validator-1"))
                    .isInstanceOf(UnsupportedOperationException.class);
            var node = deployed.node("validator-1").client();
            assertThat(node.endpoint().testing()).isNull();
            run.await("it has blocks", () -> node.cryptarchiaInfo().height() >= 2);
            var tip = node.cryptarchiaInfo().tip();
            deployed.control().restart("validator-1");
            assertThat(node.block(tip)).as("a block of the life before").isPresent();
        }
        assertThat(Files.readString(run.log("validator-1")).lines())
                .filteredOn(line -> line.equals("this is a $(PRICE), a node"))
                .hasSize(2);
    }

    @Test
    void tellWhatTheirExitCodeMeans() {
        assertThatThrownBy(() -> deploy("exit 7"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("exit code 7")
                .hasMessageContaining(": it met a dragon");
    }

    @Test
    void canDoWhatTheClusterDoesAndTheCommandSays() {
        var deployer = new KubernetesDeployer(
                () -> SettingSource.read(Map.of(NodeProgram.SETTING, "my.Command"), Map.of()),
                () -> new NodeProgram(new Wrapped("", List.of())),
                Session.ofThisJvm(),
                Enforcement.ofThisJvm());

        assertThat(deployer.systemUnderTest()).isEqualTo("my node");
        assertThat(deployer.capabilities()).containsExactlyInAnyOrder(Capability.PAUSE, Capability.NODE_CONTROL);
    }
}
