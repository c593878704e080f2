package org.junitnomos.time;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;

/**
 * A timeline in real time: the system clock and ordinary daemon threads. One thread keeps the schedule, and every event
 * runs on a thread of a pool that grows as needed, so that an event that blocks delays no other. Thread-safe.
 */
@API(status = INTERNAL, since = "0.1")
public final class RealTimeline implements Timeline {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Instant epoch = Instant.now();
    private final long start = System.nanoTime();
    private final Duration closeLimit;
    private final ScheduledThreadPoolExecutor schedule;
    private final ExecutorService workers;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<RealTask> tasks = new ArrayList<>();
    private final EventFailures failures = new EventFailures();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Creates a timeline that begins now. */
    public RealTimeline() {
        this(CLOSE_LIMIT);
    }

    /** Creates a timeline that begins now and waits at most {@code closeLimit} for its threads when it is closed. */
    public RealTimeline(Duration closeLimit) {
        this.closeLimit = closeLimit;
        this.schedule = new ScheduledThreadPoolExecutor(1, remembered(Threads.factory("schedule")));
        this.schedule.setRemoveOnCancelPolicy(true);
        this.workers = Executors.newCachedThreadPool(remembered(Threads.factory("event")));
    }

    private ThreadFactory remembered(ThreadFactory factory) {
        return body -> {
            Thread thread = factory.newThread(body);
            threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
            threads.add(thread);
            return thread;
        };
    }

    /** Validates the period of a repeated event and returns it in nanoseconds. */
    static long requirePeriod(Duration period, String name) {
        long nanos = Nanos.of(period);
        if (nanos <= 0) {
            throw new IllegalArgumentException(
                    "event '" + name + "': the period must be positive, but was " + DurationText.format(period));
        }
        return nanos;
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    public long nanos() {
        return System.nanoTime() - start;
    }

    @Override
    public Instant instant() {
        return epoch.plusNanos(nanos());
    }

    @Override
    public void sleep(Duration span) throws InterruptedException {
        checkOpen();
        long nanos = Nanos.of(span);
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } else if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a sleep");
        } else {
            Thread.yield();
        }
    }

    @Override
    public Signal signal(String name) {
        return new RealSignal(name);
    }

    @Override
    public Cancellation schedule(Duration delay, String name, Runnable event) {
        RealEvent once = new RealEvent(this, name, Objects.requireNonNull(event, "event"), 0);
        once.runAt(Nanos.after(nanos(), Nanos.of(delay)));
        return once;
    }

    @Override
    public Cancellation repeat(Duration period, String name, Runnable event) {
        long nanos = requirePeriod(period, name);
        RealEvent repeated = new RealEvent(this, name, Objects.requireNonNull(event, "event"), nanos);
        repeated.runAt(Nanos.after(nanos(), nanos));
        return repeated;
    }

    /** Runs {@code action} on a worker thread at that protocol time. */
    Runnable at(long time, Runnable action) {
        if (time == Nanos.NEVER) {
            return () -> {};
        }
        try {
            var future = schedule.schedule(() -> toWorker(action), time - nanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            throw new TimelineException(VirtualShutdown.CLOSED);
        }
    }

    private void toWorker(Runnable action) {
        try {
            workers.execute(action);
        } catch (RejectedExecutionException e) {
            checkOpen(); // closing drops events; anything else is a failure
            throw e;
        }
    }

    void eventFailed(String name, Throwable failure) {
        failures.report(new EventFailedException(name, nanos(), failure));
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public Task spawn(String name, TaskBody body) {
        RealTask task = new RealTask(name, Objects.requireNonNull(body, "body"));
        synchronized (tasks) {
            checkOpen();
            tasks.removeIf(old -> old.isDone() && old.unobservedFailure() == null);
            tasks.add(task);
        }
        task.thread().start();
        return task;
    }

    @Override
    public <T> T call(Callable<T> body) throws Exception {
        enter();
        return body.call();
    }

    @Override
    public void enter() throws InterruptedException {
        checkOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before entering the timeline");
        }
    }

    @Override
    public void exit() {
        // Real time goes on with or without managed threads.
    }

    @Override
    public boolean isManaged() {
        return true;
    }

    @Override
    public boolean canWait() {
        return true;
    }

    @Override
    public void checkManaged(String what) {
        checkOpen();
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new TimelineException(VirtualShutdown.CLOSED);
        }
    }

    @Override
    public void onEventFailure(EventFailureHandler handler) {
        failures.setHandler(handler);
    }

    @Override
    public void close() {
        List<RealTask> all;
        synchronized (tasks) {
            if (!closed.compareAndSet(false, true)) {
                return;
            }
            all = List.copyOf(tasks);
        }
        long limit = System.nanoTime() + closeLimit.toNanos();
        schedule.shutdownNow();
        workers.shutdownNow();
        all.forEach(RealTask::cancel);
        List<Thread> running = new ArrayList<>(threads);
        all.forEach(task -> running.add(task.thread()));
        running.sort(Comparator.comparingLong(Thread::getId));
        List<String> stuck = Leftovers.endAll(running, limit);
        List<Throwable> unseen = new ArrayList<>();
        EventFailedException event = failures.take();
        if (event != null) {
            unseen.add(event);
        }
        for (RealTask task : all) {
            Throwable failure = task.unobservedFailure();
            if (failure != null) {
                unseen.add(new TaskFailedException(task.name(), failure));
            }
        }
        Leftovers.report(stuck, unseen);
    }
}
