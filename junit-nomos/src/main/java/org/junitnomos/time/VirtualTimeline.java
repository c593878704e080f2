package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A timeline on which only waiting takes time. Managed threads are ordinary threads that run one at a time; when all
 * wait, time jumps to the next event. The order of everything that happens is total and the same in every execution,
 * as long as only one thread enters at a time and all code on it is deterministic.
 *
 * <ul>
 *   <li>Threads that are ready run before the next event, in the order they became ready; events run in the order
 *       (time, order of scheduling).
 *   <li>Time moves only while at least one thread is between {@link #enter()} and {@link #exit()}: when the last one
 *       leaves, tasks and events stay where they are until somebody enters.
 *   <li>A thread that really waits (sleeps, or waits for a foreign thread) while it has its turn stops everybody; this
 *       is reported, and fails the timeline in the end.
 * </ul>
 */
@API(status = INTERNAL, since = "0.1")
public final class VirtualTimeline implements Timeline {

    /**
     * Measured on two cores: two threads that take turns change several times as often as without spinning, more
     * threads as often as without; 2000 spins make them three times slower.
     */
    private static final int SPINS = 100;

    private final VirtualTimeSettings settings;
    private final Baton baton = new Baton(SPINS);
    private final RealTimeLimit realTimeLimit;
    private final VirtualScheduler scheduler;
    private final VirtualSignal anyTaskEnded;
    private final List<VirtualTask> tasks = new CopyOnWriteArrayList<>();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Creates a timeline at protocol time zero. */
    public VirtualTimeline(VirtualTimeSettings settings) {
        this.settings = settings;
        this.realTimeLimit = new RealTimeLimit();
        this.scheduler = new VirtualScheduler(baton, realTimeLimit);
        this.anyTaskEnded = new VirtualSignal(scheduler, "task ended", "the end of any task");
    }

    /** Creates a timeline with {@link VirtualTimeSettings#defaults()}. */
    public VirtualTimeline() {
        this(VirtualTimeSettings.defaults());
    }

    /**
     * Allows that much real time from now on, also if the old limit was exceeded; for orderly ends after a run that
     * took too long. Any thread may call it.
     */
    public void limitRealTime(Duration fromNow) {
        realTimeLimit.renew(baton, fromNow, null);
    }

    /**
     * Allows that much real time from now on, like {@link #limitRealTime(Duration)}.
     *
     * @param reason what whoever waits then is told: which limit of whom it was, and what to do
     */
    public void limitRealTime(Duration fromNow, String reason) {
        realTimeLimit.renew(baton, fromNow, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Allows no more real time: every wait fails now, and soon afterwards the turn is taken from a thread that does not
     * give it back. Any thread may call it; a new limit ends it.
     *
     * @param reason what whoever waits is told
     */
    public void stop(String reason) {
        limitRealTime(Duration.ZERO, reason);
        realTimeLimit.check(baton, scheduler.now());
    }

    /** Returns why every wait fails now; null if none does. Any thread may call it. */
    public @Nullable String problem() {
        Baton.Stop stopped = baton.stop();
        return stopped == null ? null : stopped.text();
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    @Override
    public long nanos() {
        return scheduler.now();
    }

    @Override
    public Instant instant() {
        return settings.epoch().plusNanos(scheduler.now());
    }

    @Override
    public void sleep(Duration span) throws InterruptedException {
        ManagedThread me = scheduler.require("sleep()");
        long wakeAt = Nanos.after(scheduler.now(), Nanos.of(span));
        scheduler.block(me, "the end of its sleep", null, null, wakeAt);
    }

    @Override
    public Signal signal(String name) {
        return new VirtualSignal(scheduler, name, "signal '" + name + "'");
    }

    @Override
    public Cancellation schedule(Duration delay, String name, Runnable event) {
        Objects.requireNonNull(event, "event");
        scheduler.require("schedule('" + name + "')");
        return add(new TimedEvent(name, event, 0, scheduler), Nanos.of(delay));
    }

    @Override
    public Cancellation repeat(Duration period, String name, Runnable event) {
        Objects.requireNonNull(event, "event");
        long nanos = RealTimeline.requirePeriod(period, name);
        scheduler.require("repeat('" + name + "')");
        return add(new TimedEvent(name, event, nanos, scheduler), nanos);
    }

    private Cancellation add(TimedEvent event, long delay) {
        event.time = Nanos.after(scheduler.now(), delay);
        scheduler.add(event);
        return event;
    }

    @Override
    public Task spawn(String name, TaskBody body) {
        Objects.requireNonNull(body, "body");
        scheduler.require("spawn('" + name + "')");
        VirtualTask task = new VirtualTask(scheduler, name, body, anyTaskEnded);
        scheduler.begin(task.thread());
        tasks.removeIf(old -> old.isDone() && old.unobservedFailure() == null);
        tasks.add(task);
        return task;
    }

    @Override
    public <T> T call(Callable<T> body) throws Exception {
        enter();
        T result;
        try {
            result = body.call();
        } catch (Throwable t) {
            try {
                exit();
            } catch (EventFailedException e) {
                t.addSuppressed(e);
            }
            throw t;
        }
        exit();
        return result;
    }

    @Override
    public void enter() throws InterruptedException {
        Baton.Stop stopped = baton.stop();
        if (stopped != null) {
            throw stopped.exception();
        }
        ManagedThread me = baton.current();
        if (me != null) {
            me.depth++;
            return;
        }
        if (watched.compareAndSet(false, true)) {
            new Watchdog(baton, settings, realTimeLimit, scheduler::now).start();
        }
        scheduler.enter(false, 0);
    }

    @Override
    public void exit() {
        ManagedThread me = baton.current();
        if (baton.isDead()) {
            return; // whoever closed the timeline took everybody off it
        }
        if (me == null) {
            throw new IllegalStateException("exit() without enter() on thread '"
                    + Thread.currentThread().getName() + "'");
        }
        scheduler.exit(me);
    }

    @Override
    public boolean isManaged() {
        return baton.current() != null && !baton.isDead();
    }

    @Override
    public boolean canWait() {
        return isManaged() && !scheduler.isInline();
    }

    @Override
    public void checkManaged(String what) {
        scheduler.require(what);
    }

    @Override
    public void onEventFailure(EventFailureHandler handler) {
        scheduler.failures().setHandler(handler);
    }

    @Override
    public void close() {
        if (baton.current() != null && scheduler.isInline()) {
            throw new TimelineException("an event must not close the timeline that runs it");
        }
        if (closed.compareAndSet(false, true)) {
            new VirtualShutdown(baton, scheduler, anyTaskEnded, settings.closeLimit()).run(tasks);
        }
    }
}
