package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VirtualTimelineInterruptTests {

    private final List<String> trace = new ArrayList<>();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Nested
    class Interrupts {

        @Test
        void endAParkedThread() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Thread main = Thread.currentThread();
                time.spawn("other", () -> {
                    time.sleep(ms(1)); // now the loop runs here and main is parked
                    main.interrupt();
                    for (int i = 0; i < 1_000_000 && !trace.contains("interrupted"); i++) {
                        time.sleep(ms(1));
                    }
                });
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> time.sleep(Duration.ofDays(1)))
                        .withMessage("interrupted while waiting for the end of its sleep");
                trace.add("interrupted");
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(Duration.ofNanos(time.nanos())).isLessThan(Duration.ofDays(1));
                time.exit();
            }
        }

        @Test
        void endTheWaitOfTheThreadThatRunsTheEvents() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Thread main = Thread.currentThread();
                time.schedule(ms(5), "interrupt", main::interrupt);
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> time.signal("tip").await(Duration.ofDays(1)))
                        .withMessage("interrupted while waiting for signal 'tip'");
                assertThat(time.nanos()).isEqualTo(5_000_000);
                time.exit();
            }
        }

        @Test
        void areSeenBeforeWaiting() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> time.sleep(ms(1)))
                        .withMessage("interrupted before waiting for the end of its sleep");
                time.exit();
            }
        }

        @Test
        void reachAThreadAlsoWhileTimeStandsStill() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                CountDownLatch ended = new CountDownLatch(1);
                Thread[] parked = new Thread[1];
                time.call(() -> {
                    time.spawn("task", () -> {
                        parked[0] = Thread.currentThread();
                        try {
                            time.sleep(Duration.ofDays(1));
                        } catch (InterruptedException e) {
                            trace.add("interrupted at " + time.nanos());
                        }
                        ended.countDown();
                    });
                    time.sleep(ms(1));
                    return "";
                });
                parked[0].interrupt();
                assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(trace).containsExactly("interrupted at 1000000");
            }
        }

        @Test
        void endTheWaitToEnter() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                List<Throwable> thrown = new ArrayList<>();
                Thread other = new Thread(() -> {
                    try {
                        time.enter();
                    } catch (InterruptedException e) {
                        thrown.add(e);
                    }
                });
                other.start();
                other.interrupt();
                other.join();
                assertThat(thrown)
                        .singleElement()
                        .asString()
                        .contains("interrupted while waiting to enter the virtual timeline");
                time.sleep(ms(1));
                time.exit();
            }
        }
    }

    @Nested
    class Cancel {

        @Test
        void interruptsAWaitInTheTotalOrder() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Task task = time.spawn("task", () -> {
                    try {
                        time.sleep(Duration.ofDays(1));
                    } finally {
                        trace.add("canceled at " + time.nanos());
                        time.sleep(ms(2));
                        trace.add("cleaned up at " + time.nanos());
                    }
                });
                time.sleep(ms(3));
                task.cancel();
                task.cancel();
                trace.add("asked");
                assertThat(task.join(ms(10))).isTrue();
                assertThat(trace).containsExactly("asked", "canceled at 3000000", "cleaned up at 5000000");
                assertThat(task.failure()).isEmpty();
                time.exit();
            }
        }

        @Test
        void keepsATaskFromBeginning() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Task task = time.spawn("task", () -> trace.add("ran"));
                task.cancel();
                assertThat(task.isDone()).isTrue();
                assertThat(task.join(Timeline.FOREVER)).isTrue();
                time.sleep(ms(1));
                assertThat(trace).isEmpty();
                time.exit();
            }
        }

        @Test
        void ofAReadyTaskShowsAtItsNextWait() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Signal go = time.signal("go");
                Task task = time.spawn("task", () -> {
                    trace.add("signaled " + go.await(Timeline.FOREVER));
                    time.sleep(ms(1));
                    trace.add("not reached");
                });
                time.sleep(ms(1));
                go.raise();
                task.cancel();
                task.join(Timeline.FOREVER);
                assertThat(trace).containsExactly("signaled true");
                assertThat(task.failure()).isEmpty();
                time.exit();
            }
        }

        @Test
        void byAForeignThreadWorks() throws Exception {
            try (VirtualTimeline time = new VirtualTimeline()) {
                time.enter();
                Task task = time.spawn("task", () -> time.signal("never").await(Timeline.FOREVER));
                time.sleep(ms(1));
                Thread foreign = new Thread(task::cancel);
                foreign.start();
                for (int i = 0; !task.isDone(); i++) {
                    time.sleep(ms(1));
                }
                assertThat(task.failure()).isEmpty();
                foreign.join();
                time.exit();
            }
        }
    }

    @Nested
    class Close {

        @Test
        void endsTasksAndEvents() throws Exception {
            VirtualTimeline time = new VirtualTimeline();
            time.enter();
            time.repeat(ms(1), "tick", () -> {});
            Task waiting = time.spawn("waiting", () -> {
                try {
                    time.sleep(Duration.ofDays(1));
                } finally {
                    trace.add("ended at " + time.nanos());
                }
            });
            Task fresh = time.spawn("fresh", () -> time.sleep(ms(1)));
            time.sleep(ms(5));
            time.close();
            time.close();
            assertThat(waiting.isDone()).isTrue();
            assertThat(fresh.isDone()).isTrue();
            assertThat(trace).containsExactly("ended at 5000000");
            assertThatExceptionOfType(TimelineException.class)
                    .isThrownBy(() -> time.sleep(ms(1)))
                    .withMessage("the timeline is closed");
            time.exit(); // forgiven: the closer took everybody off
            assertThatExceptionOfType(TimelineException.class).isThrownBy(time::enter);
            assertThat(time.nanos()).isEqualTo(5_000_000);
        }

        @Test
        void worksWithoutEntering() throws Exception {
            VirtualTimeline time = new VirtualTimeline();
            Task task = time.call(() -> {
                Task spawned = time.spawn("waiting", () -> time.sleep(Duration.ofDays(1)));
                time.sleep(ms(1));
                return spawned;
            });
            time.close();
            assertThat(task.isDone()).isTrue();
        }

        @Test
        void keepsTheInterruptOfTheCloser() {
            VirtualTimeline time = new VirtualTimeline();
            Thread.currentThread().interrupt();
            time.close();
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void endsATaskThatSwallowsInterruptsOnlyOnce() throws Exception {
            VirtualTimeline time = new VirtualTimeline();
            time.enter();
            Task stubborn = time.spawn("stubborn", () -> {
                for (int i = 0; i < 1_000; i++) {
                    try {
                        time.sleep(ms(1_000));
                    } catch (InterruptedException e) {
                        trace.add("swallowed");
                    }
                }
            });
            time.sleep(ms(1));
            time.close();
            assertThat(stubborn.isDone()).isTrue();
            assertThat(trace).hasSize(1_000);
        }

        @Test
        void namesAThreadThatDoesNotEnd() throws Exception {
            VirtualTimeline time =
                    new VirtualTimeline(VirtualTimeSettings.defaults().withCloseLimit(ms(50)));
            time.enter();
            boolean[] release = {false};
            CountDownLatch released = new CountDownLatch(1);
            time.spawn("stuck", () -> {
                try {
                    time.sleep(ms(1));
                } finally {
                    while (released.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                        Thread.interrupted();
                    }
                }
            });
            time.sleep(ms(1).plusNanos(-1));
            assertThatExceptionOfType(TimelineException.class)
                    .isThrownBy(time::close)
                    .withMessageStartingWith("closed the timeline, but 1 of its threads did not end although"
                            + " interrupted: thread 'nomos-stuck' at VirtualTimelineInterruptTests.java:");
            released.countDown();
        }

        @Test
        void reportsFailuresThatNobodyLookedAt() throws Exception {
            VirtualTimeline time = new VirtualTimeline();
            time.enter();
            time.spawn("loader", () -> {
                throw new java.io.IOException("refused");
            });
            Task seen = time.spawn("seen", () -> {
                throw new java.io.IOException("seen");
            });
            time.sleep(ms(1));
            assertThat(seen.failure()).isPresent();
            assertThatExceptionOfType(TimelineException.class)
                    .isThrownBy(time::close)
                    .withMessage("closed the timeline, but 1 failures that nobody looked at, the first:"
                            + " task 'loader' failed: java.io.IOException: refused")
                    .matches(e -> e.getSuppressed().length == 1);
        }

        @Test
        void letsOtherThreadsInsideFail() throws Exception {
            VirtualTimeline time = new VirtualTimeline();
            CountDownLatch inside = new CountDownLatch(1);
            List<Throwable> thrown = new ArrayList<>();
            Thread other = new Thread(() -> {
                try {
                    time.enter();
                    inside.countDown();
                    while (true) {
                        time.sleep(ms(1));
                    }
                } catch (InterruptedException | TimelineException e) {
                    thrown.add(e);
                }
                time.exit();
            });
            other.start();
            inside.await();
            time.close();
            other.join();
            assertThat(thrown).extracting(Throwable::getMessage).containsExactly("the timeline is closed");
        }
    }
}
