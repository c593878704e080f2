package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.HttpTransport.Response;
import org.junitnomos.devnode.ApiResponse;
import org.junitnomos.time.Signal;
import org.junitnomos.time.Timeline;

/**
 * A request that is not answered at once: to a node that is paused it lies in the node's queue until the node goes on,
 * and is dealt with then, even if the one who asked gave up meanwhile; others a node answers when it knows more.
 */
final class WaitingExchange implements Runnable {
    /** The limit of the node's HTTP layer (node contract 1.1). */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Consumer<WaitingExchange> ask;
    private final Runnable tell;
    private @Nullable Response response;
    private boolean done;
    private boolean awaited;
    private boolean abandoned;

    WaitingExchange(Consumer<WaitingExchange> ask, Runnable tell) {
        this.ask = ask;
        this.tell = tell;
    }

    @Override
    public void run() {
        ask.accept(this);
    }

    /** Takes the answer; null if the connection broke. */
    void complete(@Nullable Response answered) {
        boolean wake;
        boolean late;
        synchronized (this) {
            done = true;
            late = abandoned;
            wake = awaited;
            response = late ? null : answered;
        }
        if (late) {
            discard(answered);
        } else if (wake) {
            tell.run();
        }
    }

    private static void discard(@Nullable Response response) {
        if (response != null) {
            try {
                response.close();
            } catch (IOException e) {
                throw new IllegalStateException("a body in memory cannot be closed", e);
            }
        }
    }

    private synchronized boolean isDone() {
        return done;
    }

    private synchronized void beginToWait() {
        awaited = true;
    }

    /** Waits for the answer on the timeline; inside an event nobody can wait, and so it times out at once. */
    Response await(Timeline timeline, Signal changed, BooleanSupplier nodeIsGone, Duration timeout, boolean paused)
            throws IOException {
        boolean limited = !paused && timeout.compareTo(LIMIT) > 0;
        try {
            beginToWait();
            if (!isDone() && timeline.canWait()) {
                changed.await(() -> isDone() || nodeIsGone.getAsBoolean(), limited ? LIMIT : timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
            throw (IOException) new InterruptedIOException("interrupted while waiting for an answer").initCause(e);
        }
        var answered = abandon();
        if (answered != null) {
            return answered;
        }
        if (isDone() || nodeIsGone.getAsBoolean()) {
            throw new SocketException("Connection reset");
        }
        if (limited) {
            return EmbeddedTransport.carry(new ApiResponse(408, "", new byte[0], null));
        }
        throw new SocketTimeoutException("timeout");
    }

    private synchronized @Nullable Response abandon() {
        abandoned = true;
        return response;
    }
}
