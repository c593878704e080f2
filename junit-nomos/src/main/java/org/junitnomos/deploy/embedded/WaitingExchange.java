package org.junitnomos.deploy.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junitnomos.client.HttpTransport.Response;
import org.junitnomos.internal.Signal;
import org.junitnomos.internal.Timeline;

/**
 * A request to a node that is paused: it lies in the node's queue until the node goes on, and is dealt with then, even
 * if the one who asked gave up meanwhile.
 */
final class WaitingExchange implements Runnable {
    private final Supplier<Optional<Response>> answer;
    private @Nullable Response response;
    private boolean done;
    private boolean abandoned;

    WaitingExchange(Supplier<Optional<Response>> answer) {
        this.answer = answer;
    }

    @Override
    public void run() {
        var answered = answer.get().orElse(null);
        synchronized (this) {
            done = true;
            if (!abandoned) {
                response = answered;
                return;
            }
        }
        discard(answered);
    }

    private static void discard(@Nullable Response response) {
        if (response != null) {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new IllegalStateException("a body in memory cannot be closed", e);
            }
        }
    }

    private synchronized boolean isDone() {
        return done;
    }

    /** Wait for the answer on the timeline; inside an event nobody can wait, and so it times out at once. */
    Response await(Timeline timeline, Signal wentOn, BooleanSupplier nodeIsGone, Duration timeout) throws IOException {
        try {
            if (timeline.canWait()) {
                wentOn.await(() -> isDone() || nodeIsGone.getAsBoolean(), timeout);
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
        throw new SocketTimeoutException("timeout");
    }

    private synchronized @Nullable Response abandon() {
        abandoned = true;
        return response;
    }
}
