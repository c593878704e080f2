package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.Entry;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.EngineProxy;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.testkit.Unmet;

/** A real engine that goes away, or hangs, while nodes run in its containers. */
@NeedsDocker
@TestLimit(120)
class EngineLossTests {
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final String MUTE =
            " has not answered for 6 s; see whether it is overloaded or stopped (docker info)";

    @TempDir
    Path directory;

    private Path sockets;
    private EngineProxy proxy;
    private Session session;
    private ClusterRun run;

    @BeforeEach
    void begin() throws IOException {
        var engine = Objects.requireNonNull(Engine.find().address());
        if (!engine.isUnix()) {
            throw Unmet.unmet("needs a Docker engine at a Unix socket, but " + engine + " is none");
        }
        sockets = Files.createTempDirectory("nomos-loss"); // the path of a socket is short
        proxy = new EngineProxy(sockets.resolve("engine.sock"), engine);
        session = Session.at(directory.resolve("session"));
        run = new ClusterRun(directory.resolve("run"));
    }

    /** What the engine was lost for is removed once it is back. */
    @AfterEach
    void end() throws IOException {
        if (session == null) {
            return; // the test was skipped
        }
        String label = Entry.SESSION_LABEL + "=" + session.id();
        proxy.giveBack();
        run.close();
        session.close();
        proxy.close();
        Files.delete(sockets);
        try (var engine = Engines.connect(Engine.find())) {
            assertThat(engine.listContainersCmd()
                            .withShowAll(true)
                            .withLabelFilter(List.of(label))
                            .exec())
                    .isEmpty();
            assertThat(engine.listNetworksCmd()
                            .withFilter("label", List.of(label))
                            .exec())
                    .isEmpty();
            assertThat(engine.listVolumesCmd()
                            .withFilter("label", List.of(label))
                            .exec()
                            .getVolumes())
                    .isEmpty();
        }
    }

    private String named() {
        return "the engine at " + proxy.address();
    }

    private ContainerDeployer deployer(Runnable onceConnected) {
        var search = new EngineSearch(Map.of("DOCKER_HOST", proxy.address()), directory, directory.resolve("none"));
        return new ContainerDeployer(
                session, ContainerSettings.read(Map.of("nomos.container.base-image", "none"), Map.of()), () -> {
                    var connected = ConnectedEngine.connect(Engine.find(search, LIMIT), LIMIT);
                    onceConnected.run();
                    return connected;
                });
    }

    @Test
    void oneThatStopsIsNamedAsTheCauseAtOnce() throws Exception {
        var cluster = run.deploy(deployer(() -> {}), 1);

        assertThat(cluster.lost()).isEmpty();
        proxy.cut();

        run.await("the death is told", () -> run.states.stream().anyMatch(state -> state.contains("DEAD")));
        assertThat(run.states.get(run.states.size() - 1))
                .startsWith("validator-0 DEAD unintended: the connection to " + named() + " was lost (")
                .endsWith("); see whether it still runs (docker info)");
        assertThat(cluster.lost())
                .hasValueSatisfying(reason ->
                        assertThat(run.states.get(run.states.size() - 1)).endsWith(" unintended: " + reason));
        assertThatThrownBy(cluster::close)
                .isInstanceOf(DeploymentException.class)
                .hasMessageStartingWith("Deployment 'container' left 4 things behind: container 'validator-0 at "
                        + proxy.address() + "' may still be there: its engine cannot be asked; network 'network 10.")
                .hasMessageContaining("; volume 'validator-0 at ");
    }

    @Test
    void oneThatHangsIsNamedAsTheCauseWithinItsLimit() throws Exception {
        var cluster = run.deploy(deployer(() -> {}), 2);

        proxy.mute();

        assertThatThrownBy(() -> cluster.control().stop("validator-0"))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Node 'validator-0' cannot be stopped: " + named() + MUTE + ".");
        assertThatThrownBy(cluster::close)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("Node 'validator-0' cannot be stopped: " + named() + MUTE + ";")
                .hasMessageContaining("container 'validator-1 at " + proxy.address()
                        + "' may still be there: its engine cannot be asked;");
    }

    @Test
    void oneThatHangsWhileTheClusterIsDeployedIsNamed() throws Exception {
        assertThatThrownBy(() -> run.deploy(deployer(proxy::mute), 1))
                .isInstanceOf(DeploymentException.class)
                .hasMessage("Backend 'container' cannot start nodes: " + named() + MUTE);
    }
}
