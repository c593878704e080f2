package org.junitnomos.client;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The one OkHttp client behind all clients of a {@link NodeClients}, and what is open on it.
 *
 * <p>Exchanges run on the calling thread. Limits are set on each call, so that one OkHttp client serves all.
 */
final class HttpStack {

    /** Added to every status below OkHttp's retry logic, and taken off above it. */
    private static final int SHIFT = 1000;

    private final OkHttpClient http;
    private final boolean sockets;
    private final OpenStreams streams = new OpenStreams(null);
    private volatile boolean closed;

    private HttpStack(OkHttpClient http, boolean sockets) {
        this.http = http;
        this.sockets = sockets;
    }

    static HttpStack overSockets(UnaryOperator<String> places) {
        OkHttpClient http = base().dns(host -> Dns.SYSTEM.lookup(places.apply(host)))
                .addInterceptor(new BodyGetInterceptor())
                .addInterceptor(chain -> shifted(chain, -SHIFT))
                .addNetworkInterceptor(chain -> shifted(chain, SHIFT))
                .build();
        return new HttpStack(http, true);
    }

    static HttpStack over(HttpTransport transport) {
        return new HttpStack(
                base().addInterceptor(new TransportInterceptor(transport)).build(), false);
    }

    private static OkHttpClient.Builder base() {
        return new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .fastFallback(false) // it would connect on threads of its own, and let InterruptedException escape
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
    }

    /**
     * Hide the status from OkHttp, which would ask again on its own account after some (408, 503 with Retry-After);
     * what a node answers is what the caller gets.
     */
    private static Response shifted(Interceptor.Chain chain, int shift) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.newBuilder().code(response.code() + shift).build();
    }

    /** Whether exchanges take real time: only then are there limits, and durations in texts. */
    boolean sockets() {
        return sockets;
    }

    Call newCall(Request request) {
        return http.newCall(request);
    }

    OpenStreams streams() {
        return streams;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        streams.close();
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }
}
