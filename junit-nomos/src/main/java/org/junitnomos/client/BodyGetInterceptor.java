package org.junitnomos.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends GET requests with a body through the client of the JDK: some routes of a node want one (node contract 1.1), and
 * OkHttp has no way to send it. Such a request carries its body as a tag.
 */
final class BodyGetInterceptor implements Interceptor {
    private final Object lock = new Object();
    private @Nullable HttpClient client;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        JsonBody body = request.tag(JsonBody.class);
        if (body == null) {
            return chain.proceed(request);
        }
        HttpRequest.Builder plain = HttpRequest.newBuilder(request.url().uri())
                .header("Content-Type", JsonBody.TYPE)
                .method("GET", HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
        HttpResponse<byte[]> answer = exchange(plain.build(), request.tag(Duration.class));
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.statusCode())
                .message("")
                .body(new TransportInterceptor.Body(new ByteArrayInputStream(answer.body())))
                .build();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, @Nullable Duration limit) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return limit == null ? answer.get() : answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new SocketTimeoutException("timeout").initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("the exchange failed: " + e.getCause(), e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Only clients that need it have it, as it keeps a thread for as long as it is reachable. */
    private HttpClient client() {
        synchronized (lock) {
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
}
