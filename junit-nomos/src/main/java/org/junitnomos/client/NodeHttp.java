package org.junitnomos.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.Supplier;
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
    private final RouteTallies tallies;

    NodeHttp(
            HttpTransport transport,
            OpenStreams streams,
            NodeAddress address,
            NodeAddress.Port port,
            Duration timeout,
            RouteTallies tallies) {
        this.transport = transport;
        this.streams = streams;
        this.address = address;
        this.port = port;
        this.timeout = timeout;
        this.tallies = tallies;
    }

    /** Reads the answer's body into a value; what it throws becomes a failure that shows the body. */
    interface Reader<T> {
        T read(byte[] body) throws IOException;
    }

    /** Speaks to another port of the node, or with another limit; streams are opened and closed together. */
    NodeHttp with(NodeAddress.Port otherPort, Duration otherTimeout) {
        return new NodeHttp(transport, streams, address, otherPort, otherTimeout, tallies);
    }

    <T> T get(String path, Reader<T> reader) {
        return get(path, NO_BODY, reader);
    }

    <T> T get(String path, byte[] body, Reader<T> reader) {
        return exchange(path, request("GET", path, body, Purpose.QUESTION), reader);
    }

    /** Asks with a POST, which may be sent again. */
    <T> T ask(String path, byte[] body, Reader<T> reader) {
        return exchange(path, request("POST", path, body, Purpose.QUESTION), reader);
    }

    /** Command with a POST, which is never sent twice. */
    <T> T command(String path, byte[] body, Reader<T> reader) {
        return exchange(path, request("POST", path, body, Purpose.COMMAND), reader);
    }

    <T> T delete(String path, Reader<T> reader) {
        return exchange(path, request("DELETE", path, NO_BODY, Purpose.QUESTION), reader);
    }

    private Request request(String method, String path, byte[] body, Purpose purpose) {
        if (streams.isClosed()) {
            throw ExchangeFailures.closed(node());
        }
        String url = address.base(port, path) + path;
        return new Request(node(), method, url, body, address.authorization(port), purpose, timeout);
    }

    private <T> T exchange(String path, Request request, Reader<T> reader) {
        return tallied(path, () -> exchange(request, reader));
    }

    /** Counts an exchange of the API; what controls a node through its testing port says nothing of its service. */
    private <T> T tallied(String path, Supplier<T> exchange) {
        if (port != NodeAddress.Port.API) {
            return exchange.get();
        }
        long start = transport.nanos();
        try {
            T answer = exchange.get();
            tallies.add(path, transport.nanos() - start, false);
            return answer;
        } catch (NodeApiException e) {
            if (e.kind() != NodeApiException.Kind.CLOSED) {
                tallies.add(path, transport.nanos() - start, e.isFailureOfNode());
            }
            throw e;
        }
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
        return tallied(path, () -> open(request, reader));
    }

    private <T> NodeStream<T> open(Request request, Reader<T> reader) {
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

    RouteTallies tallies() {
        return tallies;
    }

    OpenStreams streams() {
        return streams;
    }
}
