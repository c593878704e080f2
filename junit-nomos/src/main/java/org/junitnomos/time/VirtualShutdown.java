package org.junitnomos.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Closes a virtual timeline within a bounded span of real time, whatever its threads do. */
final class VirtualShutdown {

    static final String CLOSED = "the timeline is closed";

    private final Baton baton;
    private final VirtualScheduler scheduler;
    private final VirtualSignal anyTaskEnded;
    private final long limit;
    private boolean interrupted;

    VirtualShutdown(Baton baton, VirtualScheduler scheduler, VirtualSignal anyTaskEnded, Duration closeLimit) {
        this.baton = baton;
        this.scheduler = scheduler;
        this.anyTaskEnded = anyTaskEnded;
        this.limit = System.nanoTime() + closeLimit.toNanos();
    }

    /** Closes; called once, by any thread. */
    void run(List<VirtualTask> tasks) {
        interrupted = Thread.interrupted();
        List<ManagedThread> threads = new ArrayList<>(baton.threads());
        try {
            windDown();
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (TimelineException e) {
            // Somebody holds the baton and does not let go; he is named below.
        } finally {
            baton.kill(CLOSED);
        }
        List<String> stuck = Leftovers.endAll(
                threads.stream()
                        .filter(thread -> thread.task != null)
                        .map(thread -> thread.thread)
                        .toList(),
                limit);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        report(stuck, tasks);
    }

    private void windDown() throws InterruptedException {
        ManagedThread me = baton.current();
        if (me == null) {
            scheduler.enter(true, limit);
            me = baton.current();
        }
        if (me != null) {
            me.realLimit = limit;
            scheduler.windDown(me, anyTaskEnded);
        }
    }

    private void report(List<String> stuck, List<VirtualTask> tasks) {
        List<Throwable> unseen = new ArrayList<>();
        EventFailedException event = scheduler.failures().take();
        if (event != null) {
            unseen.add(event);
        }
        for (VirtualTask task : tasks) {
            Throwable failure = task.unobservedFailure();
            if (failure != null) {
                unseen.add(new TaskFailedException(task.name(), failure));
            }
        }
        Leftovers.report(stuck, unseen);
    }
}
