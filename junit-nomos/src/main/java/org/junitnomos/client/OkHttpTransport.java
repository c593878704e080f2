package org.junitnomos.client;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Stopwatch;

/**
 * Carries exchanges over sockets, with one OkHttp client for all nodes: HTTP/1.1, no proxy, no redirects, kept-alive
 * connections. Limits are set on each call.
 */
final class OkHttpTransport implements HttpTransport {

    /**
     * OkHttp keeps five, of all nodes together: then nearly every request of a cluster would connect anew, by
     * port-forward through the API server of Kubernetes.
     */
    private static final int MOST_IDLE = 4_096;

    private static final Duration KEPT = Duration.ofMinutes(5);

    /** Without TLS: its keys and certificates take longer to make than everything else, and nodes have none. */
    private final OkHttpClient http;

    private @Nullable OkHttpClient https;

    private final JdkTransport bodyGets;
    private final Stopwatch watch = new Stopwatch();

    /**
     * Creates the transport.
     *
     * @param places by the host of a URL, the name or address at which it is reached
     */
    OkHttpTransport(UnaryOperator<String> places) {
        this.bodyGets = new JdkTransport(places);
        this.http = oneConnectionAtATime()
                .connectionPool(new ConnectionPool(MOST_IDLE, KEPT.toSeconds(), TimeUnit.SECONDS))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .followRedirects(false)
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .dns(host -> Dns.SYSTEM.lookup(places.apply(host)))
                .addNetworkInterceptor(OkHttpTransport::onlyOnce)
                .build();
    }

    /** OkHttp 5 would connect on threads of its own, and let InterruptedException escape; older ones never do. */
    private static OkHttpClient.Builder oneConnectionAtATime() {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        var setter = MethodType.methodType(OkHttpClient.Builder.class, boolean.class);
        try {
            // not Class.getMethod, which would load whatever is named in any method
            MethodHandles.publicLookup()
                    .findVirtual(OkHttpClient.Builder.class, "fastFallback", setter)
                    .invoke(builder, false);
        } catch (NoSuchMethodException e) {
            return builder;
        } catch (Throwable e) {
            throw new IllegalStateException("OkHttp refuses to connect to one address at a time", e);
        }
        return builder;
    }

    /** OkHttp asks again on its own account after some statuses (408, 503), but not a node that wants it to wait. */
    private static okhttp3.Response onlyOnce(Interceptor.Chain chain) throws IOException {
        okhttp3.Response response = chain.proceed(chain.request());
        return response.newBuilder().header("Retry-After", "1").build();
    }

    @Override
    public Response exchange(Request request) throws IOException {
        if (request.method().equals("GET") && request.body().length > 0) {
            return bodyGets.exchange(request); // OkHttp has no way to send it
        }
        Call call = clientOf(request.url()).newCall(requestOf(request));
        if (request.purpose() == Purpose.STREAM) {
            return new ReadAheadBody(request.node(), call).open(request.timeout());
        }
        call.timeout().timeout(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
        okhttp3.Response response = call.execute();
        return new Response(
                response.code(),
                response.headers().toMultimap(),
                response.body().byteStream());
    }

    /** A node behind a proxy may have TLS. */
    private OkHttpClient clientOf(String url) {
        return url.startsWith("https:") ? withTls() : http;
    }

    private synchronized OkHttpClient withTls() {
        OkHttpClient known = https;
        if (known == null) {
            known = http.newBuilder()
                    .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
                    .build();
            https = known;
        }
        return known;
    }

    private static okhttp3.Request requestOf(Request request) {
        okhttp3.Request.Builder builder =
                new okhttp3.Request.Builder().url(request.url()).method(request.method(), bodyOf(request));
        if (!request.authorization().isEmpty()) {
            builder.header("Authorization", request.authorization());
        }
        return builder.build();
    }

    private static @Nullable RequestBody bodyOf(Request request) {
        return request.body().length == 0 ? null : new Body(request);
    }

    @Override
    public boolean isRealTime() {
        return true;
    }

    @Override
    public long nanos() {
        return watch.nanos();
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }

    /** OkHttp's own body of bytes may be sent twice. */
    private static final class Body extends RequestBody {
        private final Request request;

        Body(Request request) {
            this.request = request;
        }

        @Override
        public MediaType contentType() {
            return MediaType.get(request.contentType());
        }

        @Override
        public long contentLength() {
            return request.body().length;
        }

        @Override
        public boolean isOneShot() {
            return request.purpose() == Purpose.COMMAND;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(request.body());
        }
    }
}
