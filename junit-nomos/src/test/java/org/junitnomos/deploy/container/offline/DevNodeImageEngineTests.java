package org.junitnomos.deploy.container.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodePorts;
import org.junitnomos.deploy.NodeSetupValues;
import org.junitnomos.deploy.container.Engine;
import org.junitnomos.deploy.container.Engines;
import org.junitnomos.deploy.external.DevNodeConfigFile;
import org.junitnomos.settings.LogLevel;
import org.junitnomos.testkit.NeedsDocker;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.PollLoop;
import org.junitnomos.time.RealTimeline;
import org.junitnomos.topology.ConsensusParameters;
import org.junitnomos.topology.LinkSpec;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.NodeSpec;
import org.junitnomos.topology.TopologySpec;
import org.junitnomos.topology.WalletSpec;

/** The image in a real engine, with all that a careful administrator takes away. */
@NeedsDocker
@TestLimit(300)
class DevNodeImageEngineTests {
    private static final int STOPPED_BY_SIGTERM = 143;
    private static final ExposedPort API = ExposedPort.tcp(8080);

    private final RealTimeline timeline = new RealTimeline();
    private DockerClient engine;
    private String network;
    private String container;

    @BeforeEach
    void connect() {
        engine = Engines.connect(Engine.find());
    }

    @AfterEach
    void cleanUp() throws IOException {
        try (var client = engine) {
            if (container != null) {
                client.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            }
            if (network != null) {
                client.removeNetworkCmd(network).exec();
            }
        } finally {
            timeline.close();
        }
    }

    private String config() throws IOException {
        var topology = new TopologySpec(
                1,
                0,
                NetworkLayout.FULL,
                new ConsensusParameters(Duration.ofMillis(200), new BigDecimal("0.9"), 10),
                WalletSpec.NONE,
                new LinkSpec(Duration.ofMillis(1), Duration.ZERO, 0),
                new LinkedHashMap<>());
        var genesis = Genesis.derive(topology, 1);
        var setup = new NodeSetupValues(
                new NodeSpec("validator-0", NodeRole.VALIDATOR, 0),
                topology,
                genesis,
                genesis.leaders().get(0),
                List.of(),
                1,
                Instant.now(),
                LogLevel.INFO,
                false,
                Path.of(ImageConfig.DIRECTORY),
                Path.of(ImageConfig.DIRECTORY, "node.log"),
                Map.of("validator-0", new NodePorts("0.0.0.0", 8080, 8081, 3000)),
                "",
                Optional.empty());
        return new DevNodeConfigFile("state", "0.0.0.0", "node.log", null, false).text(setup);
    }

    private static InputStream tar(String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        try (var out = new TarArchiveOutputStream(bytes)) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private String create(DevNodeImage image, List<String> entryPoint) {
        String name = "nomos-image-test-" + ProcessHandle.current().pid();
        network = engine.createNetworkCmd().withName(name).exec().getId();
        return engine.createContainerCmd(image.reference())
                .withName(name)
                .withEntrypoint(entryPoint)
                .withCmd(ImageConfig.DIRECTORY + "/config.yaml")
                .withVolumes(new Volume(ImageConfig.DIRECTORY))
                .withHostConfig(new HostConfig()
                        .withNetworkMode(network)
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withMemory(384L * 1024 * 1024)
                        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), API)))
                .exec()
                .getId();
    }

    private int status(HttpClient client, String path) throws IOException, InterruptedException {
        var port = engine.inspectContainerCmd(container)
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .get(API)[0]
                .getHostPortSpec();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private void load(DevNodeImage image) throws IOException {
        try (var archive = image.openArchive()) {
            engine.loadImageCmd(archive).exec();
        }
    }

    private void start() throws IOException {
        engine.copyArchiveToContainerCmd(container)
                .withRemotePath(ImageConfig.DIRECTORY)
                .withTarInputStream(tar("config.yaml", config()))
                .exec();
        engine.startContainerCmd(container).exec();
    }

    private void awaitAnswer() throws Exception {
        var client = HttpClient.newHttpClient();
        new PollLoop(timeline, "the node answers", Duration.ofMillis(20), Duration.ofSeconds(120))
                .untilTrue(() -> status(client, "/cryptarchia/info") == 200);
    }

    @Test
    void runsWithAReadOnlyRootAndWithoutCapabilitiesAndStopsCleanly() throws Exception {
        DevNodeImage image = DevNodeImage.prepare();
        load(image);
        var loaded = engine.inspectImageCmd(image.reference()).exec();
        assertThat(loaded.getArch()).isEqualTo(image.architecture());
        assertThat(loaded.getConfig().getEntrypoint())
                .containsExactlyElementsOf(image.config().entryPoint());
        assertThat(loaded.getConfig().getLabels()).containsEntry(ImageConfig.HASH_LABEL, image.hash());

        container = create(image, image.config().entryPoint());
        start();

        awaitAnswer();

        engine.killContainerCmd(container).withSignal("SIGTERM").exec();
        int exitCode = engine.waitContainerCmd(container)
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(60, TimeUnit.SECONDS);
        assertThat(exitCode).isEqualTo(STOPPED_BY_SIGTERM);
    }

    /** The JVM says nothing when it does without the archive, so ask it where it has the classes from. */
    @Test
    void takesClassesFromItsArchive() throws Exception {
        DevNodeImage image = DevNodeImage.prepare();
        load(image);
        var entryPoint = new ArrayList<>(image.config().entryPoint());
        entryPoint.add(1, "-Xlog:class+load");
        container = create(image, entryPoint);
        start();

        awaitAnswer();

        assertThat(log())
                .contains("org.junitnomos.devnode.program.DevNodeMain source: shared objects file (top)")
                .contains("java.lang.String source: shared objects file\n");
    }

    private String log() throws InterruptedException {
        var lines = new StringBuffer();
        engine.logContainerCmd(container)
                .withStdOut(true)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        lines.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                })
                .awaitCompletion();
        return lines.toString();
    }
}
