package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.container.offline.DevNodeImage;
import org.junitnomos.deploy.program.ProgramClasses;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.TinyImage;

/** What containers have of their own, on a real engine. */
@NeedsDocker
class ContainerDeployerTests {
    private static final String DEV_NODE = "org.junitnomos.devnode.program.DevNodeMain";

    @TempDir
    Path directory;

    private ClusterRun run;
    private DockerClient engine;

    @BeforeEach
    void begin() {
        run = new ClusterRun(directory);
        engine = Engines.connect(Engine.find());
    }

    @AfterEach
    void end() throws IOException {
        run.close();
        engine.close();
    }

    private static ContainerDeployer deployer(String... settings) {
        var properties = new TreeMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return new ContainerDeployer(
                Session.ofThisJvm(),
                ContainerSettings.read(properties, System.getenv()),
                () -> ConnectedEngine.connect(Engine.find(), EngineWatch.LIMIT));
    }

    private List<Container> containersOf(String session) {
        return engine.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Set.of(Entry.SESSION_LABEL + "=" + session))
                .exec();
    }

    private String idOf(String node) {
        return containersOf(Session.ofThisJvm().id()).stream()
                .filter(container -> container.getNames()[0].startsWith("/nomos-" + node + "-"))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    @Test
    void isFoundByItsName() {
        var deployer = Deployers.load().find("container");

        assertThat(deployer).isInstanceOf(ContainerDeployer.class);
        assertThat(deployer.systemUnderTest()).isEqualTo("dev node (simulated, rules 2025-12)");
        assertThat(deployer.requirement().isMet()).isTrue();
        assertThat(deployer.capabilities())
                .contains(Capability.NODE_CONTROL, Capability.PAUSE, Capability.MEMBERSHIP, Capability.PARTITION)
                .doesNotContain(Capability.VIRTUAL_TIME);
    }

    @Test
    void nodesHaveNoRightsAndALimit() throws Exception {
        try (var cluster = run.deploy(deployer("nomos.container.memory", "300m", "nomos.container.cpus", "1.5"), 1)) {
            var container = engine.inspectContainerCmd(idOf("validator-0")).exec();
            var host = container.getHostConfig();

            assertThat(cluster.nodes()).hasSize(1);
            assertThat(container.getConfig().getUser()).isNotBlank().isNotIn("0", "root", "0:0");
            assertThat(host.getReadonlyRootfs()).isTrue();
            assertThat(host.getCapDrop()).isNotEmpty();
            assertThat(host.getSecurityOpts()).contains("no-new-privileges");
            assertThat(host.getPrivileged()).isFalse();
            assertThat(host.getMemory()).isEqualTo(300L * 1024 * 1024);
            assertThat(host.getNanoCPUs()).isEqualTo(1_500_000_000L);
            assertThat(host.getPortBindings().getBindings().values())
                    .allSatisfy(bindings -> assertThat(bindings)
                            .allSatisfy(
                                    binding -> assertThat(binding.getHostIp()).isEqualTo("127.0.0.1")));
        }
        assertThat(containersOf(Session.ofThisJvm().id())).isEmpty();
    }

    @Test
    void keepsConfigurationAndTheLogFromItsFirstByteInTheDirectoryOfTheRun() throws Exception {
        try (var cluster = run.deploy(deployer(), 2)) {
            assertThat(run.nodeDirectory("validator-1").resolve("config.yaml"))
                    .content()
                    .contains("\"leader_key\"", "validator-0=10.");
            assertThat(cluster.node("validator-1").log()).contains(run.log("validator-1"));
            run.await(
                    "it said where it listens",
                    () -> Files.readString(run.log("validator-1")).contains("Node validator-1 (pid 1) listens on"));
        }
        assertThat(run.log("validator-1")).content().contains("Started with 1 peers", "Ended.");
    }

    @Test
    void namesANodeThatTheKernelKilledForMemory() throws Exception {
        var deployer = deployer("nomos.container.memory", "20MiB");

        assertThatThrownBy(() -> run.deploy(deployer, 1).close())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("validator-0")
                .hasMessageContaining(
                        "exit code 137, SIGKILL; cause: the kernel killed it because memory ran out (limit of"
                                + " the container: 20 MiB); fix: raise 'nomos.container.memory'");
        assertThat(run.states)
                .anySatisfy(state -> assertThat(state)
                        .startsWith(
                                "validator-0 DEAD unintended: exit code 137, SIGKILL; cause: the kernel killed it"));
        assertThat(containersOf(Session.ofThisJvm().id())).isEmpty();
    }

    @Test
    void tellsOfAContainerThatSomebodyElseRemoved() throws Exception {
        try (var cluster = run.deploy(deployer(), 2)) {
            engine.removeContainerCmd(idOf("validator-1")).withForce(true).exec();

            run.await("the death is told", () -> run.states.stream().anyMatch(state -> state.contains("DEAD")));
            assertThat(cluster.node("validator-1").isRunning()).isFalse();
            assertThatThrownBy(() -> cluster.control().start("validator-1"))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Node 'validator-1' cannot be started from image")
                    .hasMessageContaining("No such container");
        }
    }

    @Test
    void namesAnImageThatIsNotThere() {
        var never = deployer("nomos.container.image", "nomos.example/none:1", "nomos.container.pull", "never");
        var missing = deployer("nomos.container.image", "nomos.example/none:1");

        assertThatThrownBy(() -> run.deploy(never, 1))
                .isInstanceOf(DeploymentException.class)
                .hasMessageMatching("Backend 'container' cannot start nodes: the engine at \\S+ has no image"
                        + " 'nomos\\.example/none:1', and 'nomos\\.container\\.pull' is 'never'\\. Load it"
                        + " \\(docker load, docker pull\\), or allow to pull it");
        assertThatThrownBy(() -> run.deploy(missing, 1))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("image 'nomos.example/none:1' cannot be pulled: ")
                .hasMessageEndingWith(". Correct 'nomos.container.image', load the image into the engine (docker load),"
                        + " or see to it that the engine reaches its registry");
    }

    @Test
    void namesWhatIsMissingInAnImage() throws Exception {
        TinyImage.provide(engine);
        var nothing = deployer("nomos.container.image", TinyImage.NAME);
        var wrong = deployer("nomos.container.image", TinyImage.NAME, "nomos.container.entry-point", "/bin/nothing");

        assertThatThrownBy(() -> run.deploy(nothing, 1))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Backend 'container' cannot start nodes: image '" + TinyImage.NAME + "' has no entry point."
                        + " Set 'nomos.container.entry-point' to the program that runs a dev node, or"
                        + " 'nomos.container.command' to the class that says what to run");
        assertThatThrownBy(() -> run.deploy(wrong, 1))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Node 'validator-0' cannot be started from image '" + TinyImage.NAME + "': ")
                .hasMessageContaining("/bin/nothing")
                .hasMessageContaining("The program is not in the image: correct 'nomos.container.command',");
        assertThat(containersOf(Session.ofThisJvm().id())).isEmpty();
    }

    @Test
    void buildsTheImageOnABaseImageAndUsesItAgain() throws Exception {
        run.deploy(deployer("nomos.container.base-image", "none"), 1).close(); // the engine has that image now
        String base = DevNodeImage.prepare().reference();
        var onBase = deployer("nomos.container.base-image", base);

        String image;
        try (var cluster = run.deploy(onBase, 1)) {
            image = engine.inspectContainerCmd(idOf("validator-0"))
                    .exec()
                    .getConfig()
                    .getImage();
            assertThat(cluster.node("validator-0").client().cryptarchiaInfo().height())
                    .isNotNegative();
        }
        try {
            assertThat(image).matches("junit-nomos/dev-node:[0-9a-f]{12}-[0-9a-f]{12}");
            var built = engine.inspectImageCmd(image).exec();
            assertThat(built.getConfig().getUser()).isEqualTo("10001:10001");
            assertThat(built.getConfig().getEntrypoint()).startsWith("java").endsWith(ProgramClasses.DEV_NODE);
            try (var cluster = run.deploy(onBase, 1)) {
                assertThat(engine.inspectContainerCmd(idOf("validator-0"))
                                .exec()
                                .getImageId())
                        .isEqualTo(built.getId());
                assertThat(cluster.nodes()).allMatch(NodeHandle::isRunning);
            }
        } finally {
            engine.removeImageCmd(image).exec();
        }
    }

    @Test
    void namesABaseImageThatIsNotThere() {
        assertThatThrownBy(() -> run.deploy(deployer("nomos.container.base-image", "nomos.example/jre:1"), 1))
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith(
                        "Backend 'container' cannot start nodes: image 'nomos.example/jre:1' cannot be" + " pulled: ");
    }

    @Test
    void reachesEachNodeAtPortsOfItsOwnAfterARestart() throws Exception {
        try (var cluster = run.deploy(deployer(), 2)) {
            cluster.control().restart("validator-0");

            assertThat(cluster.nodes())
                    .extracting(node -> node.client().endpoint().api().getPort())
                    .doesNotHaveDuplicates();
            assertThat(cluster.nodes()).allMatch(NodeHandle::isRunning);
        }
    }

    private List<String> addressesOf(String node) {
        return engine.inspectContainerCmd(idOf(node)).exec().getNetworkSettings().getNetworks().values().stream()
                .map(network -> String.valueOf(network.getIpAddress()))
                .toList();
    }

    @Test
    void anIsolatedNodeIsOffTheNetworkOfTheNodesUntilItIsHealed() throws Exception {
        try (var cluster = run.deploy(deployer(), 3)) {
            var addresses = addressesOf("validator-1");
            assertThat(addresses).hasSize(2);

            var proof = cluster.control().isolate("validator-1");
            assertThat(addressesOf("validator-1")).hasSize(1);
            assertThat(addressesOf("validator-0")).hasSize(2);
            assertThat(cluster.node("validator-1").client().networkInfo().peers())
                    .isZero();
            cluster.control().restart("validator-1");
            assertThat(addressesOf("validator-1")).hasSize(1);
            cluster.control().heal(proof);

            assertThat(addressesOf("validator-1")).containsExactlyInAnyOrderElementsOf(addresses);
            assertThat(cluster.node("validator-1").client().networkInfo().peers())
                    .isEqualTo(2);
        }
    }

    private String join(ClusterNetwork network, String image, String... command) {
        String container = engine.createContainerCmd(image)
                .withHostConfig(HostConfig.newHostConfig().withNetworkMode(network.getId()))
                .withAliases("application")
                .withEntrypoint(command)
                .exec()
                .getId();
        engine.startContainerCmd(container).exec();
        return container;
    }

    @Test
    void containersOfOthersFindNodesByName() throws Exception {
        try (var cluster = run.deploy(deployer(), 2)) {
            var network = ClusterNetwork.of(cluster);
            var node = cluster.node("validator-1");
            assertThat(node.innerUrl()).hasToString("http://validator-1:8080");
            var image = engine.inspectContainerCmd(idOf("validator-1")).exec();
            var command = new ArrayList<>(List.of(image.getConfig().getEntrypoint()));
            var lookUp = command.subList(0, command.indexOf(DEV_NODE));
            lookUp.addAll(List.of("org.junitnomos.devnode.program.NameLookupMain", "validator-1"));
            String application = join(network, image.getImageId(), lookUp.toArray(String[]::new));
            try {
                assertThat(engine.waitContainerCmd(application)
                                .exec(new WaitContainerResultCallback())
                                .awaitStatusCode())
                        .isZero();
            } finally {
                engine.removeContainerCmd(application).withForce(true).exec();
            }
        }
    }

    @Test
    void aContainerThatIsStillOnTheNetworkLosesItAndGoesOn() throws Exception {
        TinyImage.provide(engine);
        String application = "";
        try {
            String network;
            try (var cluster = run.deploy(deployer(), 1)) {
                network = ClusterNetwork.of(cluster).getId();
                application = join(ClusterNetwork.of(cluster), TinyImage.NAME, TinyImage.COMMAND);
            }
            assertThat(engine.listNetworksCmd().exec())
                    .noneMatch(each -> each.getId().equals(network));
            assertThat(engine.inspectContainerCmd(application).exec().getState().getRunning())
                    .isTrue();
        } finally {
            engine.removeContainerCmd(application).withForce(true).exec();
        }
    }

    @Test
    void twoTestJvmsDoNotDisturbEachOther() throws Exception {
        var jvms = new ArrayList<ChildJvm>();
        try {
            for (String name : List.of("one", "other")) {
                Path own = Files.createDirectory(directory.resolve(name));
                jvms.add(ChildJvm.start(
                        own, List.of("-Xmx128m"), List.of(ContainerDeployMain.class.getName(), own.toString())));
            }
            var sessions = new ArrayList<String>();
            for (var jvm : jvms) {
                sessions.add(jvm.await("session "));
                jvm.await("deployed");
            }
            assertThat(sessions).doesNotHaveDuplicates();
            assertThat(sessions)
                    .allSatisfy(session -> assertThat(containersOf(session)).hasSize(2));

            jvms.get(0).say("go on");
            jvms.get(0).await("connected again");
            jvms.get(0).await("ended true");
            assertThat(containersOf(sessions.get(0))).isEmpty();
            assertThat(containersOf(sessions.get(1)))
                    .hasSize(2)
                    .allSatisfy(container -> assertThat(container.getState()).isEqualTo("running"));

            jvms.get(1).say("go on");
            jvms.get(1).await("connected again");
            jvms.get(1).await("ended true");
            assertThat(containersOf(sessions.get(1))).isEmpty();
        } finally {
            jvms.forEach(ChildJvm::close);
        }
    }
}
