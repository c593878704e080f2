package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StrangerTests {
    private final VirtualTimeline time = new VirtualTimeline();

    @Test
    void thoseOfAssertTimeoutPreemptivelyCannotBeStartedByTheUser() {
        assertThatThrownBy(() -> Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> time.sleep(Duration.ofSeconds(1))))
                .isInstanceOf(TimelineException.class)
                .hasMessageContaining("assertTimeoutPreemptively runs its code on that thread")
                .hasMessageContaining("Use assertTimeout or @Timeout")
                .hasMessageNotContaining("run.spawn");
    }

    @Test
    void thoseOfPoolsNeither() {
        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> time.spawn("x", () -> {}))
                        .join())
                .hasMessageContaining("It belongs to the pool of futures and parallel streams.");
    }

    @Test
    void othersCan() {
        // not on the thread of this test, which may be one of a pool
        var sleep = new FutureTask<Void>(() -> {
            time.sleep(Duration.ofSeconds(1));
            return null;
        });
        new Thread(sleep, "of its own").start();

        assertThatThrownBy(sleep::get)
                .cause()
                .isInstanceOf(TimelineException.class)
                .hasMessageContaining("Start it with run.spawn(...)");
    }
}
