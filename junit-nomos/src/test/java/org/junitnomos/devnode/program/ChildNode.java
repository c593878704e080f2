package org.junitnomos.devnode.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.MantleJson;

/** Runs a node as a child process. */
final class ChildNode implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final String name;
    final Path directory;
    private final Path config;
    String heap = "96m";
    Process process;
    JsonNode ports;
    String line;

    ChildNode(String name, Path directory, String configText) throws IOException {
        this.name = name;
        this.directory = Files.createDirectories(directory.resolve(name));
        this.config = Files.writeString(this.directory.resolve("node.yaml"), configText);
    }

    static String config(String name, int leader, List<String> peers, TestGenesis genesis, Instant chainStart) {
        return """
                name: %s
                role: validator
                peers: [%s]
                genesis: %s
                leader_key: "%s"
                wallet_keys: [%s]
                chain_start: "%s"
                slot_duration_ms: 200
                active_slot_coefficient: "0.9"
                security_parameter: 10
                without_rules: [silent-epochs]
                bootstrap_ms: 300
                seed: %d
                link: {latency_us: 2000, jitter_us: 1000}
                directory: data
                log_file: node.log
                ports_file: ports.json
                exit_when_stdin_closes: true
                """.formatted(
                        name,
                        peers.stream().map(peer -> '"' + peer + '"').collect(Collectors.joining(", ")),
                        new String(MantleJson.encode(genesis.transaction()), StandardCharsets.UTF_8),
                        genesis.leader(leader).value().toHex(),
                        '"' + genesis.leader(leader).toPublicKey().toHex() + '"',
                        chainStart,
                        leader);
    }

    /** Start and wait for nothing. */
    void launch() throws IOException {
        Files.deleteIfExists(directory.resolve("ports.json"));
        process = spawnWith(heap, config.toString());
    }

    /** Start and wait for the line that tells the ports. */
    ChildNode start() throws IOException {
        Path portsFile = directory.resolve("ports.json");
        launch();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        line = lines.readLine();
        if (line == null) {
            throw new IOException("Node " + name + " did not start: " + errors(process));
        }
        ports = JSON.readTree(Files.readAllBytes(portsFile));
        return this;
    }

    static Process spawn(String... arguments) throws IOException {
        return spawnWith("96m", arguments);
    }

    private static Process spawnWith(String heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DevNodeMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("NOMOS_LOG_LEVEL", "WARN", "NOMOS_LOG_FILTER", "devnode=debug"));
        return builder.start();
    }

    static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Ask the main port; null if the node is gone or the thread is interrupted, before the answer is complete. */
    byte[] ask(String path, byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("api", path));
        if (json != null) {
            request.POST(HttpRequest.BodyPublishers.ofByteArray(json)).header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (IOException gone) {
            return null;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    String address() {
        return "127.0.0.1:" + ports.path("peer").asInt();
    }

    HttpResponse<String> get(String port, String path) {
        return send(port, HttpRequest.newBuilder().GET(), path);
    }

    HttpResponse<String> post(String port, String path, String json) {
        return send(
                port,
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json"),
                path);
    }

    HttpResponse<String> delete(String port, String path) {
        return send(port, HttpRequest.newBuilder().DELETE(), path);
    }

    private HttpResponse<String> send(String port, HttpRequest.Builder request, String path) {
        try {
            return CLIENT.send(request.uri(uri(port, path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError("request " + path + " to " + name, failure);
        }
    }

    URI uri(String port, String path) {
        return URI.create("http://127.0.0.1:" + ports.path(port).asInt() + path);
    }

    JsonNode info() {
        try {
            return JSON.readTree(get("api", "/cryptarchia/info").body());
        } catch (IOException noJson) {
            throw new AssertionError(noJson);
        }
    }

    long height() {
        return info().path("height").asLong();
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("node.log"));
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
