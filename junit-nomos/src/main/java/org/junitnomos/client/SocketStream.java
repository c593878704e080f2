package org.junitnomos.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.junitnomos.time.Threads;

/**
 * Reads a stream from a socket on a thread of its own, so that {@link #next} can give up waiting.
 *
 * <p>When nobody takes lines, the thread stops reading after {@value #AHEAD} of them, and the node has to wait.
 */
final class SocketStream<T> implements NodeStream<T> {

    private static final int AHEAD = 1024;

    private final NodeHttp http;
    private final Request request;
    private final NodeHttp.Reader<T> reader;
    private final OpenStreams streams;
    private final Call call;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>(AHEAD);
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;

    /** What the reading thread found. */
    private sealed interface Item {}

    private record Line(byte[] bytes) implements Item {}

    private record End() implements Item {}

    private record Broken(IOException why) implements Item {}

    private SocketStream(NodeHttp http, Request request, NodeHttp.Reader<T> reader, OpenStreams streams) {
        this.http = http;
        this.request = request;
        this.reader = reader;
        this.streams = streams;
        this.call = http.stack().newCall(request);
        this.thread = Threads.daemon("stream-" + http.node(), this::read);
    }

    static <T> NodeStream<T> open(NodeHttp http, String path, NodeHttp.Reader<T> reader, OpenStreams streams) {
        SocketStream<T> stream = new SocketStream<>(http, http.get(path), reader, streams);
        streams.add(stream);
        stream.thread.start();
        stream.awaitOpen();
        return stream;
    }

    private void awaitOpen() {
        try {
            opened.get(http.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof NodeApiException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw http.failures(request, null).io(new SocketTimeoutException("no response"), http.limit());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw http.failures(request, null).io(new InterruptedIOException("interrupted"), null);
        }
    }

    private void read() {
        try (Response response = http.openStream(request, call)) {
            opened.complete(null);
            StreamLines lines = new StreamLines(response.body().source());
            while (!closed) {
                if (lines.hasBufferedLine()) {
                    byte[] line = lines.take();
                    if (line != null) {
                        items.put(new Line(line));
                    }
                } else if (!lines.fill()) {
                    lines.checkEnd();
                    break;
                }
            }
            items.put(new End());
        } catch (NodeApiException e) {
            opened.completeExceptionally(e);
        } catch (IOException e) {
            tellBroken(e);
        } catch (InterruptedException e) {
            // Only close() interrupts this thread: there is nobody left to tell.
            ended = true;
        }
    }

    private void tellBroken(IOException why) {
        try {
            items.put(new Broken(why));
        } catch (InterruptedException e) {
            ended = true;
        }
    }

    @Override
    public Optional<T> next(Duration timeout) throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        Item item = items.poll(Math.max(0, saturated(timeout)), TimeUnit.NANOSECONDS);
        if (item instanceof Line line) {
            return Optional.of(http.parse(request, line.bytes(), reader));
        }
        if (item == null) {
            return Optional.empty();
        }
        boolean asked = closed;
        close();
        if (item instanceof Broken broken && !asked) {
            throw http.failures(request, null).io(broken.why(), null);
        }
        return Optional.empty();
    }

    private static long saturated(Duration timeout) {
        return timeout.getSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1 ? Long.MAX_VALUE : timeout.toNanos();
    }

    @Override
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ended = true;
        streams.remove(this);
        call.cancel();
        thread.interrupt();
        items.clear();
        items.offer(new End());
    }
}
