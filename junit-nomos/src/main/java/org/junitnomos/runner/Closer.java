package org.junitnomos.runner;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Unchecked;

/**
 * Closes what it was given, last first. Every resource is closed even if others fail; the first failure is thrown and
 * later ones are suppressed into it.
 *
 * <p>Thread-safe; a resource added after {@link #close()} is closed at once, so that nothing is lost in a race.
 */
@API(status = INTERNAL, since = "0.1")
@SuppressWarnings("try") // any exception of a resource, an interrupt included, is passed on
public final class Closer implements AutoCloseable {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes over a resource.
     *
     * @throws IllegalStateException if this was closed before; the resource is closed then (a failure is suppressed)
     */
    public <T extends AutoCloseable> T add(T resource) {
        synchronized (this) {
            if (!closed) {
                resources.push(resource);
                return resource;
            }
        }
        IllegalStateException late =
                new IllegalStateException("closer is closed already; closed the late resource " + resource);
        try {
            resource.close();
        } catch (Throwable t) {
            noteInterrupt(t);
            late.addSuppressed(t);
        }
        throw late;
    }

    /**
     * Closes everything, last added first. Idempotent.
     *
     * @throws Exception the first failure, with all later ones suppressed
     */
    @Override
    public void close() throws Exception {
        Throwable first = closeAll(null);
        Unchecked.raise(first);
        if (first != null) {
            throw (Exception) first;
        }
    }

    /** Closes everything because of {@code primary}; failures are suppressed into it and nothing is thrown. */
    public void closeAfter(Throwable primary) {
        closeAll(primary);
    }

    private @Nullable Throwable closeAll(@Nullable Throwable primary) {
        Throwable first = primary;
        for (AutoCloseable next = takeLast(); next != null; next = takeLast()) {
            try {
                next.close();
            } catch (Throwable t) {
                noteInterrupt(t);
                if (first == null) {
                    first = t;
                } else if (first != t) {
                    first.addSuppressed(t);
                }
            }
        }
        return first;
    }

    private synchronized @Nullable AutoCloseable takeLast() {
        closed = true;
        return resources.poll();
    }

    /** Keeps the interrupt visible: an InterruptedException that ends up suppressed would hide it. */
    private static void noteInterrupt(Throwable t) {
        if (t instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }
}
