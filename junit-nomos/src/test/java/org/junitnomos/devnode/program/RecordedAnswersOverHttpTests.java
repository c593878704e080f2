package org.junitnomos.devnode.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.devnode.TestGenesis;
import org.junitnomos.mantle.GenesisTx;
import org.junitnomos.realnode.RecordedAnswers;
import org.junitnomos.realnode.RecordedAnswers.Answer;
import org.junitnomos.realnode.RecordedAnswers.Call;

/** Dev nodes that are programs of their own answer as the real node did, on the same kind of sockets. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordedAnswersOverHttpTests {
    private static final TestGenesis GENESIS = TestGenesis.withProviders(3, 1, 3);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private final List<ChildNode> nodes = new ArrayList<>();
    private ChildNode validator;
    private ChildNode executor;

    @BeforeEach
    void start() throws IOException {
        Instant chainStart = Instant.now();
        for (int i = 0; i < 3; i++) {
            List<String> peers = new ArrayList<>(List.of("node-0", "node-1", "node-2"));
            peers.remove(i);
            String config = ChildNode.config("node-" + i, i, peers, GENESIS, chainStart)
                    .replace("role: validator", i == 2 ? "role: executor" : "role: validator\nblock_explorer: false");
            ChildNode node = new ChildNode("node-" + i, directory, config);
            nodes.add(node);
            node.start();
        }
        for (ChildNode node : nodes) {
            for (ChildNode peer : nodes) {
                if (peer != node) {
                    String entry = "[{\"peer\":\"" + peer.name + "\",\"address\":\"" + peer.address() + "\"}]";
                    assertThat(node.post("testing", "/test/dev/peers", entry).statusCode())
                            .isEqualTo(200);
                }
            }
        }
        validator = nodes.get(0);
        executor = nodes.get(2);
    }

    @AfterEach
    void killAll() throws Exception {
        for (ChildNode node : nodes) {
            node.close();
        }
    }

    @Test
    void nodesAnswerAsRecorded() throws Exception {
        String genesis = new GenesisTx(GENESIS.transaction()).header().id().toHex();
        await().atMost(Duration.ofSeconds(100))
                .untilAsserted(() -> assertThat(nodes)
                        .allMatch(node -> node.height() > 0
                                && node.info().path("mode").asText().equals("Online")));
        stopTheClocks();
        JsonNode info = validator.info();
        String key = GENESIS.leader(0).toPublicKey().toHex();
        List<String> differences = new ArrayList<>();
        for (Call call : new RecordedAnswers(genesis, info.path("tip").asText(), key).calls()) {
            differences.addAll(RecordedAnswers.differences(call, ask(call)));
        }
        assertThat(differences).isEmpty();
    }

    /** Without new slots no leader drops a transaction between two calls. */
    private void stopTheClocks() {
        for (ChildNode node : nodes) {
            assertThat(node.post("testing", "/test/dev/clock", "{\"skew_us\":-3600000000}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private Answer ask(Call call) throws InterruptedException {
        ChildNode node = call.executor() ? executor : validator;
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(call.testing() ? "testing" : "api", call.path()))
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        if (call.contentType() != null) {
            request.header("Content-Type", call.contentType());
        }
        try {
            HttpResponse<byte[]> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return Answer.of(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException broken) {
            return new Answer(0, Map.of(), broken.toString());
        }
    }

    @Test
    void refusesABodyThatIsToBeTooLongBeforeItIsSent() throws Exception {
        List<String> answer = send("POST /storage/block", "Content-Length: 10485761\r\n");

        assertThat(answer)
                .contains("HTTP/1.1 413 Request Entity Too Large", "length limit exceeded")
                .anyMatch("access-control-allow-origin: *"::equalsIgnoreCase);
    }

    @Test
    void tellsTheLengthOfWhatHeadLeavesOut() throws Exception {
        assertThat(send("HEAD /cryptarchia/info", "")).anyMatch(line -> line.matches("(?i)content-length: [1-9]\\d+"));
    }

    /** Sends a request without a body and reads the answer, whose body is one line, as soon as it is there. */
    private List<String> send(String request, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", validator.ports.path("api").asInt())) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                    + headers + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> answer = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                answer.add(line);
            }
            int length = request.startsWith("HEAD") ? 0 : lengthIn(answer);
            char[] body = new char[length];
            for (int read = 0, more; read < length; read += more) {
                more = lines.read(body, read, length - read);
                assertThat(more).as("characters of the body after " + read).isPositive();
            }
            answer.add(new String(body));
            return answer;
        }
    }

    private static int lengthIn(List<String> headers) {
        List<String> lengths = headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("content-length: "))
                .toList();
        assertThat(lengths).hasSize(1);
        return Integer.parseInt(lengths.get(0).substring("content-length: ".length()));
    }
}
