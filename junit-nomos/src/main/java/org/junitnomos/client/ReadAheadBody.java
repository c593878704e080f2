package org.junitnomos.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Threads;

/**
 * Body of a stream that a thread of its own reads from a socket, line by line, so that {@link #await} can give up.
 *
 * <p>When nobody takes lines, the thread stops reading after {@value #AHEAD} of them, and the node has to wait.
 */
final class ReadAheadBody extends HttpTransport.StreamBody {

    private static final int AHEAD = 1024;
    private static final byte[] END = {};

    private final Call call;
    private final Thread thread;
    private final CompletableFuture<HttpTransport.Response> opened = new CompletableFuture<>();
    private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>(AHEAD);
    private volatile @Nullable IOException broken;
    private byte[] current = new byte[0];
    private int position;

    ReadAheadBody(String node, Call call) {
        this.call = call;
        this.thread = Threads.daemon("stream-" + node, this::run);
    }

    /** Executes the call and returns its response, whose body this is if the status is 200. */
    HttpTransport.Response open(Duration limit) throws IOException {
        thread.start();
        try {
            return PendingAnswer.await(opened, limit, "no response");
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void run() {
        try {
            try (Response response = call.execute()) {
                answer(response);
            } catch (IOException e) {
                broken = e;
                opened.completeExceptionally(e);
            }
            lines.put(END);
        } catch (InterruptedException e) {
            // Only close() interrupts this thread: there is nobody left to tell.
        }
    }

    private void answer(Response response) throws IOException, InterruptedException {
        if (response.code() == 200) {
            opened.complete(new HttpTransport.Response(200, response.headers().toMultimap(), this));
            readAhead(response.body().source());
        } else {
            byte[] whole = response.body().byteStream().readNBytes(NodeHttp.LARGEST_BODY + 1);
            opened.complete(new HttpTransport.Response(
                    response.code(), response.headers().toMultimap(), new ByteArrayInputStream(whole)));
        }
    }

    private void readAhead(BufferedSource source) throws IOException, InterruptedException {
        while (!source.exhausted()) {
            long end = source.indexOf(StreamLines.LINE_FEED, 0, NodeHttp.LARGEST_BODY + 1L);
            byte[] line = source.readByteArray(end < 0 ? source.getBuffer().size() : end + 1);
            if (end < 0 || !StreamLines.isBlank(line)) {
                lines.put(line);
            }
        }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        if (current != END && position == current.length) {
            byte[] next = lines.poll(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            if (next == null) {
                return false;
            }
            current = next;
            position = 0;
        }
        return true;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (current == END) {
            IOException why = broken;
            if (why != null) {
                throw why;
            }
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        call.cancel();
        thread.interrupt();
        lines.clear();
        lines.offer(END);
    }
}
