package org.junitnomos.k8s;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Patience;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;

/**
 * Asks a node whose pod is ready through its ingress until it answers: whoever serves ingresses has to hear of a new
 * one, and where nobody does, somebody else may answer, or nobody.
 */
final class IngressAnswer implements AutoCloseable {
    /** What controllers take that tell a proxy on the spot; a load balancer made for each ingress takes minutes. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int LONGEST_LINE = 200;
    private static final String PATH = "/cryptarchia/info";

    private final URI api;
    private final String place;
    private final Stopwatch watch = new Stopwatch();
    private volatile boolean answered;
    private volatile boolean closed;
    private volatile String seen = "nothing";

    private IngressAnswer(URI api, String place) {
        this.api = api;
        this.place = place;
    }

    /**
     * Begins to ask.
     *
     * @param api address of the node's API, with a port
     * @param place where its host is reached
     */
    static IngressAnswer await(URI api, String place) {
        var asking = new IngressAnswer(api, place);
        Threads.daemon("ingress-" + api.getHost(), asking::ask).start();
        return asking;
    }

    private void ask() {
        try {
            Patience.whileTrue(() -> !closed && !isThere(), PERIOD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        }
    }

    private boolean isThere() {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(place, api.getPort()), PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + PATH + " HTTP/1.1\r\nHost: " + api.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            seen = line == null ? "an empty answer" : line.substring(0, Math.min(line.length(), LONGEST_LINE));
            answered = seen.matches("HTTP/1\\.[01] 200( .*)?");
        } catch (IOException e) {
            seen = String.valueOf(e);
        }
        return answered;
    }

    /** Whether the node has answered. */
    boolean isAnswered() {
        return answered;
    }

    /** Says why there is no hope; empty while there is. */
    Optional<String> failure() {
        if (answered || watch.nanos() < LIMIT.toNanos()) {
            return Optional.empty();
        }
        return Optional.of("its pod is ready, but for " + DurationText.format(LIMIT) + " nobody passes on GET " + api
                + PATH + " to it: " + seen + " at " + place + ":" + api.getPort()
                + ". Fix: See to it that a controller of ingresses runs and serves their class"
                + " ('nomos.kubernetes.ingress-class'), and that it listens where 'nomos.kubernetes.ingress-address'"
                + " says, or where the name leads");
    }

    @Override
    public void close() {
        closed = true;
    }
}
