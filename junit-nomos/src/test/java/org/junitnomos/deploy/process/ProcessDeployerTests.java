package org.junitnomos.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.NodeApiException;
import org.junitnomos.deploy.Capability;
import org.junitnomos.deploy.DeployRequestValues;
import org.junitnomos.deploy.Deployers;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.NodeCommand;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeLaunch;
import org.junitnomos.deploy.NodeSetup;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.time.VirtualTimeline;
import org.junitnomos.topology.NodeRole;

class ProcessDeployerTests {
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

    /** The processes of this JVM whose command line names the directory of the test. */
    private Stream<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()));
    }

    @Test
    void isFoundByItsName() {
        var deployer = Deployers.load().find("process");

        assertThat(deployer).isInstanceOf(ProcessDeployer.class);
        assertThat(deployer.systemUnderTest()).isEqualTo("dev node (simulated, rules 2025-12)");
        assertThat(deployer.requirement().isMet()).isTrue();
        assertThat(deployer.capabilities())
                .contains(Capability.NODE_CONTROL, Capability.MEMBERSHIP, Capability.PARTITION, Capability.CLOCK_SKEW)
                .doesNotContain(Capability.VIRTUAL_TIME);
        assertThat(deployer.capabilities().contains(Capability.PAUSE)).isEqualTo(Signals.canPause());
    }

    @Test
    void refusesVirtualTime() {
        try (var timeline = new VirtualTimeline()) {
            var request = new DeployRequestValues(
                    ClusterRun.topology(1),
                    1,
                    timeline,
                    directory,
                    Duration.ofSeconds(1),
                    LogLevel.INFO,
                    (node, state, intended, reason) -> {});
            assertThatThrownBy(() -> new ProcessDeployer().deploy(request))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessage("Backend 'process' runs in real time only, but the timeline is virtual. Use real time,"
                            + " or backend 'embedded'.");
        }
    }

    @Nested
    class ThatRuns {
        @Test
        void keepsConfigurationStoreAndLogInTheDirectoryOfTheRun() throws Exception {
            try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
                assertThat(run.nodeDirectory("validator-1").resolve("config.yaml"))
                        .content()
                        .contains("\"leader_key\"");
                assertThat(run.nodeDirectory("validator-1").resolve("state")).isNotEmptyDirectory();
                assertThat(cluster.node("validator-1").log()).contains(run.log("validator-1"));
                assertThat(run.log("validator-1")).content().contains("Node validator-1 (pid ", "listens on 127.0.0.1");
            }
            assertThat(run.log("validator-1")).content().contains("Ended.");
            assertThat(processes()).isEmpty();
        }

        @Test
        void tellsWhatANodeTakesOfTheMachine() throws Exception {
            assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "only Linux tells what processes take");
            try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
                var node = cluster.node("validator-1");
                var usage = node.usage().orElseThrow();

                assertThat(usage.processor()).isPositive();
                assertThat(usage.memory()).isBetween(8L << 20, 4L << 30);
                assertThat(usage.files()).isGreaterThan(3);
                assertThat(usage.threads()).isGreaterThan(3);
                assertThat(usage.disk())
                        .isGreaterThanOrEqualTo(
                                Files.size(run.nodeDirectory("validator-1").resolve("config.yaml")));
                cluster.control().stop("validator-1");
                assertThat(node.usage()).isEmpty();
            }
        }

        @Test
        void tellsAtOnceOfANodeThatSomebodyElseKilled() throws Exception {
            try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
                pidOf("validator-1").destroyForcibly();

                run.await("the death is told", () -> run.states.stream().anyMatch(state -> state.contains("DEAD")));
                assertThat(run.states)
                        .last()
                        .asString()
                        .startsWith("validator-1 DEAD unintended: exit code 137, SIGKILL");
                assertThat(cluster.node("validator-1").isRunning()).isFalse();
                assertThatThrownBy(() -> cluster.node("validator-1").client().cryptarchiaInfo())
                        .isInstanceOf(NodeApiException.class)
                        .hasMessage(
                                "/cryptarchia/info on node 'validator-1' failed: connection refused (the node is not"
                                        + " running)");
                cluster.control().start("validator-1");
                assertThat(cluster.node("validator-1").client().networkInfo().peers())
                        .isEqualTo(1);
            }
        }

        @Test
        void clientsAndPeersFollowANodeToItsNewPorts() throws Exception {
            try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
                var client = cluster.node("validator-1").client();
                var before = client.endpoint();

                cluster.control().restart("validator-1");

                assertThat(client.endpoint()).isNotEqualTo(before);
                run.await(
                        "both are connected again",
                        () -> cluster.nodes().stream()
                                .allMatch(node -> node.client().networkInfo().peers() == 1));
            }
        }

        @Test
        void pausesANodeAndLetsItGoOn() throws Exception {
            try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
                cluster.control().pause("validator-0");
                assertThat(cluster.node("validator-0").isPaused()).isTrue();
                cluster.control().resume("validator-0");
                assertThat(cluster.node("validator-0").isPaused()).isFalse();

                cluster.control().pause("validator-1");
            }
            assertThat(run.states).contains("validator-1 STOPPED: deployment closed");
            assertThat(processes()).isEmpty();
        }

        @Test
        void addsANodeThatCatchesUpAndRemovesAnother() throws Exception {
            try (var cluster = run.deploy(new ProcessDeployer(new DevNodeCommand()), 2)) {
                cluster.control().add(NodeRole.VALIDATOR);
                var added = cluster.node("validator-2").client();
                run.await(
                        "the new node has a block",
                        () -> added.cryptarchiaInfo().height() > 0);
                cluster.control().remove("validator-1");

                assertThat(cluster.nodes().stream().map(NodeHandle::name))
                        .containsExactly("validator-0", "validator-2");
                assertThat(run.nodeDirectory("validator-1")).doesNotExist();
                assertThat(run.log("validator-1")).exists();
                cluster.control().restart("validator-0");
                run.await(
                        "both are connected",
                        () -> cluster.nodes().stream()
                                .allMatch(node -> node.client().networkInfo().peers() == 1));
            }
        }

        @Test
        void runsACommandThatIsToldItsPortsBeforeAndStartsAProcessOfItsOwn() throws Exception {
            try (var cluster = run.deploy(new ProcessDeployer(new LeasedDevNodes()), 2)) {
                assertThat(cluster.systemUnderTest()).isEqualTo("dev node behind a shell");
                var before = cluster.node("validator-1").client().endpoint();
                cluster.control().restart("validator-1");
                assertThat(cluster.node("validator-1").client().endpoint()).isEqualTo(before);
                assertThatThrownBy(() -> cluster.control().isolate("validator-0"))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage(
                                "Backend 'process' does not have the capability 'partition'. Leave the action out, or"
                                        + " choose a backend that has it.");
                assertThat(cluster.control().heal().observed())
                        .isEqualTo("no fault of links or clocks was ever in force");
                cluster.control().kill("validator-0");
                assertThat(processes()
                                .filter(process ->
                                        process.info().commandLine().orElse("").contains("validator-0")))
                        .isEmpty();
            }
            assertThat(processes()).isEmpty();
        }
    }

    private ProcessHandle pidOf(String node) {
        return processes()
                .filter(process -> process.info().commandLine().orElse("").contains(node))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class ThatCannotStart {
        @Test
        void saysWhichProgramIsMissing() {
            NodeCommand missing = new NodeCommand() {
                @Override
                public String systemUnderTest() {
                    return "nothing";
                }

                @Override
                public NodeLaunch launch(NodeSetup setup) {
                    return NodeLaunch.of(List.of("/no/such/node"), "");
                }
            };

            assertThatThrownBy(() -> run.deploy(new ProcessDeployer(missing), 1))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("Node 'validator-0' cannot be started: [/no/such/node] in ")
                    .hasMessageContaining("Probable cause: ");
        }

        @Test
        void saysThatAProgramIsForAnotherMachine(@TempDir Path programs) throws IOException {
            var elf = new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 22, 0}; // s390x
            var file = Files.write(programs.resolve("node"), elf);
            assertThat(file.toFile().setExecutable(true)).isTrue();
            NodeCommand foreign = new NodeCommand() {
                @Override
                public String systemUnderTest() {
                    return "nothing";
                }

                @Override
                public NodeLaunch launch(NodeSetup setup) {
                    return NodeLaunch.of(List.of(file.toString()), "");
                }
            };

            assertThatThrownBy(() -> run.deploy(new ProcessDeployer(foreign), 1))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Probable cause: the program was built for another machine (" + file
                            + " is a program for s390x, this machine is ")
                    .hasMessageContaining("Fix: Use a build for this machine");
        }

        @Test
        void tellsTheExitCodeAndTheLogOfACommandThatEndsAtOnce() {
            var command = new ShellCommand("echo no more; exit 7");

            assertThatThrownBy(() -> run.deploy(new ProcessDeployer(command), 2))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("ended before it was ready: exit code 7: the script had enough.")
                    .hasMessageContaining("no more");
            assertThat(processes()).isEmpty();
        }

        @Test
        void failsInTimeIfNoPortIsEverOpened() {
            var command = new ShellCommand("echo waiting; sleep 600; : " + directory);

            assertThatThrownBy(() -> run.deploy(new ProcessDeployer(command), 2, Duration.ofMillis(500)))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Node 'validator-0' was not ready within 500 ms (")
                    .hasMessageContaining("it has not told its ports yet. No node is ready.")
                    .hasMessageContaining("waiting")
                    .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
            assertThat(processes()).isEmpty();
            assertThat(run.states).contains("validator-0 STOPPED: deployment closed");
        }

        @Test
        void killsACommandThatDoesNotEndAndSaysSo() {
            var stubborn = new ShellCommand("trap '' TERM; while true; do sleep 0.1; done; : " + directory);
            var deployer = new ProcessDeployer(stubborn, Duration.ofMillis(300), Session.ofThisJvm());

            assertThatThrownBy(() -> run.deploy(deployer, 1, Duration.ofMillis(500)))
                    .isInstanceOf(DeploymentException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
            assertThat(processes()).isEmpty();
            assertThat(run.states)
                    .contains("validator-0 STOPPED: deployment closed; it did not end within 300 ms and was killed");
        }

        @Test
        void killsWhatACommandStartsInItsLastMoment() {
            var restless = new ShellCommand("trap '' TERM; while true; do sleep 60 & sleep 0.01; done; : " + directory);
            var deployer = new ProcessDeployer(restless, Duration.ofMillis(50), Session.ofThisJvm());

            assertThatThrownBy(() -> run.deploy(deployer, 1, Duration.ofMillis(100)))
                    .isInstanceOf(DeploymentException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
        }

        @Test
        void tellsWhatADevNodeSaysAboutAConfigurationItRefuses() {
            NodeCommand wrong = new WrongRole();

            assertThatThrownBy(() -> run.deploy(new ProcessDeployer(wrong), 1))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("Node 'validator-0' ended before it was ready: exit code 2: wrong arguments,"
                            + " configuration or log level; its log has the key.")
                    .hasMessageContaining("The key 'role' is 'emperor', expected 'validator' or 'executor'.");
        }

        @Test
        void namesADirectoryThatCannotBeWritten() throws Exception {
            Files.writeString(directory.resolve("nodes"), "in the way");

            assertThatThrownBy(() -> run.deploy(new ProcessDeployer(new DevNodeCommand()), 1))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("The directory of the nodes cannot be created: ")
                    .hasMessageContaining("Make " + directory + " writable, or set 'nomos.directory'.");
        }
    }
}
