package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.Requirement;
import org.junitnomos.deploy.engine.EngineAddress;
import org.junitnomos.deploy.engine.EngineFacts;
import org.junitnomos.testkit.FakeEngine;
import org.junitnomos.testkit.NeedsDocker;

class EngineTests {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path home;

    private Path socket() {
        return home.resolve("d.sock");
    }

    private Engine find(Map<String, String> environment, Duration limit) {
        return Engine.find(new EngineSearch(environment, home, socket()), limit);
    }

    private static FakeEngine engine(Path socket) throws IOException {
        return engine(socket, "27.1.1", "1.46", "linux", "amd64");
    }

    private static FakeEngine engine(Path socket, String version, String api, String system, String architecture)
            throws IOException {
        return new FakeEngine(socket, request -> FakeEngine.introduction(request, version, api, system, architecture));
    }

    private static void assertMissing(Engine engine, String text) {
        assertThat(engine.requirement().missing()).isEqualTo(text);
        assertThat(engine.requirement().isMet()).isFalse();
        assertThat(engine.address()).isNull();
        assertThatThrownBy(() -> Engines.connect(engine))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(text);
    }

    private static void assertFound(Engine engine, String address) {
        assertThat(engine.requirement().missing()).isNull();
        assertThat(engine.address()).isEqualTo(new EngineAddress(address));
        assertThat(engine.facts()).isEqualTo(new EngineFacts("27.1.1", "1.46", "linux", "amd64"));
    }

    @Nested
    class IsFound {
        @Test
        void atTheDefaultSocket() throws IOException {
            try (var engine = engine(socket())) {
                assertFound(find(Map.of(), LONG), engine.address());
            }
        }

        @Test
        void whereDockerHostSays() throws IOException {
            try (var other = engine(home.resolve("other.sock"));
                    var ignored = engine(socket())) {
                assertFound(find(Map.of("DOCKER_HOST", other.address()), LONG), other.address());
                assertThat(ignored.requests()).isEmpty();
            }
        }

        @Test
        void whereThePropertiesOfTestcontainersSayBeforeAnythingElse() throws IOException {
            try (var other = engine(home.resolve("other.sock"))) {
                Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=" + other.address());
                assertFound(find(Map.of("DOCKER_HOST", "unix:///nowhere"), LONG), other.address());
            }
        }

        @Test
        void whereARootlessEngineListens() throws IOException {
            Path run = Files.createDirectory(home.resolve("run"));
            try (var rootless = engine(run.resolve("docker.sock"))) {
                assertFound(find(Map.of("XDG_RUNTIME_DIR", run.toString()), LONG), rootless.address());
            }
        }

        @Test
        void whereDockerDesktopListens() throws IOException {
            Path run = Files.createDirectories(home.resolve(".docker/run"));
            try (var desktop = engine(run.resolve("docker.sock"))) {
                assertFound(find(Map.of(), LONG), desktop.address());
            }
        }

        @Test
        void withoutBeingAskedWhereOnlyALibraryCanAsk() throws IOException {
            try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                String target = "127.0.0.1:" + server.getLocalPort();
                var found = find(Map.of("DOCKER_HOST", "tcp://" + target, "DOCKER_TLS_VERIFY", "1"), LONG);
                assertThat(found.requirement().isMet()).isTrue();
                assertThat(found.address()).isEqualTo(new EngineAddress("tls://" + target));
                assertThat(found.facts()).isNull();
            }
        }
    }

    @Nested
    class IsMissing {
        private static final String CURE =
                ". Start Docker (to get it on Debian or Ubuntu: apt-get install docker.io iptables), or set DOCKER_HOST to"
                        + " an engine elsewhere.";

        @Test
        void whereThereIsNoSocket() {
            assertMissing(find(Map.of(), LONG), "No Docker engine answers: there is no socket " + socket() + CURE);
        }

        @Test
        void whereDockerHostPointsToNothing() {
            assertMissing(
                    find(Map.of("DOCKER_HOST", "unix:///nowhere/d.sock"), LONG),
                    "No Docker engine answers: there is no socket /nowhere/d.sock (DOCKER_HOST)" + CURE);
        }

        @Test
        void whereNobodyListensThatSpeaksTls() throws IOException {
            String target;
            try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                target = "127.0.0.1:" + server.getLocalPort();
            }
            assertMissing(
                    find(Map.of("DOCKER_HOST", "https://" + target), LONG),
                    "No Docker engine answers: nobody listens at tls://" + target + " (DOCKER_HOST)" + CURE);
        }

        @Test
        void whereTheSocketIsMute() throws IOException {
            try (var mute = new FakeEngine(socket(), request -> null)) {
                assertMissing(
                        find(Map.of(), SHORT),
                        "No Docker engine answers: the engine at " + mute.address() + " does not answer within 300 ms"
                                + CURE);
            }
        }

        @Test
        void whereSomethingElseListens() throws IOException {
            try (var other = new FakeEngine(socket(), request -> FakeEngine.answer(404, "no such page"))) {
                assertMissing(
                        find(Map.of(), LONG),
                        "No Docker engine answers: what listens at " + other.address()
                                + " answers GET /_ping with status 404: no such page" + CURE);
            }
        }

        @Test
        void whereItIsTooOld() throws IOException {
            try (var old = engine(socket(), "18.09.1", "1.39", "linux", "amd64")) {
                assertMissing(
                        find(Map.of(), LONG),
                        "The engine at " + old.address()
                                + " is too old: version 18.09.1 has API 1.39, expected at least"
                                + " 1.40 (Docker 19.03). Update it, or set DOCKER_HOST.");
            }
        }

        @Test
        void whereItRunsWindowsContainers() throws IOException {
            try (var windows = engine(socket(), "27.1.1", "1.46", "windows", "amd64")) {
                assertMissing(
                        find(Map.of(), LONG),
                        "The engine at " + windows.address() + " runs Windows containers, but nodes are Linux programs."
                                + " Switch it to Linux containers, or set DOCKER_HOST.");
            }
        }

        @Test
        void whereDockerHostIsNoAddress() {
            assertMissing(
                    find(Map.of("DOCKER_HOST", "ssh://me@host"), LONG),
                    "DOCKER_HOST: 'ssh://me@host' is no address of an engine that can be spoken to here, expected"
                            + " unix:///path/to/docker.sock or tcp://host:port; forward the socket with 'ssh -L' and name"
                            + " that.");
        }

        @Test
        void whereTestcontainersIs() {
            assertThat(Engine.library("org.testcontainers.DockerClientFactory", ClassLoader.getPlatformClassLoader()))
                    .contains("Testcontainers is not on the class path. Add the dependency"
                            + " org.testcontainers:testcontainers (2.0.5 or newer) in scope test.");
            assertThat(Engine.library("org.testcontainers.DockerClientFactory", Engine.class.getClassLoader()))
                    .isEmpty();
        }
    }

    @Nested
    class AnImage {
        private Engine on(@Nullable String architecture) {
            var facts = architecture == null ? null : new EngineFacts("27", "1.46", "linux", architecture);
            return new Engine(Requirement.met(), new EngineAddress("tcp://builder:2375"), facts);
        }

        @Test
        void ofAnotherArchitectureIsNamed() {
            assertThat(on("arm64").mismatch("x86_64"))
                    .contains(
                            "The image is for amd64, but the engine at tcp://builder:2375 runs on arm64. Choose an image"
                                    + " for arm64, or an engine of the other kind by DOCKER_HOST");
        }

        @Test
        void thatFitsIsFine() {
            assertThat(on("amd64").mismatch("amd64")).isEmpty();
            assertThat(on("arm64").mismatch("aarch64")).isEmpty();
        }

        @Test
        void isBelievedToFitWhereNobodyKnows() {
            assertThat(on("?").mismatch("amd64")).isEmpty();
            assertThat(on(null).mismatch("amd64")).isEmpty();
        }
    }

    @NeedsDocker
    @Test
    void connectsToARealEngineWithoutRyuk() throws IOException {
        var found = Engine.find();
        try (var client = Engines.connect(found)) {
            assertThat(client.versionCmd().exec().getVersion())
                    .isEqualTo(found.facts().version());
            assertThat(client.listContainersCmd().withShowAll(true).exec())
                    .noneMatch(container -> container.getImage().contains("ryuk"));
        }
    }
}
