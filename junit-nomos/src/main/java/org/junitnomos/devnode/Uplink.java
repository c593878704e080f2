package org.junitnomos.devnode;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets messages out at the rate a link carries: each takes its length over the bandwidth, and waits for those before
 * it. If too much waits, what comes is lost, as when a buffer is full.
 */
final class Uplink {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MAX_WAITING_BYTES = 16L * 1024 * 1024;

    private final Timers timers;
    private final Exit exit;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long bandwidth;

    /** Counts what cannot be undone: a timer of an older transmission does nothing. */
    private long transmission;

    /** Takes a message that is through. */
    interface Exit {
        void release(PeerMessage message, long now);
    }

    private record Waiting(PeerMessage message, long length) {}

    Uplink(Timers timers, Exit exit) {
        this.timers = timers;
        this.exit = exit;
    }

    void send(PeerMessage message, long now) {
        if (bandwidth == 0) {
            exit.release(message, now);
            return;
        }
        long length = message.wireLength();
        if (!waiting.isEmpty() && waitingBytes + length > MAX_WAITING_BYTES) {
            return;
        }
        waiting.add(new Waiting(message, length));
        waitingBytes += length;
        if (waiting.size() == 1) {
            transmit(now);
        }
    }

    /** Changes the rate; what is being sent begins anew, and without a limit everything goes out at once. */
    void setBandwidth(long bytesPerSecond, long now) {
        if (bytesPerSecond == bandwidth) {
            return;
        }
        bandwidth = bytesPerSecond;
        transmission++;
        if (bandwidth > 0) {
            transmit(now);
            return;
        }
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            exit.release(next.message(), now);
        }
        waitingBytes = 0;
    }

    /** Drops what waits. */
    void clear() {
        waiting.clear();
        waitingBytes = 0;
        transmission++;
    }

    private void transmit(long now) {
        Waiting next = waiting.peek();
        if (next == null) {
            return;
        }
        long nanos = (long) StrictMath.ceil((double) next.length() * NANOS_PER_SECOND / bandwidth);
        long due = now + nanos;
        long number = ++transmission;
        timers.at(due, () -> {
            if (number == transmission) {
                waiting.remove();
                waitingBytes -= next.length();
                exit.release(next.message(), due);
                transmit(due);
            }
        });
    }
}
