package org.junitnomos.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** Sends bodies on to where somebody else collects metrics, and leaves them out where that is too slow. Thread-safe. */
final class OtlpForward implements AutoCloseable {
    private static final int WAITING = 64;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final URI target;
    private final Consumer<String> notices;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;

    OtlpForward(URI target, Consumer<String> notices) {
        this.target = target;
        this.notices = notices;
        this.thread = new Thread(this::run, "metrics to " + target.getHost());
        thread.setDaemon(true);
        thread.start();
    }

    void send(byte[] body) {
        if (!waiting.offer(body)) {
            notices.accept(target + " is too slow for the metrics of the nodes; some are left out");
        }
    }

    private void run() {
        var client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        try {
            while (true) {
                send(client, waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void send(HttpClient client, byte[] body) throws InterruptedException {
        var request = HttpRequest.newBuilder(target)
                .timeout(LIMIT)
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                notices.accept(target + " does not take the metrics of the nodes: it answered " + status);
            }
        } catch (IOException e) {
            notices.accept(target + " does not take the metrics of the nodes: " + e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
