package org.junitnomos.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads a stream on the calling thread, which waits on the transport's own timeline. */
final class TransportStream<T> implements NodeStream<T> {

    private final NodeHttp http;
    private final Request request;
    private final NodeHttp.Reader<T> reader;
    private final OpenStreams streams;
    private final InputStream body;
    private final StreamLines lines;
    private volatile boolean ended;

    private TransportStream(
            NodeHttp http,
            Request request,
            NodeHttp.Reader<T> reader,
            OpenStreams streams,
            TransportInterceptor.Body body) {
        this.http = http;
        this.request = request;
        this.reader = reader;
        this.streams = streams;
        this.body = body.stream();
        this.lines = new StreamLines(body.source());
    }

    static <T> NodeStream<T> open(NodeHttp http, String path, NodeHttp.Reader<T> reader, OpenStreams streams) {
        Request request = http.get(path);
        Response response = http.openStream(request, http.stack().newCall(request));
        TransportStream<T> stream =
                new TransportStream<>(http, request, reader, streams, (TransportInterceptor.Body) response.body());
        streams.add(stream);
        return stream;
    }

    @Override
    public Optional<T> next(Duration timeout) throws InterruptedException {
        while (!ended) {
            byte[] line = line(timeout);
            if (line == null) {
                return Optional.empty();
            }
            if (line.length > 0) {
                return Optional.of(http.parse(request, line, reader));
            }
        }
        return Optional.empty();
    }

    /** Return a line, an empty array for a blank one, or null if none came. */
    private byte @Nullable [] line(Duration timeout) throws InterruptedException {
        try {
            while (!lines.hasBufferedLine()) {
                if (body instanceof HttpTransport.StreamBody waiting && !waiting.await(timeout)) {
                    return null;
                }
                if (ended) {
                    return null;
                }
                if (!lines.fill()) {
                    close();
                    lines.checkEnd();
                    return null;
                }
            }
            byte[] line = lines.take();
            return line == null ? new byte[0] : line;
        } catch (IOException e) {
            boolean asked = ended;
            close();
            if (asked && !(e instanceof EOFException)) {
                return null;
            }
            throw http.failures(request, null).io(e, null);
        }
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        streams.remove(this);
        try {
            body.close();
        } catch (IOException e) {
            // The stream is over either way.
        }
    }
}
