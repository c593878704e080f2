package org.junitnomos.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.awaitility.Awaitility;

/**
 * A Chromium without a window, driven by its DevTools protocol: opens pages, runs script in them, takes pictures. What
 * a page writes to its console as an error, and what it throws, is kept.
 */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final OkHttpClient http = new OkHttpClient();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final WebSocket socket;
    private final Path profile;
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private Chromium(Path program, Path profile) throws IOException {
        this.profile = profile;
        this.process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox", // this JVM may be root's
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        try {
            this.socket = http.newWebSocket(new Request.Builder().url(page()).build(), new Listener());
            call("Page.enable", Map.of());
            call("Runtime.enable", Map.of());
            call("Log.enable", Map.of());
        } catch (RuntimeException | Error | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Start one with a profile of its own in an empty directory. */
    public static Chromium start(Path profile) throws IOException {
        return new Chromium(program().orElseThrow(), profile);
    }

    /** The program that the PATH has; empty if there is none. */
    public static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser").map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private String page() throws IOException {
        Path ports = profile.resolve("DevToolsActivePort");
        Awaitility.await("the port of Chromium in " + ports)
                .atMost(LIMIT)
                .until(() ->
                        Files.isRegularFile(ports) && Files.readAllLines(ports).size() >= 2);
        String port = Files.readAllLines(ports).get(0);
        var request = new Request.Builder()
                .url("http://127.0.0.1:" + port + "/json/list")
                .build();
        try (var response = http.newCall(request).execute()) {
            for (var target : JSON.readTree(response.body().string())) {
                if (target.get("type").asText().equals("page")) {
                    return target.get("webSocketDebuggerUrl").asText();
                }
            }
        }
        throw new IOException("Chromium shows no page");
    }

    private final class Listener extends WebSocketListener {
        @Override
        public void onMessage(WebSocket socket, String text) {
            try {
                take(JSON.readTree(text));
            } catch (IOException e) {
                add("unreadable message: " + e);
            }
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            waiting.values().forEach(call -> call.completeExceptionally(failure));
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            waiting.remove(message.get("id").asInt()).complete(message);
            return;
        }
        var parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" ->
                add(parameters.get("exceptionDetails").toString());
            case "Page.javascriptDialogOpening" -> add("dialog: " + parameters);
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert")
                        .contains(parameters.get("type").asText())) {
                    add(parameters.get("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                var entry = parameters.get("entry");
                if (List.of("error", "warning").contains(entry.get("level").asText())) {
                    add(entry.get("text").asText());
                }
            }
            default -> {}
        }
    }

    private synchronized void add(String problem) {
        problems.add(problem);
    }

    /** What the pages since the last {@link #open} have complained of. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** Ask the browser something by its protocol, and wait for the answer. */
    public JsonNode call(String method, Map<String, ?> parameters) {
        int id = calls.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        ObjectNode message = JSON.createObjectNode();
        message.put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
        socket.send(message.toString());
        var told = await(answer, method);
        if (told.has("error")) {
            throw new IllegalStateException(method + ": " + told.get("error"));
        }
        return told.get("result");
    }

    private static <T> T await(CompletableFuture<T> answer, String what) {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " was interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Chromium did not answer " + what, e);
        }
    }

    /** Open a file in a window of that size, light or dark, and wait until it is loaded. */
    public void open(Path file, int width, int height, boolean dark) {
        synchronized (this) {
            problems.clear();
        }
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        loaded = new CompletableFuture<>();
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        await(loaded, "the page " + file);
    }

    /** Run script in the page, and return its value; a promise is waited for. */
    public JsonNode evaluate(String script) {
        var answer =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException("script failed: " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    /** Press a key where the focus is. */
    public void press(String key) {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Click into the page. */
    public void click(double x, double y) {
        for (var type : List.of("mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
    }

    /** Take a picture of what is in the window. */
    public void picture(Path file) throws IOException {
        var data = call("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Ask it to end, so that it removes what it has outside of its profile; then by force. */
    @Override
    public void close() {
        try {
            call("Browser.close", Map.of());
            process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            add("Chromium did not end when it was asked to: " + e);
        }
        socket.cancel();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }
}
