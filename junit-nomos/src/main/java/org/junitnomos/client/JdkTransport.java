package org.junitnomos.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Carries GET requests with a body, which some routes want (node contract 1.1), with the client of the JDK. */
final class JdkTransport implements HttpTransport {
    private final UnaryOperator<String> places;
    private @Nullable HttpClient client;

    /**
     * Creates the transport.
     *
     * @param places by the host of a URL, the name or address at which it is reached
     */
    JdkTransport(UnaryOperator<String> places) {
        this.places = places;
    }

    @Override
    public Response exchange(Request request) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url()))
                .header("Content-Type", request.contentType())
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        if (!request.authorization().isEmpty()) {
            builder.header("Authorization", request.authorization());
        }
        CompletableFuture<HttpResponse<byte[]>> pending =
                client().sendAsync(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> answer = PendingAnswer.await(pending, request.timeout(), "timeout");
            return new Response(answer.statusCode(), answer.headers().map(), new ByteArrayInputStream(answer.body()));
        } finally {
            pending.cancel(true);
        }
    }

    /** Made when it is needed, as it keeps a thread for as long as it is reachable. */
    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(new Places())
                    .build();
            client = known;
        }
        return known;
    }

    /** The client has no other way to connect elsewhere than to the host it asks for; servers take both for one. */
    private final class Places extends ProxySelector {
        @Override
        public List<Proxy> select(URI asked) {
            String place = places.apply(asked.getHost());
            if (place.equals(asked.getHost()) || !"http".equals(asked.getScheme())) {
                return List.of(Proxy.NO_PROXY);
            }
            int port = asked.getPort() < 0 ? 80 : asked.getPort();
            return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(place, port)));
        }

        @Override
        public void connectFailed(URI asked, SocketAddress place, IOException failure) {
            // the exchange fails
        }
    }
}
