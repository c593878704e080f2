package benchmarks.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Waits until servers answer, by asking again each millisecond. */
final class Answering {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern PEERS = Pattern.compile("\"n_peers\"\\s*:\\s*[1-9]");

    private Answering() {}

    /** Waits for an answer to a request with status 200. */
    static String await(String host, int port, String request) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), 1000);
                socket.setSoTimeout(2000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (answer.startsWith("HTTP/1.1 200")) {
                    return answer;
                }
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new IOException(host + ":" + port + " did not answer within " + LIMIT.toSeconds() + " s", e);
                }
            }
            Thread.sleep(1);
        }
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    static String post(String path, String json) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\nConnection: close\r\n\r\n" + json;
    }

    /** Waits until all nodes answer, and each has a peer: what this library waits for, too. */
    static void awaitPeers(List<URI> nodes) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (URI node : nodes) {
            while (!PEERS.matcher(await(node.getHost(), node.getPort(), get("/network/info")))
                    .find()) {
                if (System.nanoTime() > end) {
                    throw new IOException(node + " had no peer within " + LIMIT.toSeconds() + " s");
                }
                Thread.sleep(1);
            }
        }
    }
}
