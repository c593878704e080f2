package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.TestLimit;

/** A test JVM with something in a cluster is killed, and its reaper asks that cluster as the JVM did. */
@TestLimit(180)
class KilledOwnerTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "secret-0815";

    @TempDir
    Path directory;

    private final Map<String, String> objects = new TreeMap<>();
    private final List<String> deletions = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private HttpServer server;
    private ChildJvm owner;
    private String session;
    private String marker;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        owner.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String found = objects.get(path);
        int code = broken ? 503 : found == null ? 404 : 200;
        if (code == 200 && exchange.getRequestMethod().equals("DELETE")) {
            deletions.add(path + " " + asked.replaceAll(".*\"propagationPolicy\":\"(\\w+)\".*", "$1"));
            objects.remove(path);
        }
        byte[] body = (code == 200 ? found : "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":" + code + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized void have(String path, String kind, String name) {
        objects.put(
                path,
                "{\"kind\":\"" + kind + "\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                        + "\",\"labels\":{\"org.junitnomos.marker\":\"" + marker + "\"}}}");
    }

    private void haveNamespace() {
        have("/api/v1/namespaces/" + marker, "Namespace", marker);
    }

    private Path kubeconfig(String user) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: %s}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(
                        server.getAddress().getPort(), user));
    }

    private Path root() {
        return directory.resolve("nomos");
    }

    private void startOwner(String classPath, Map<String, String> environment, String... settings) throws Exception {
        var command = new ArrayList<>(List.of(ChildJvm.java(), "-cp", classPath));
        command.addAll(List.of(OwnerMain.class.getName(), root().toString()));
        command.addAll(List.of(settings));
        owner = ChildJvm.run(directory, command, environment);
        session = owner.await("session ");
        marker = owner.await("marker ");
    }

    private void killOwner() throws Exception {
        owner.kill();
        assertThat(ReaperWatch.within(
                        LIMIT, () -> sessions().isEmpty() && reapers().isEmpty()))
                .as("sessions %s, reapers %s", sessions(), reapers())
                .isTrue();
    }

    private List<Path> sessions() {
        try (Stream<Path> found = Files.list(root().resolve("sessions"))) {
            return found.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ProcessHandle> reapers() {
        return ReaperWatch.reapers(session);
    }

    private String log() throws IOException {
        return Files.readString(root().resolve("cleanup.log"));
    }

    @Test
    void itsNamespaceIsDeletedAlthoughTheClassPathIsGone() throws Exception {
        Path copy = Files.createDirectory(directory.resolve("classes"));
        startOwner(
                copyOfClassPath(copy),
                Map.of(),
                "kubeconfig",
                kubeconfig("{token: " + SECRET + "}").toString());
        haveNamespace();

        DirectoryTrees.delete(copy);
        killOwner();

        assertThat(deletions).hasSize(1).first().asString().startsWith("/api/v1/namespaces/" + marker + " ");
        assertThat(credentials).containsOnly("Bearer " + SECRET);
        assertThat(log()).contains("removed cluster 'a namespace of its own @ http://127.0.0.1:", "is cleaned up");
    }

    /** All jars and directories of this JVM, where they can be deleted. */
    private static String copyOfClassPath(Path target) throws IOException {
        var copies = new ArrayList<String>();
        for (String each : ChildJvm.classPath().split(File.pathSeparator)) {
            Path from = Path.of(each);
            if (Files.exists(from)) {
                Path to = target.resolve(copies.size() + "-" + from.getFileName());
                try (var tree = Files.walk(from)) {
                    for (Path file : tree.toList()) {
                        Files.copy(file, to.resolve(from.relativize(file).toString()));
                    }
                }
                copies.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    @Test
    void itsCredentialsComeFromTheSamePluginInTheSameEnvironment() throws Exception {
        var plugin = Files.writeString(directory.resolve("login"), """
                #!/bin/sh
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'"$LOGIN"'"}}'
                """);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
        var kubeconfig = kubeconfig("{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [],"
                + " interactiveMode: Never}}");
        startOwner(ChildJvm.classPath(), Map.of("KUBECONFIG", kubeconfig.toString(), "LOGIN", SECRET));
        haveNamespace();

        killOwner();

        assertThat(deletions).hasSize(1);
        assertThat(credentials).containsOnly("Bearer " + SECRET);
    }

    @Test
    void inAGivenNamespaceItsObjectsAreDeletedAndNothingElse() throws Exception {
        startOwner(
                ChildJvm.classPath(),
                Map.of(),
                "kubeconfig",
                kubeconfig("{token: " + SECRET + "}").toString(),
                "namespace",
                "shared");
        String maps = "/api/v1/namespaces/shared/configmaps/";
        have("/api/v1/namespaces/shared", "Namespace", "shared");
        have(maps + marker + "-deployment", "ConfigMap", marker + "-deployment");
        have(maps + "other", "ConfigMap", "other");

        killOwner();

        assertThat(deletions).containsExactly(maps + marker + "-deployment Foreground");
    }

    @Test
    void whatItFoundItsCredentialsByIsNowhereButInMemory() throws Exception {
        startOwner(
                ChildJvm.classPath(),
                Map.of("LOGIN", SECRET),
                "kubeconfig",
                kubeconfig("{token: " + SECRET + "}").toString());
        assertThat(ReaperWatch.within(LIMIT, () -> reapers().size() == 1)).isTrue();
        Path reaper = Path.of("/proc", Long.toString(reapers().get(0).pid()));

        assertThat(Files.readString(reaper.resolve("cmdline")))
                .contains(session)
                .doesNotContain(SECRET);
        assertThat(Files.readString(reaper.resolve("environ"))).doesNotContain(SECRET, "LOGIN");
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain(SECRET);
            }
        }
        killOwner();
    }

    @Test
    void aClusterThatDoesNotAnswerIsLeftToTheNextStart() throws Exception {
        startOwner(
                ChildJvm.classPath(),
                Map.of(),
                "kubeconfig",
                kubeconfig("{token: " + SECRET + "}").toString());
        haveNamespace();
        broken = true;

        owner.kill();
        assertThat(ReaperWatch.within(LIMIT, () -> reapers().isEmpty())).isTrue();
        assertThat(sessions()).hasSize(1);
        assertThat(deletions).isEmpty();

        broken = false;
        try (var next = Session.at(root())) {
            next.scope("next").leasePort().close();
            assertThat(deletions).hasSize(1);
        }
        assertThat(sessions()).isEmpty();
    }
}
