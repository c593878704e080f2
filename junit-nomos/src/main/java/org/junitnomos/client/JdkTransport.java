package org.junitnomos.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries GET requests with a body, which some routes want (node contract 1.1), with the client of the JDK. */
final class JdkTransport implements HttpTransport {
    private @Nullable HttpClient client;

    @Override
    public Response exchange(Request request) throws IOException {
        HttpRequest sent = HttpRequest.newBuilder(URI.create(request.url()))
                .header("Content-Type", request.contentType())
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()))
                .build();
        CompletableFuture<HttpResponse<byte[]>> pending =
                client().sendAsync(sent, HttpResponse.BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> answer = PendingAnswer.await(pending, request.timeout(), "timeout");
            return new Response(answer.statusCode(), new ByteArrayInputStream(answer.body()));
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
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();
            client = known;
        }
        return known;
    }
}
