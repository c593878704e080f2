package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RealTimelineTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void goesForward() throws InterruptedException {
        try (RealTimeline time = new RealTimeline()) {
            assertThat(time.isVirtual()).isFalse();
            assertThat(time.isManaged()).isTrue();
            long before = time.nanos();
            time.sleep(ms(2));
            time.sleep(Duration.ZERO);
            assertThat(time.nanos() - before).isGreaterThanOrEqualTo(2_000_000);
            assertThat(time.instant()).isNotNull();
        }
    }

    @Test
    void runsEventsInTheOrderOfTheirTimes() throws InterruptedException {
        try (RealTimeline time = new RealTimeline()) {
            ConcurrentLinkedQueue<String> trace = new ConcurrentLinkedQueue<>();
            CountDownLatch done = new CountDownLatch(2);
            time.schedule(ms(150), "late", () -> {
                trace.add("late");
                done.countDown();
            });
            time.schedule(ms(1), "early", () -> {
                trace.add("early");
                done.countDown();
            });
            time.schedule(ms(1), "never", () -> trace.add("never")).cancel();
            time.schedule(Timeline.FOREVER, "at the end of time", () -> trace.add("end"))
                    .cancel();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(trace).containsExactly("early", "late");
        }
    }

    @Test
    void repeatsWithoutOverlapAndWithoutWaitingForOthers() throws InterruptedException {
        try (RealTimeline time = new RealTimeline()) {
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch fifth = new CountDownLatch(5);
            for (int i = 0; i < 5; i++) {
                time.schedule(Duration.ZERO, "blocks " + i, () -> {
                    try {
                        blocked.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            Cancellation tick = time.repeat(ms(1), "tick", () -> {
                if (inside.incrementAndGet() > 1) {
                    overlaps.incrementAndGet();
                }
                LockSupport.parkNanos(3_000_000);
                inside.decrementAndGet();
                fifth.countDown();
            });
            assertThat(fifth.await(30, TimeUnit.SECONDS)).isTrue();
            tick.cancel();
            blocked.countDown();
            assertThat(overlaps).hasValue(0);
        }
    }

    @Test
    void wakesAllWaitersOfASignal() throws InterruptedException {
        try (RealTimeline time = new RealTimeline()) {
            Signal signal = time.signal("tip");
            assertThat(signal.await(ms(1))).isFalse();
            AtomicInteger height = new AtomicInteger();
            Task one = time.spawn(
                    "one",
                    () -> assertThat(signal.await(() -> height.get() >= 10, LONG))
                            .isTrue());
            Task two = time.spawn(
                    "two",
                    () -> assertThat(signal.await(() -> height.get() >= 5, LONG))
                            .isTrue());
            for (int i = 0; i < 10; i++) {
                height.incrementAndGet();
                signal.raise();
            }
            assertThat(one.join(LONG)).isTrue();
            assertThat(two.join(Timeline.FOREVER)).isTrue();
            assertThat(one.failure()).isEmpty();
            assertThat(two.failure()).isEmpty();
        }
    }

    @Test
    void interruptsCanceledTasks() throws InterruptedException {
        try (RealTimeline time = new RealTimeline()) {
            Task task = time.spawn("task", () -> time.sleep(Timeline.FOREVER));
            task.cancel();
            assertThat(task.join(LONG)).isTrue();
            assertThat(task.failure()).isEmpty();
        }
    }

    @Test
    void tellsTheHandlerOfFailedEvents() throws InterruptedException {
        try (RealTimeline time = new RealTimeline()) {
            ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
            CountDownLatch done = new CountDownLatch(1);
            time.onEventFailure(failure -> {
                told.add(failure.event() + ": " + failure.getCause().getMessage());
                done.countDown();
            });
            time.repeat(ms(1), "tick", () -> {
                throw new IllegalStateException("x");
            });
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(told).containsExactly("tick: x");
        }
    }

    @Test
    void closesEverythingAndReportsWhatNobodyLookedAt() throws InterruptedException {
        RealTimeline time = new RealTimeline(ms(100));
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(2);
        Task waiting = time.spawn("waiting", () -> time.sleep(Timeline.FOREVER));
        Task broken = time.spawn("broken", () -> {
            throw new IOException("refused");
        });
        assertThat(broken.join(LONG)).isTrue();
        time.spawn("stuck", () -> {
            started.countDown();
            while (release.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
        });
        time.schedule(Duration.ZERO, "event", () -> {
            started.countDown();
            throw new IllegalStateException("x");
        });
        started.await();
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(time::close)
                .withMessageStartingWith("closed the timeline, but 1 of its threads did not end although interrupted:"
                        + " thread 'nomos-stuck' at RealTimelineTests.java:")
                .withMessageContaining("; and 2 failures that nobody looked at, the first: event 'event' failed at ")
                .satisfies(e -> assertThat(e.getSuppressed()[1])
                        .hasMessage("task 'broken' failed: java.io.IOException: refused"));
        release.countDown();
        assertThat(waiting.isDone()).isTrue();
        time.close();
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.spawn("late", () -> {}))
                .withMessage("the timeline is closed");
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.schedule(ms(1), "late", () -> {}))
                .withMessage("the timeline is closed");
    }

    @Test
    void refusesAPeriodThatIsNotPositive() {
        try (RealTimeline time = new RealTimeline()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> time.repeat(ms(-3), "tick", () -> {}))
                    .withMessage("event 'tick': the period must be positive, but was -3 ms");
        }
    }
}
