package org.junitnomos.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.HttpTransport.Purpose;
import org.junitnomos.client.HttpTransport.Request;
import org.junitnomos.client.HttpTransport.Response;
import org.junitnomos.time.Stopwatch;

/** Sends requests to one port of one node and returns the values in good answers. */
final class NodeHttp {

    /** The largest body that is read; far above the largest block (node contract 2.5). */
    static final int LARGEST_BODY = 64 << 20;

    private static final byte[] NO_BODY = {};

    private final HttpTransport transport;
    private final OpenStreams streams;
    private final NodeAddress address;
    private final NodeAddress.Port port;
    private final Duration timeout;

    NodeHttp(
            HttpTransport transport,
            OpenStreams streams,
            NodeAddress address,
            NodeAddress.Port port,
            Duration timeout) {
        this.transport = transport;
        this.streams = streams;
        this.address = address;
        this.port = port;
        this.timeout = timeout;
    }

    /** Reads the answer's body into a value; what it throws becomes a failure that shows the body. */
    interface Reader<T> {
        T read(byte[] body) throws IOException;
    }

    /** Speaks to another port of the node, or with another limit; streams are opened and closed together. */
    NodeHttp with(NodeAddress.Port otherPort, Duration otherTimeout) {
        return new NodeHttp(transport, streams, address, otherPort, otherTimeout);
    }

    <T> T get(String path, Reader<T> reader) {
        return get(path, NO_BODY, reader);
    }

    <T> T get(String path, byte[] body, Reader<T> reader) {
        return exchange(request("GET", path, body, Purpose.QUESTION), reader);
    }

    /** Asks with a POST, which may be sent again. */
    <T> T ask(String path, byte[] body, Reader<T> reader) {
        return exchange(request("POST", path, body, Purpose.QUESTION), reader);
    }

    /** Command with a POST, which is never sent twice. */
    <T> T command(String path, byte[] body, Reader<T> reader) {
        return exchange(request("POST", path, body, Purpose.COMMAND), reader);
    }

    <T> T delete(String path, Reader<T> reader) {
        return exchange(request("DELETE", path, NO_BODY, Purpose.QUESTION), reader);
    }

    private Request request(String method, String path, byte[] body, Purpose purpose) {
        if (streams.isClosed()) {
            throw ExchangeFailures.closed(node());
        }
        String url = address.base(port, path) + path;
        return new Request(node(), method, url, body, address.authorization(port), purpose, timeout);
    }

    private <T> T exchange(Request request, Reader<T> reader) {
        Stopwatch watch = transport.isRealTime() ? new Stopwatch() : null;
        byte[] body;
        try (Response response = transport.exchange(request)) {
            body = read(response, request, watch);
            if (response.status() != 200) {
                throw failures(request, watch).status(response, body);
            }
        } catch (IOException e) {
            throw broken(request, watch, e);
        }
        return parse(request, body, reader);
    }

    /** Opens a stream, which tells no durations. */
    <T> NodeStream<T> stream(String path, Reader<T> reader) {
        Request request = request("GET", path, NO_BODY, Purpose.STREAM);
        try {
            Response response = transport.exchange(request);
            if (response.status() == 200) {
                NodeStream<T> stream = new ResponseStream<>(
                        response.body(), line -> parse(request, line, reader), failures(request, null), streams);
                streams.add(stream);
                return stream;
            }
            try (response) {
                throw failures(request, null).status(response, read(response, request, null));
            }
        } catch (IOException e) {
            throw broken(request, null, e);
        }
    }

    private NodeApiException broken(Request request, @Nullable Stopwatch watch, IOException e) {
        return streams.isClosed()
                ? ExchangeFailures.closed(node())
                : failures(request, watch).io(e, timeout);
    }

    private <T> T parse(Request request, byte[] body, Reader<T> reader) {
        try {
            return reader.read(body);
        } catch (IOException | IllegalArgumentException e) {
            throw failures(request, null).malformed(AnswerFields.problemOf(e), body, e);
        }
    }

    private static byte[] read(Response response, Request request, @Nullable Stopwatch watch) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        byte[] body = response.body().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw failures(request, watch).tooLarge(LARGEST_BODY);
        }
        return body;
    }

    private static ExchangeFailures failures(Request request, @Nullable Stopwatch watch) {
        return ExchangeFailures.of(request, watch == null ? null : Duration.ofNanos(watch.nanos()));
    }

    NodeAddress address() {
        return address;
    }

    String node() {
        return address.node();
    }

    Duration timeout() {
        return timeout;
    }

    OpenStreams streams() {
        return streams;
    }
}
