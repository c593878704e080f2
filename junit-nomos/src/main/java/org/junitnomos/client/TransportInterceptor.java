package org.junitnomos.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Timeline;

/** Puts an {@link HttpTransport} where OkHttp would open a socket. */
final class TransportInterceptor implements Interceptor {

    private static final byte[] NO_BODY = new byte[0];

    private final HttpTransport transport;

    TransportInterceptor(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Duration timeout = request.tag(Duration.class);
        HttpTransport.Response answer = transport.exchange(new HttpTransport.Request(
                request.method(),
                hostOf(request),
                pathOf(request),
                headersOf(request),
                bodyOf(request),
                timeout == null ? Timeline.FOREVER : timeout));
        Headers.Builder headers = new Headers.Builder();
        answer.headers().forEach(headers::add);
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("")
                .headers(headers.build())
                .body(new Body(answer.body()))
                .build();
    }

    private static String hostOf(Request request) {
        int port = request.url().port();
        boolean usual = port == okhttp3.HttpUrl.defaultPort(request.url().scheme());
        return usual ? request.url().host() : request.url().host() + ":" + port;
    }

    private static String pathOf(Request request) {
        String query = request.url().encodedQuery();
        String path = request.url().encodedPath();
        return query == null ? path : path + "?" + query;
    }

    private static Map<String, String> headersOf(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", hostOf(request));
        for (int i = 0; i < request.headers().size(); i++) {
            headers.put(
                    request.headers().name(i).toLowerCase(Locale.ROOT),
                    request.headers().value(i));
        }
        JsonBody body = findBody(request);
        if (body != null) {
            headers.put("content-type", body.contentType().toString());
            headers.put("content-length", Long.toString(body.contentLength()));
        }
        return headers;
    }

    /** The body of a GET is a tag. */
    private static @Nullable JsonBody findBody(Request request) {
        JsonBody body = (JsonBody) request.body();
        return body != null ? body : request.tag(JsonBody.class);
    }

    private static byte[] bodyOf(Request request) {
        JsonBody body = findBody(request);
        return body == null ? NO_BODY : body.bytes();
    }

    /** A body that is read from the transport's stream. */
    static final class Body extends ResponseBody {

        private final InputStream stream;
        private final BufferedSource source;

        Body(InputStream stream) {
            this.stream = stream;
            this.source = Okio.buffer(Okio.source(stream));
        }

        InputStream stream() {
            return stream;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return -1;
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
