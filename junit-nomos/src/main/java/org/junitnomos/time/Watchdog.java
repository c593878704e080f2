package org.junitnomos.time;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks, in real time, whether the holder of a {@link Baton} waits outside of the timeline, and says so: first as a
 * notice, later by failing the timeline, at last by taking it from under the holder. Also enforces the real-time limit
 * when nobody else looks.
 */
final class Watchdog {

    private static final long SAMPLE_MILLIS = 125;

    /** On a busy machine a thread that computes may not go on for long, and block for an instant just then. */
    private static final int WAITING_SAMPLES = 3;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Baton baton;
    private final VirtualTimeSettings settings;
    private final RealTimeLimit realTimeLimit;
    private final LongSupplier protocolNanos;
    private final Set<String> reported = new LinkedHashSet<>();
    private @Nullable ManagedThread lastHolder;
    private long lastTouches;
    private long since;
    private long failedAt;
    private String lastPlace = "";
    private int waits;

    Watchdog(Baton baton, VirtualTimeSettings settings, RealTimeLimit realTimeLimit, LongSupplier protocolNanos) {
        this.baton = baton;
        this.settings = settings;
        this.realTimeLimit = realTimeLimit;
        this.protocolNanos = protocolNanos;
    }

    void start() {
        Threads.daemon("watchdog", this::watch).start();
    }

    private void watch() {
        try {
            while (!baton.isDead()) {
                Thread.sleep(SAMPLE_MILLIS);
                sample(System.nanoTime());
            }
        } catch (InterruptedException e) {
            // Nobody of ours interrupts it; whoever does wants it to end.
        }
    }

    private void sample(long realNow) {
        ManagedThread holder = baton.holder();
        long touches = baton.touches();
        if (holder == null || holder != lastHolder || touches != lastTouches) {
            lastHolder = holder;
            lastTouches = touches;
            since = realNow;
            failedAt = 0;
            waits = 0;
            if (holder != null) {
                realTimeLimit.check(baton, protocolNanos.getAsLong());
            }
            return;
        }
        if (!holder.thread.isAlive()) {
            baton.kill("thread '" + holder.thread.getName() + "' ended between enter() and exit(), so nobody else can"
                    + " run; use call(...), or exit() in a finally block");
            return;
        }
        long held = realNow - since;
        if (failedAt != 0) {
            if (realNow - failedAt > GRACE.toNanos()) {
                baton.kill(VirtualShutdown.CLOSED); // keeps the text of the failure
            }
            return;
        }
        if (realTimeLimit.check(baton, protocolNanos.getAsLong())) {
            fail(holder, realNow);
        } else {
            inspect(holder, held, realNow);
        }
    }

    private void inspect(ManagedThread holder, long held, long realNow) {
        HeldStack stack = HeldStack.of(holder.thread);
        if (stack == null || baton.holder() != holder || baton.touches() != lastTouches) {
            waits = 0;
            return;
        }
        String place = stack.call() + " at " + stack.place();
        waits = waits > 0 && place.equals(lastPlace) ? waits + 1 : 1;
        lastPlace = place;
        if (held <= settings.noticeAfter().toNanos() || waits < WAITING_SAMPLES) {
            return;
        }
        String text = stack.explain(holder.thread.getName(), held, protocolNanos.getAsLong());
        if (held > Nanos.of(settings.holdLimit())) {
            baton.stop(text);
            fail(holder, realNow);
        } else if (reported.add(stack.place())) {
            settings.notices().accept(text);
        }
    }

    private void fail(ManagedThread holder, long realNow) {
        failedAt = realNow;
        holder.thread.interrupt();
    }
}
