package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualTimelineTroubleTests {

    private final VirtualTimeline time = new VirtualTimeline();

    @BeforeEach
    void enter() throws InterruptedException {
        time.enter();
    }

    @AfterEach
    void close() {
        time.close();
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void ofAnEventIsThrownFromTheWaitOfWhoEntered() {
        time.spawn("bystander", () -> time.sleep(ms(100)));
        time.schedule(ms(12), "slot 7", () -> {
            throw new IllegalArgumentException("bad block");
        });
        assertThatExceptionOfType(EventFailedException.class)
                .isThrownBy(() -> time.sleep(ms(50)))
                .withMessage("event 'slot 7' failed at 12 ms of protocol time:"
                        + " java.lang.IllegalArgumentException: bad block")
                .withCauseInstanceOf(IllegalArgumentException.class)
                .matches(e -> e.event().equals("slot 7") && e.nanos() == 12_000_000);
    }

    @Test
    void ofAnEventIsNotLostWhenNobodyWaits() throws InterruptedException {
        Task other = time.spawn("raiser", () -> time.sleep(ms(12)));
        time.schedule(ms(12), "first", () -> {
            throw new IllegalArgumentException("one");
        });
        other.cancel();
        time.schedule(ms(12), "second", () -> {
            throw new IllegalArgumentException("two");
        });
        assertThatExceptionOfType(EventFailedException.class)
                .isThrownBy(() -> time.sleep(ms(12)))
                .withMessageContaining("'first'");
        assertThatExceptionOfType(EventFailedException.class)
                .isThrownBy(() -> time.sleep(ms(12)))
                .withMessageContaining("'second'");
        time.sleep(ms(12));
    }

    @Test
    void ofAnEventGoesToTheHandler() throws InterruptedException {
        List<String> told = new ArrayList<>();
        time.onEventFailure(failure -> told.add(failure.getMessage()));
        time.repeat(ms(5), "tick", () -> {
            throw new IllegalStateException("x");
        });
        time.sleep(ms(50));
        assertThat(told)
                .containsExactly("event 'tick' failed at 5 ms of protocol time: java.lang.IllegalStateException: x");
    }

    @Test
    void arisesWhenAnEventWaits() {
        time.schedule(ms(1), "tick", () -> {
            try {
                time.sleep(ms(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThatExceptionOfType(EventFailedException.class)
                .isThrownBy(() -> time.sleep(ms(5)))
                .withMessageContaining("event 'tick' must not wait for the end of its sleep: an event runs between"
                        + " the turns of all threads; start a task with spawn(...) instead");
    }

    @Test
    void isADeadlockThatNamesEverybody() throws InterruptedException {
        Task stuck = time.spawn("loader", () -> time.signal("room").await(Timeline.FOREVER));
        time.spawn("watcher", () -> stuck.join(Timeline.FOREVER));
        time.sleep(ms(1_500));
        String me = Thread.currentThread().getName();
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.signal("tip").await(() -> false, Timeline.FOREVER))
                .withMessage("deadlock in virtual time at 1.5 s: everybody waits and no event is due, so nothing can"
                        + " happen any more:"
                        + "\n  - thread '" + me + "' waits for signal 'tip' without a time limit"
                        + "\n  - task 'loader' waits for signal 'room' without a time limit"
                        + "\n  - task 'watcher' waits for the end of task 'loader' without a time limit"
                        + "\nRaise the signal that is awaited, or wait with a time limit.");
        time.sleep(ms(1)); // it is not fatal: whoever entered can clean up
    }

    @Test
    void isALoopWithoutDelay() {
        time.spawn("spinner", () -> {
            while (true) {
                time.sleep(Duration.ZERO);
            }
        });
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.sleep(ms(5)))
                .withMessageStartingWith("virtual time stands still at 0 s: 5000000 events and wake-ups at one"
                        + " instant. Some loop waits without a delay; now waiting: \n  - thread '");
    }

    @Test
    void isARealTimeLimitThatIsUsedUp() throws InterruptedException {
        time.limitRealTime(ms(1));
        time.repeat(ms(1), "tick", () -> {});
        Task task = time.spawn("loader", () -> time.sleep(Duration.ofDays(10_000)));
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.sleep(Duration.ofDays(10_000)))
                .withMessageStartingWith("the real-time limit of 1 ms is used up; protocol time came to ")
                .withMessageEndingWith("Run for a shorter time, put less load on the cluster, or raise the limit");
        assertThatExceptionOfType(TimelineException.class).isThrownBy(() -> time.sleep(ms(1)));
        time.limitRealTime(Timeline.FOREVER);
        assertThat(task.join(ms(1))).isTrue();
        assertThat(task.failure()).get().isInstanceOf(TimelineException.class);
    }

    @Test
    void isALimitWithAReasonOfItsOwn() throws InterruptedException {
        time.limitRealTime(ms(1), "the cleanup did not end within its limit of 1 ms");
        time.repeat(ms(1), "tick", () -> {});
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.sleep(Duration.ofDays(10_000)))
                .withMessageStartingWith("the cleanup did not end within its limit of 1 ms (protocol time came to ");
        time.limitRealTime(Timeline.FOREVER);
        time.sleep(ms(1));
    }

    @Test
    void isAStopThatSaysWhy() throws InterruptedException {
        time.stop("the run did not end within its deadline of 5 s");
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.sleep(ms(1)))
                .withMessage("the run did not end within its deadline of 5 s (protocol time came to 0 s)");
        time.limitRealTime(Timeline.FOREVER);
        time.sleep(ms(1));
    }

    @Test
    void isAPeriodOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.repeat(Duration.ZERO, "tick", () -> {}))
                .withMessage("event 'tick': the period must be positive, but was 0 s");
    }
}
