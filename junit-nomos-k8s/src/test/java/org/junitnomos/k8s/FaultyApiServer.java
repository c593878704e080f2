package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An API server that answers as a test says, in ways that a healthy one cannot be brought to. */
final class FaultyApiServer implements AutoCloseable {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Answering(), false);
    private final KubernetesClient client;

    /** Makes a new answer for each request. */
    @FunctionalInterface
    interface Answer {
        MockResponse make();
    }

    /**
     * Start it.
     *
     * @param directory gets a kubeconfig for it
     */
    FaultyApiServer(Path directory) throws IOException {
        server.start();
        var kubeconfig = TestCluster.write(directory, "somebody", server.url("/"), null, "token");
        client = ClusterAccess.client(ClusterConfig.read(kubeconfig, null));
    }

    /** Return a client as deployments have it. */
    KubernetesClient client() {
        return client;
    }

    /**
     * Answer requests of one kind one after the other; the last answer stays.
     *
     * @param request method and path, {@code WATCH} for a watch
     */
    final FaultyApiServer on(String request, Answer... these) {
        answers.put(request, new ArrayDeque<>(List.of(these)));
        return this;
    }

    /** Return how often something was asked for. */
    long times(String request) {
        return List.copyOf(requests).stream().filter(request::equals).count();
    }

    static Answer text(int code, String text) {
        return () -> new MockResponse().setResponseCode(code).setBody(text);
    }

    static Answer object(Object object) {
        return text(200, JSON.asJson(object));
    }

    static Answer refusal(int code, String reason, String message) {
        return text(code, JSON.asJson(status(code, reason, message)));
    }

    /** Tell of changes, each a type and an object, and then of no more. */
    static Answer changes(Object... typesAndObjects) {
        var changes = new ArrayList<String>();
        for (int i = 0; i < typesAndObjects.length; i += 2) {
            changes.add(
                    "{\"type\":\"" + typesAndObjects[i] + "\",\"object\":" + JSON.asJson(typesAndObjects[i + 1]) + "}");
        }
        return words(changes.toArray(String[]::new));
    }

    /** Say something on a watch, and then nothing more. */
    static Answer words(String... words) {
        return () -> new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                for (String each : words) {
                    socket.send(each);
                }
            }
        });
    }

    static Object status(int code, String reason, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .build();
    }

    @Override
    public void close() {
        client.close();
        server.shutdown();
    }

    private final class Answering extends Dispatcher {
        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            String path = request.getPath().replaceAll("\\?.*", "");
            String asked = (request.getPath().contains("watch=true") ? "WATCH" : request.getMethod()) + " " + path;
            requests.add(asked);
            var next = answers.get(asked);
            if (next == null) {
                return refusal(404, "NotFound", "nobody expects " + asked).make();
            }
            return (next.size() > 1 ? next.remove() : next.element()).make();
        }
    }
}
