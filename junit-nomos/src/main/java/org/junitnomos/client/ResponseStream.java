package org.junitnomos.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a stream on the calling thread, which waits as the transport does. */
final class ResponseStream<T> implements NodeStream<T> {

    private final InputStream body;
    private final StreamLines lines;
    private final Function<byte[], T> parser;
    private final ExchangeFailures failures;
    private final OpenStreams streams;
    private volatile boolean ended;

    ResponseStream(InputStream body, Function<byte[], T> parser, ExchangeFailures failures, OpenStreams streams) {
        this.body = body;
        this.lines = new StreamLines(body);
        this.parser = parser;
        this.failures = failures;
        this.streams = streams;
    }

    @Override
    public Optional<T> next(Duration timeout) throws InterruptedException {
        while (!ended) {
            byte[] line = line(timeout);
            if (line == null) {
                return Optional.empty();
            }
            if (!StreamLines.isBlank(line)) {
                return Optional.of(parser.apply(line));
            }
        }
        return Optional.empty();
    }

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
            return lines.take();
        } catch (IOException e) {
            boolean asked = ended;
            close();
            if (asked && !(e instanceof EOFException)) {
                return null;
            }
            throw failures.io(e, null);
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
