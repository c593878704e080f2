package org.junitnomos.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, as a socket would, for an answer that another thread fetches. */
final class PendingAnswer {

    private PendingAnswer() {}

    /**
     * Waits for an answer.
     *
     * @param limit longest wait, in real time
     * @param late says that none came in time
     */
    static <T> T await(CompletableFuture<T> answer, Duration limit, String late) throws IOException {
        try {
            return answer.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new SocketTimeoutException(late).initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("the exchange failed: " + e.getCause(), e);
        }
    }
}
