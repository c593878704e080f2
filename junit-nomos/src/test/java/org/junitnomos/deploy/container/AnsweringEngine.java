package org.junitnomos.deploy.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junitnomos.deploy.session.Scope;
import org.junitnomos.deploy.session.Session;

/** An engine that is none, and a connection to it: it answers what a test wants, and keeps what it was asked. */
final class AnsweringEngine implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    private record Answer(int status, byte[] body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Answer> first = new ConcurrentHashMap<>();
    private final HttpServer server;

    /** Method and path of all requests, without the version of the interface. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final ConnectedEngine connected;
    final Session session;

    AnsweringEngine(Path directory) throws IOException {
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
        connected = ConnectedEngine.connect(Engine.find(search, LONG), LONG);
        session = Session.at(directory.resolve("sessions"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.\\d+/", "/");
        String query = exchange.getRequestURI().getQuery();
        String request = exchange.getRequestMethod() + " " + path
                + (path.endsWith("/archive") && query != null ? "?" + query.replaceAll(".*path=([^&]*).*", "$1") : "");
        exchange.getRequestBody().readAllBytes();
        asked.add(request);
        var answer = first.remove(request);
        if (answer == null) {
            answer = answers.getOrDefault(
                    request, new Answer(404, "{\"message\":\"no such thing\"}".getBytes(StandardCharsets.UTF_8)));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    /** Answers a request like this from now on, for example {@code GET /_ping}. */
    void answer(String request, int status, String body) {
        answer(request, status, body.getBytes(StandardCharsets.UTF_8));
    }

    void answer(String request, int status, byte[] body) {
        answers.put(request, new Answer(status, body));
    }

    /** Answers the next request like this, and only that. */
    void answerOnce(String request, int status, String body) {
        first.put(request, new Answer(status, body.getBytes(StandardCharsets.UTF_8)));
    }

    Scope scope() {
        return session.scope("run");
    }

    @Override
    public void close() {
        connected.close();
        server.stop(0);
        session.close();
    }
}
