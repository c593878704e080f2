package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VirtualTimelineTests {

    private final VirtualTimeline time = new VirtualTimeline();
    private final List<String> trace = new ArrayList<>();

    @BeforeEach
    void enter() throws InterruptedException {
        time.enter();
    }

    @AfterEach
    void close() {
        time.close();
    }

    private void note(String what) {
        trace.add(time.nanos() / 1_000_000 + " " + what);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Nested
    class Time {

        @Test
        void beginsAtTheEpochAndMovesByWaiting() throws InterruptedException {
            assertThat(time.isVirtual()).isTrue();
            assertThat(time.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            time.sleep(Duration.ofDays(1));
            assertThat(time.nanos()).isEqualTo(86_400_000_000_000L);
            assertThat(time.instant()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        }

        @Test
        void usesTheGivenEpoch() {
            Instant epoch = Instant.parse("2030-05-06T07:08:09Z");
            try (VirtualTimeline other =
                    new VirtualTimeline(VirtualTimeSettings.defaults().withEpoch(epoch))) {
                assertThat(other.instant()).isEqualTo(epoch);
            }
        }

        @Test
        void standsStillWhenTheLastThreadLeaves() throws Exception {
            time.repeat(ms(1), "tick", () -> note("tick"));
            Task task = time.spawn("task", () -> note("task"));
            time.exit();
            time.enter();
            assertThat(trace).isEmpty();
            assertThat(task.isDone()).isFalse();
            assertThat(task.join(ms(1))).isTrue();
            assertThat(trace).containsExactly("0 task");
        }

        @Test
        void ofASleepOfZeroLetsEverythingDueHappen() throws InterruptedException {
            time.schedule(Duration.ZERO, "a", () -> note("a"));
            time.spawn("b", () -> note("b"));
            time.schedule(ms(-5), "c", () -> note("c"));
            time.sleep(ms(-1));
            assertThat(trace).containsExactly("0 b", "0 a", "0 c");
        }
    }

    @Nested
    class Order {

        @Test
        void ofEventsIsTimeThenScheduling() throws InterruptedException {
            time.schedule(ms(2), "late", () -> note("late"));
            time.schedule(ms(1), "first", () -> note("first"));
            time.schedule(ms(1), "second", () -> {
                note("second");
                time.schedule(Duration.ZERO, "nested", () -> note("nested"));
            });
            time.schedule(ms(1), "third", () -> note("third"));
            time.sleep(ms(5));
            assertThat(trace).containsExactly("1 first", "1 second", "1 third", "1 nested", "2 late");
        }

        @Test
        void ofReadyTasksIsTheOrderTheyBecameReady() throws InterruptedException {
            Signal go = time.signal("go");
            for (String name : List.of("a", "b", "c")) {
                time.spawn(name, () -> {
                    go.await(Timeline.FOREVER);
                    note(name);
                });
            }
            time.schedule(ms(3), "raise", () -> {
                go.raise();
                note("raised");
            });
            time.schedule(ms(3), "after", () -> note("after"));
            time.sleep(ms(4));
            assertThat(trace).containsExactly("3 raised", "3 a", "3 b", "3 c", "3 after");
        }

        @Test
        void ofARepeatedEventIsAFixedRateFromOnePeriodOn() throws InterruptedException {
            Cancellation[] self = new Cancellation[1];
            int[] runs = {0};
            self[0] = time.repeat(ms(10), "tick", () -> {
                note("tick");
                if (++runs[0] == 3) {
                    self[0].cancel();
                }
            });
            time.sleep(ms(100));
            assertThat(trace).containsExactly("10 tick", "20 tick", "30 tick");
        }

        @Test
        void isNotDisturbedByACanceledEvent() throws InterruptedException {
            Cancellation never = time.schedule(ms(1), "never", () -> note("never"));
            time.schedule(ms(2), "kept", () -> note("kept"));
            never.cancel();
            never.cancel();
            time.sleep(ms(3));
            assertThat(trace).containsExactly("2 kept");
        }

        @Test
        void ofACancellationByAForeignThreadIsRespected() throws Exception {
            Cancellation never = time.schedule(ms(1), "never", () -> note("never"));
            Thread foreign = new Thread(never::cancel);
            foreign.start();
            foreign.join();
            time.sleep(ms(3));
            assertThat(trace).isEmpty();
        }
    }

    @Nested
    class Signals {

        @Test
        void timeOut() throws InterruptedException {
            Signal signal = time.signal("tip");
            assertThat(signal.name()).isEqualTo("tip");
            assertThat(signal.await(ms(7))).isFalse();
            assertThat(time.nanos()).isEqualTo(7_000_000);
            assertThat(signal.await(Duration.ZERO)).isFalse();
            assertThat(signal.await(() -> false, ms(-1))).isFalse();
            assertThat(time.nanos()).isEqualTo(7_000_000);
        }

        @Test
        void haveNoMemory() throws InterruptedException {
            Signal signal = time.signal("tip");
            signal.raise();
            assertThat(signal.await(ms(1))).isFalse();
        }

        @Test
        void wakeOnlyWhenTheConditionHolds() throws InterruptedException {
            Signal signal = time.signal("tip");
            int[] height = {0};
            time.repeat(ms(10), "block", () -> {
                signal.raise(); // before the change: the condition is looked at when the waiter's turn comes
                height[0]++;
            });
            assertThat(signal.await(() -> height[0] >= 3, ms(100))).isTrue();
            assertThat(time.nanos()).isEqualTo(30_000_000);
            assertThat(signal.await(() -> height[0] >= 100, ms(35))).isFalse();
            assertThat(time.nanos()).isEqualTo(65_000_000);
        }

        @Test
        void passOnWhatTheConditionThrows() {
            Signal signal = time.signal("tip");
            boolean[] broken = {false};
            time.schedule(ms(1), "break", () -> {
                broken[0] = true;
                signal.raise();
            });
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> signal.await(
                            () -> {
                                if (broken[0]) {
                                    throw new UnsupportedOperationException("no");
                                }
                                return false;
                            },
                            Timeline.FOREVER))
                    .withMessage("no");
        }
    }

    @Nested
    class Tasks {

        @Test
        void runOnNamedDaemonThreads() throws InterruptedException {
            Task task = time.spawn("loader", () -> {
                note(Thread.currentThread().getName() + Thread.currentThread().isDaemon());
                assertThat(time.isManaged()).isTrue();
            });
            assertThat(task.name()).isEqualTo("loader");
            assertThat(task.join(Timeline.FOREVER)).isTrue();
            assertThat(task.failure()).isEmpty();
            assertThat(trace).containsExactly("0 nomos-loadertrue");
        }

        @Test
        void keepTheirFailure() throws InterruptedException {
            Task task = time.spawn("loader", () -> {
                time.sleep(ms(4));
                throw new java.io.IOException("connection refused");
            });
            assertThat(task.join(ms(3))).isFalse();
            assertThat(task.isDone()).isFalse();
            assertThat(task.failure()).isEmpty();
            assertThat(task.join(ms(3))).isTrue();
            assertThat(task.failure()).get().hasToString("java.io.IOException: connection refused");
        }

        @Test
        void mayStartTasksAndJoinThem() throws InterruptedException {
            Task outer = time.spawn("outer", () -> {
                Task inner = time.spawn("inner", () -> {
                    time.sleep(ms(5));
                    note("inner");
                });
                inner.join(Timeline.FOREVER);
                note("outer");
            });
            outer.join(Timeline.FOREVER);
            assertThat(trace).containsExactly("5 inner", "5 outer");
        }
    }

    @Nested
    class Entering {

        @Test
        void mayBeNested() throws Exception {
            time.enter();
            assertThat(time.<String>call(() -> {
                        time.sleep(ms(1));
                        return "done";
                    }))
                    .isEqualTo("done");
            time.exit();
            assertThat(time.isManaged()).isTrue();
            time.exit();
            assertThat(time.isManaged()).isFalse();
            assertThatIllegalStateException()
                    .isThrownBy(time::exit)
                    .withMessageStartingWith("exit() without enter() on thread '");
        }

        @Test
        void isNeededToExit() throws InterruptedException {
            Task task = time.spawn("task", time::exit);
            task.join(Timeline.FOREVER);
            assertThat(task.failure()).get().asString().contains("exit() without enter() on thread 'nomos-task'");
        }

        @Test
        void passesOnWhatTheBodyThrowsAndLeaves() {
            time.exit();
            assertThatExceptionOfType(java.io.IOException.class)
                    .isThrownBy(() -> time.call(() -> {
                        throw new java.io.IOException("x");
                    }))
                    .withMessage("x");
            assertThat(time.isManaged()).isFalse();
        }

        @Test
        void isNecessaryForForeignThreads() throws Exception {
            List<Throwable> thrown = new ArrayList<>();
            Thread foreign = new Thread(
                    () -> {
                        assertThat(time.isManaged()).isFalse();
                        thrown.add(failureOf(() -> time.sleep(ms(1))));
                        thrown.add(failureOf(() -> time.checkManaged("NodeClient.info()")));
                        thrown.add(failureOf(() -> time.signal("tip").raise()));
                    },
                    "pool-1-thread-1");
            foreign.start();
            foreign.join();
            assertThat(thrown)
                    .allMatch(IllegalStateException.class::isInstance)
                    .extracting(Throwable::getMessage)
                    .containsExactly(
                            foreignText("sleep()"),
                            foreignText("NodeClient.info()"),
                            foreignText("raise() of signal 'tip'"));
        }

        private String foreignText(String what) {
            return "thread 'pool-1-thread-1' is not managed by this run's virtual clock: it may not call " + what
                    + ", because time could move on while it runs. Start it with run.spawn(...), or let it enter the"
                    + " clock first";
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Throwable failureOf(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            return e;
        }
        return new AssertionError("nothing was thrown");
    }
}
