package org.junitnomos.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures how fast virtual time is; run {@link #main}. Figures settle after the first rounds. */
final class TimelineBenchmark {

    private static final int ROUNDS = 4;

    private TimelineBenchmark() {}

    private interface Work {
        /** Do it and return how many operations that were. */
        long run(VirtualTimeline time) throws InterruptedException;
    }

    public static void main(String[] arguments) throws InterruptedException {
        for (int round = 1; round <= ROUNDS; round++) {
            System.out.println("round " + round);
            measure("events of 100 repeated ones", TimelineBenchmark::repeatedEvents);
            measure("events that schedule the next", TimelineBenchmark::chainedEvents);
            measure("sleeps of one thread", TimelineBenchmark::loneSleeps);
            for (int tasks : new int[] {2, 10, 100}) {
                measure("switches between " + tasks + " tasks", time -> switches(time, tasks));
            }
            measure("tasks started and joined", TimelineBenchmark::tasks);
            measure("raises of a signal with a condition", TimelineBenchmark::raises);
        }
    }

    private static void measure(String what, Work work) throws InterruptedException {
        try (VirtualTimeline time = new VirtualTimeline()) {
            time.enter();
            long start = System.nanoTime();
            long count = work.run(time);
            long nanos = System.nanoTime() - start;
            System.out.printf(Locale.ROOT, "  %,12.0f /s  %s%n", count * 1e9 / nanos, what);
            time.exit();
        }
    }

    private static long repeatedEvents(VirtualTimeline time) throws InterruptedException {
        long[] count = {0};
        for (int i = 0; i < 100; i++) {
            time.repeat(Duration.ofMillis(10 + i % 7), "event " + i, () -> count[0]++);
        }
        time.sleep(Duration.ofSeconds(400));
        return count[0];
    }

    private static long chainedEvents(VirtualTimeline time) throws InterruptedException {
        long[] count = {0};
        Runnable[] next = new Runnable[1];
        next[0] = () -> {
            if (++count[0] < 3_000_000) {
                time.schedule(Duration.ofNanos(1 + count[0] % 13), "next", next[0]);
            }
        };
        for (int i = 0; i < 1_000; i++) {
            time.schedule(Duration.ofMillis(i), "first " + i, next[0]);
        }
        time.sleep(Duration.ofSeconds(4));
        return count[0];
    }

    private static long loneSleeps(VirtualTimeline time) throws InterruptedException {
        long count = 2_000_000;
        for (int i = 0; i < count; i++) {
            time.sleep(Duration.ofMillis(1));
        }
        return count;
    }

    private static long switches(VirtualTimeline time, int tasks) throws InterruptedException {
        int each = 200_000 / tasks;
        List<Task> all = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            all.add(time.spawn("task " + t, () -> {
                for (int i = 0; i < each; i++) {
                    time.sleep(Duration.ofMillis(1));
                }
            }));
        }
        for (Task task : all) {
            task.join(Timeline.FOREVER);
        }
        return (long) each * tasks;
    }

    private static long tasks(VirtualTimeline time) throws InterruptedException {
        long count = 10_000;
        for (int i = 0; i < count; i++) {
            time.spawn("task", () -> {}).join(Timeline.FOREVER);
        }
        return count;
    }

    private static long raises(VirtualTimeline time) throws InterruptedException {
        long[] count = {0};
        Signal signal = time.signal("signal");
        time.repeat(Duration.ofMillis(1), "raise", () -> {
            count[0]++;
            signal.raise();
        });
        signal.await(() -> count[0] == 2_000_000, Timeline.FOREVER);
        return count[0];
    }
}
