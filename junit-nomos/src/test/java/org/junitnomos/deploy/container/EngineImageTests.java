package org.junitnomos.deploy.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.container.NodeNetwork.Purpose;
import org.junitnomos.deploy.container.Subnets.Subnet;
import org.junitnomos.deploy.session.Session;

/** What is asked of an engine, and what becomes of its answers, on an engine that is none. */
class EngineImageTests {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** Of a registry: for the credentials of the usual one the library asks an engine that it finds by itself. */
    private static final String IMAGE = "images.example/nomos:1";

    private record Answer(int status, byte[] body) {}

    private final Map<String, Answer> answers = new TreeMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ConnectedEngine engine;
    private Session session;

    @BeforeEach
    void connect() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        answer("GET /_ping", 200, "OK");
        answer(
                "GET /version",
                200,
                "{\"Version\":\"27.1.1\",\"ApiVersion\":\"1.46\",\"Os\":\"linux\",\"Arch\":\"amd64\"}");
        String address = "tcp://127.0.0.1:" + server.getAddress().getPort();
        var search = new EngineSearch(Map.of("DOCKER_HOST", address), directory, directory.resolve("d.sock"));
        engine = ConnectedEngine.connect(Engine.find(search, LONG), LONG);
        session = Session.at(directory.resolve("sessions"));
    }

    @AfterEach
    void disconnect() {
        engine.close();
        server.stop(0);
        session.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.\\d+/", "/");
        String query = exchange.getRequestURI().getQuery();
        String request = exchange.getRequestMethod() + " " + path
                + (path.endsWith("/archive") && query != null ? "?" + query.replaceAll(".*path=([^&]*).*", "$1") : "");
        exchange.getRequestBody().readAllBytes();
        asked.add(request);
        var answer = answers.getOrDefault(
                request, new Answer(404, "{\"message\":\"no such thing\"}".getBytes(StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private void answer(String request, int status, String body) {
        answers.put(request, new Answer(status, body.getBytes(StandardCharsets.UTF_8)));
    }

    private void answerCreation() {
        answer("POST /containers/create", 201, "{\"Id\":\"c1\",\"Warnings\":[]}");
        answer("DELETE /containers/c1", 204, "");
    }

    /** Has an archive at a path: names, with texts, or with "-> " and what they lead to, or "" for a directory. */
    private void archive(String path, String... namesAndTexts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                String text = namesAndTexts[i + 1];
                boolean link = text.startsWith("-> ");
                var entry = link
                        ? new TarArchiveEntry(namesAndTexts[i], TarArchiveEntry.LF_SYMLINK)
                        : new TarArchiveEntry(namesAndTexts[i]);
                if (link) {
                    entry.setLinkName(text.substring(3));
                } else {
                    entry.setMode(0100755);
                    entry.setSize(text.length());
                }
                tar.putArchiveEntry(entry);
                tar.write(link ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII));
                tar.closeArchiveEntry();
            }
        }
        answers.put("GET /containers/c1/archive?" + path, new Answer(200, bytes.toByteArray()));
    }

    private EngineImage image() {
        return new EngineImage(engine, session.scope("run"), 1 << 28, IMAGE, "image '" + IMAGE + "'", directory);
    }

    private Path target() throws IOException {
        return Files.createTempDirectory(directory, "target");
    }

    @Test
    void linksAreFollowed() throws IOException {
        answerCreation();
        archive("/opt/z", "z", "-> ../data/z/");
        archive("/data/z", "z/", "", "z/a", "-> b", "z/b", "-> /lib/b", "z/c", "c");
        archive("/data/z/a", "a", "-> b");
        archive("/data/z/b", "b", "-> /lib/b");
        archive("/lib/b", "b", "content");

        Path target = target();
        try (var image = image()) {
            image.copy(Path.of("/opt/z"), target);
        }

        assertThat(target.resolve("a")).hasContent("content").isExecutable();
        assertThat(target.resolve("b")).hasContent("content");
        assertThat(target.resolve("c")).hasContent("c");
        assertThat(asked).contains("DELETE /containers/c1");
    }

    @Test
    void linksThatLeadToNoFileAreRefused() throws IOException {
        answerCreation();
        archive("/opt/z", "z/", "", "z/a", "-> gone");
        archive("/opt/z/a", "a", "-> gone");
        try (var image = image()) {
            assertThatIOException()
                    .isThrownBy(() -> image.copy(Path.of("/opt/z"), target()))
                    .withMessage(
                            "image '" + IMAGE + "' has the link /opt/z/a, which leads nowhere. Build it with the file");
            archive("/opt/z/gone", "gone/", "");
            assertThatIOException()
                    .isThrownBy(() -> image.copy(Path.of("/opt/z"), target()))
                    .withMessage(
                            "image '" + IMAGE + "' has the link /opt/z/a to the directory /opt/z/gone, which is not"
                                    + " copied with it. Build it with files there");
        }
    }

    @Test
    void anImageThatIsGoneIsNotOneWithoutTheFile() {
        answer("POST /containers/create", 404, "{\"message\":\"No such image: " + IMAGE + "\"}");
        try (var image = image()) {
            assertThatIOException()
                    .isThrownBy(() -> image.open(Path.of("/usr/bin/nomos-node")))
                    .withMessage("no container to look into it can be created: No such image: " + IMAGE);
        }
    }

    private void answerRun(int exitCode, String output) {
        answerCreation();
        answer("PUT /containers/c1/archive?/", 200, "");
        var frame = ByteBuffer.allocate(8 + output.length())
                .put(new byte[] {1, 0, 0, 0})
                .putInt(output.length())
                .put(output.getBytes(StandardCharsets.ISO_8859_1));
        answers.put("POST /containers/c1/attach", new Answer(200, frame.array()));
        answer("POST /containers/c1/start", 204, "");
        answer("POST /containers/c1/wait", 200, "{\"StatusCode\":" + exitCode + "}");
    }

    @Test
    void aProgramIsRunInAContainerThatGoes() throws Exception {
        answerRun(1, "Error: \u00ff");

        var ended = image().run(List.of("/usr/bin/nomos-node"), Map.of(), "a: b");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).isEqualTo("Error: \uFFFD");
        assertThat(asked).endsWith("DELETE /containers/c1");
    }

    @Test
    void theContainerOfAProgramThatCannotBeRunGoesToo() {
        answerRun(1, "");
        answer("POST /containers/c1/start", 500, "{\"message\":\"exec format error\"}");

        assertThatIOException()
                .isThrownBy(() -> image().run(List.of("/usr/bin/nomos-node"), Map.of(), "a: b"))
                .withMessage("[/usr/bin/nomos-node] of image '" + IMAGE + "' cannot be run: exec format error");

        assertThat(asked).endsWith("DELETE /containers/c1");
        assertThat(directory).isDirectoryNotContaining("glob:**/check-config*");
    }

    private NodeNetwork network() {
        answer("POST /networks/create", 201, "{\"Id\":\"n1\"}");
        return NodeNetwork.create(Purpose.CONTROL, engine, session.scope("run"), Subnets.parse(Subnets.USUAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid pool request: Pool overlaps with other one on this address space",
                "cannot create network 5a (br-5a): conflicts with network 71 (br-71): networks have overlapping IPv4",
                "failed to allocate gateway (10.213.0.1): Address already in use",
                "subnet 10.213.0.0/24 is already used on the host or by another config"
            })
    void aNetworkWhoseAddressesAreTakenIsCreatedAtTheNext(String refusal) {
        answer("POST /networks/create", 403, "{\"message\":\"" + refusal + "\"}");
        var subnets = Subnets.parse("10.213.0.0/23").beginningWith(0);

        var network = NodeNetwork.create(Purpose.DATA, engine, session.scope("run"), new Iterator<>() {
            @Override
            public boolean hasNext() {
                return subnets.hasNext();
            }

            @Override
            public Subnet next() {
                var next = subnets.next();
                if (!subnets.hasNext()) {
                    answer("POST /networks/create", 201, "{\"Id\":\"n1\"}");
                }
                return next;
            }
        });

        assertThat(network.admit("validator-0")).isEqualTo("10.213.1.2");
        assertThat(asked).endsWith("POST /networks/create", "POST /networks/create");
    }

    @Test
    void aNetworkThatTheEngineRefusesForAnotherReasonIsNotTriedElsewhere() {
        answer("POST /networks/create", 403, "{\"message\":\"plugin \\\"bridge\\\" not found\"}");
        var subnets = Subnets.parse("10.213.0.0/23");

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> NodeNetwork.create(Purpose.DATA, engine, session.scope("run"), subnets))
                .withMessageContaining("plugin \"bridge\" not found");

        assertThat(asked).containsOnlyOnce("POST /networks/create");
    }

    @Test
    void aNetworkOfNobodyElseIsRemovedWithOneQuestion() {
        answer("DELETE /networks/n1", 204, "");
        var network = network();
        asked.clear();

        network.remove();

        assertThat(asked).containsExactly("DELETE /networks/n1");
        assertThat(session.endIfUnused()).isTrue();
    }

    @Test
    void whoKeepsANetworkIsTakenOffIt() {
        answer("DELETE /networks/n1", 403, "{\"message\":\"network n1 has active endpoints\"}");
        answer("GET /networks/n1", 200, "{\"Containers\":{\"c9\":{\"Name\":\"yours\"}}}");
        answer("POST /networks/n1/disconnect", 200, "");
        var network = network();
        asked.clear();

        network.remove();

        assertThat(asked)
                .containsExactly(
                        "DELETE /networks/n1",
                        "GET /networks/n1",
                        "POST /networks/n1/disconnect",
                        "DELETE /networks/n1");
    }
}
