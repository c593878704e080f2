package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junitnomos.testkit.TestLimit;

@TestLimit(120)
class VirtualTimelineStressTests {

    @Test
    void runsTheSameWayEveryTime() throws Exception {
        List<String> expected = trace(0);
        assertThat(expected).hasSizeGreaterThan(600);
        for (int i = 1; i <= 100; i++) {
            assertThat(trace(i)).as("repetition %d", i).isEqualTo(expected);
        }
    }

    /** Many tasks that sleep, signal, join, spawn and cancel each other by chance. */
    private static List<String> trace(int repetition) throws Exception {
        List<String> trace = new ArrayList<>();
        SeededRandoms randoms = new SeededRandoms(42);
        VirtualTimeline time = new VirtualTimeline();
        try (time) {
            time.enter();
            List<Signal> signals = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                signals.add(time.signal("s" + i));
            }
            int[] counter = {0};
            time.repeat(Duration.ofMillis(3), "tick", () -> {
                counter[0]++;
                signals.get(counter[0] % 4).raise();
                if (counter[0] % 10 == 0) {
                    trace.add(time.nanos() + " tick " + counter[0]);
                }
            });
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String name = "t" + i;
                Random random = randoms.random(name);
                tasks.add(time.spawn(name, () -> wander(time, name, random, signals, tasks, trace, counter)));
            }
            for (Task task : tasks) {
                trace.add(task.name() + " done " + task.join(Duration.ofSeconds(20)) + " " + time.nanos());
            }
            time.exit();
        }
        return trace;
    }

    private static void wander(
            VirtualTimeline time,
            String name,
            Random random,
            List<Signal> signals,
            List<Task> tasks,
            List<String> trace,
            int[] counter)
            throws InterruptedException {
        for (int step = 0; step < 60; step++) {
            String what = switch (random.nextInt(7)) {
                case 0, 1 -> {
                    time.sleep(Duration.ofMillis(random.nextInt(5)));
                    yield "slept";
                }
                case 2 -> {
                    signals.get(random.nextInt(4)).raise();
                    yield "raised";
                }
                case 3 -> "awaited " + signals.get(random.nextInt(4)).await(Duration.ofMillis(random.nextInt(20)));
                case 4 -> {
                    int goal = counter[0] + random.nextInt(4);
                    yield "reached "
                            + signals.get(random.nextInt(4)).await(() -> counter[0] >= goal, Duration.ofMillis(15));
                }
                case 5 -> {
                    Task child = time.spawn(name + "-" + step, () -> time.sleep(Duration.ofMillis(2)));
                    if (random.nextBoolean()) {
                        child.cancel();
                    }
                    yield "joined " + child.join(Duration.ofMillis(random.nextInt(4)));
                }
                default -> {
                    if (random.nextInt(60) == 0) {
                        tasks.get(random.nextInt(tasks.size())).cancel();
                    }
                    yield "computed";
                }
            };
            trace.add(time.nanos() + " " + name + " " + what);
        }
    }

    @Test
    void letsOneThreadRunAtATimeWhoeverEnters() throws Exception {
        VirtualTimeline time = new VirtualTimeline();
        AtomicInteger running = new AtomicInteger();
        ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
        int[] unguarded = {0};
        int[] ticks = {0};
        time.call(() -> time.repeat(Duration.ofNanos(500_000), "tick", () -> ticks[0]++));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            int number = t;
            threads.add(new Thread(() -> {
                try {
                    for (int i = 0; i < 300; i++) {
                        time.enter();
                        alone(running, problems, unguarded);
                        if (i % 3 == number % 3) {
                            time.sleep(Duration.ofMillis(1));
                            alone(running, problems, unguarded);
                        }
                        if (i % 10 == 0) {
                            Task task = time.spawn("child", () -> {
                                alone(running, problems, unguarded);
                                time.sleep(Duration.ofNanos(5));
                                alone(running, problems, unguarded);
                            });
                            task.join(Timeline.FOREVER);
                        }
                        time.exit();
                    }
                } catch (InterruptedException | RuntimeException e) {
                    problems.add(e.toString());
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        time.close();
        assertThat(problems).isEmpty();
        assertThat(unguarded[0]).isEqualTo(6 * (300 + 100 + 60));
        assertThat(ticks[0]).isPositive();
    }

    private static void alone(AtomicInteger running, ConcurrentLinkedQueue<String> problems, int[] unguarded) {
        if (running.incrementAndGet() != 1) {
            problems.add("two threads run");
        }
        unguarded[0]++; // a lost update shows a missing happens-before
        running.decrementAndGet();
    }

    @Test
    void survivesInterruptsFromOutsideAtAnyMoment() throws Exception {
        VirtualTimeline time = new VirtualTimeline();
        ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
        AtomicInteger interrupts = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        int[] unguarded = {0};
        List<Thread> victims = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            victims.add(new Thread(() -> {
                while (interrupts.get() < 300) {
                    try {
                        time.enter();
                        try {
                            for (int k = 0; k < 5; k++) {
                                alone(running, problems, unguarded);
                                time.sleep(Duration.ofMillis(1 + k));
                            }
                        } finally {
                            alone(running, problems, unguarded);
                            time.exit();
                        }
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                    } catch (RuntimeException e) {
                        problems.add(e.toString());
                    }
                }
            }));
        }
        victims.forEach(Thread::start);
        Random random = new Random(7);
        while (victims.stream().anyMatch(Thread::isAlive)) {
            victims.get(random.nextInt(victims.size())).interrupt();
            for (int spin = random.nextInt(2_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
        }
        time.close();
        assertThat(unguarded[0]).isPositive();
        assertThat(problems).isEmpty();
        assertThat(interrupts).hasValueGreaterThanOrEqualTo(300);
    }

    @Test
    void closesAtAnyMoment() throws Exception {
        for (int round = 0; round < 100; round++) {
            VirtualTimeline time = new VirtualTimeline();
            ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
            Thread user = new Thread(() -> {
                try {
                    time.enter();
                    Signal signal = time.signal("s");
                    time.repeat(Duration.ofMillis(1), "tick", signal::raise);
                    for (int i = 0; i < 3; i++) {
                        time.spawn("t" + i, () -> {
                            while (true) {
                                signal.await(Timeline.FOREVER);
                            }
                        });
                    }
                    time.sleep(Duration.ofDays(100_000));
                    problems.add("the sleep ended");
                } catch (InterruptedException e) {
                    problems.add(e.toString());
                } catch (TimelineException e) {
                    if (!e.getMessage().equals("the timeline is closed")
                            && !e.getMessage().contains("is being closed")) {
                        problems.add(e.toString());
                    }
                }
                time.exit();
            });
            user.start();
            for (int spin = round * 100; spin > 0; spin--) {
                Thread.onSpinWait();
            }
            time.close();
            user.join();
            assertThat(problems).isEmpty();
        }
    }
}
