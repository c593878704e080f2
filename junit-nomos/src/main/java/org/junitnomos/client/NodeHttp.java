package org.junitnomos.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Stopwatch;

/** Sends requests to one port of one node and returns the bodies of good answers. */
final class NodeHttp {

    /** The largest body that is read; far above the largest block (node contract 2.5). */
    static final int LARGEST_BODY = 64 << 20;

    private final HttpStack stack;
    private final NodeAddress address;
    private final NodeAddress.Port port;
    private final String node;
    private final Duration timeout;

    NodeHttp(HttpStack stack, NodeAddress address, NodeAddress.Port port, Duration timeout) {
        this.stack = stack;
        this.address = address;
        this.port = port;
        this.node = address.node();
        this.timeout = timeout;
    }

    /** Read the answer's body into a value; what it throws becomes a failure that shows the body. */
    interface Reader<T> {
        T read(byte[] body) throws IOException;
    }

    /** Say where the node listens now. */
    String base(String path) {
        if (stack.isClosed()) {
            throw ExchangeFailures.closed(node);
        }
        return address.base(port, path);
    }

    Request get(String path) {
        return request(path).build();
    }

    /** Ask a certain address, where the node listened a moment ago. */
    Request get(String base, String path) {
        return request(base, path).build();
    }

    /** Ask with a body, which OkHttp does not know of a GET: it goes along as a tag. */
    Request get(String path, JsonBody body) {
        return request(path).tag(JsonBody.class, body).build();
    }

    Request post(String path, JsonBody body) {
        return request(path).post(body).build();
    }

    Request delete(String path) {
        return request(path).delete(null).build();
    }

    /** Begin a request; a transport is told by the tag how long to wait for the answer. */
    private Request.Builder request(String base, String path) {
        return new Request.Builder().url(HttpUrl.get(base + path)).tag(Duration.class, timeout);
    }

    private Request.Builder request(String path) {
        return request(base(path), path);
    }

    <T> T exchange(Request request, Reader<T> reader) {
        Stopwatch watch = new Stopwatch();
        Call call = open(request);
        byte[] body;
        try (Response response = call.execute()) {
            body = read(response, request, watch);
            if (response.code() != 200) {
                throw failures(request, watch).status(response.code(), body);
            }
        } catch (IOException e) {
            throw stack.isClosed()
                    ? ExchangeFailures.closed(node)
                    : failures(request, watch).io(e, limit());
        }
        return parse(request, body, reader);
    }

    /** Execute a call and return its open response; the limit on it is the caller's. */
    Response openStream(Request request, Call call) {
        try {
            Response response = call.execute();
            if (response.code() == 200) {
                return response;
            }
            try (response) {
                throw failures(request, null).status(response.code(), read(response, request, null));
            }
        } catch (IOException e) {
            throw stack.isClosed()
                    ? ExchangeFailures.closed(node)
                    : failures(request, null).io(e, limit());
        }
    }

    /** Read a value; a body of the wrong shape becomes a {@link NodeApiException}. */
    <T> T parse(Request request, byte[] body, Reader<T> reader) {
        try {
            return reader.read(body);
        } catch (IOException | IllegalArgumentException e) {
            throw failures(request, null).malformed(AnswerFields.problemOf(e), body, e);
        }
    }

    private byte[] read(Response response, Request request, @Nullable Stopwatch watch) throws IOException {
        InputStream stream = response.body().byteStream();
        byte[] body = stream.readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw failures(request, watch).tooLarge(LARGEST_BODY);
        }
        return body;
    }

    private Call open(Request request) {
        if (stack.isClosed()) {
            throw ExchangeFailures.closed(node);
        }
        Call call = stack.newCall(request);
        if (stack.sockets()) {
            call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        return call;
    }

    ExchangeFailures failures(Request request, @Nullable Stopwatch watch) {
        Duration after = watch == null || !stack.sockets() ? null : Duration.ofNanos(watch.nanos());
        return ExchangeFailures.of(node, request.method(), request.url(), after);
    }

    /** Return the limit of an exchange. */
    Duration limit() {
        return timeout;
    }

    HttpStack stack() {
        return stack;
    }

    String node() {
        return node;
    }

    Duration timeout() {
        return timeout;
    }
}
