package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTests {
    private int measured;

    private Allowance minute(double busy) {
        return new Allowance(Duration.ofSeconds(60), () -> {
            measured++;
            return Pace.of(Duration.ofMillis((long) (100 * busy)));
        });
    }

    private static boolean isOver(Allowance allowance, long seconds) throws InterruptedException {
        return allowance.isOver(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void measuresNothingBeforeTheLimit() throws InterruptedException {
        assertThat(isOver(minute(9), 59)).isFalse();
        assertThat(measured).isZero();
    }

    @Test
    void isTheLimitOnAFreeMachine() throws InterruptedException {
        var allowance = minute(1);

        assertThat(isOver(allowance, 60)).isTrue();
        assertThat(allowance).hasToString("1 min");
        assertThat(allowance.extension("(", ")")).isEmpty();
    }

    @Test
    void isExtendedOnceOnABusyMachineAndSaysWhy() throws InterruptedException {
        var allowance = minute(9.5);

        assertThat(isOver(allowance, 60)).isFalse();
        assertThat(isOver(allowance, 569)).isFalse();
        assertThat(isOver(allowance, 570)).isTrue();
        assertThat(measured).isEqualTo(1);
        assertThat(allowance)
                .hasToString("1 min, extended to 9.5 min, 9.5 times as much, because the machine is busy:"
                        + " two threads needed 950 ms for 100 ms of processor time each");
        assertThat(allowance.extension("(", ")"))
                .startsWith("(extended to 9.5 min, ")
                .endsWith(" each)");
    }

    @Test
    void isNeverExtendedInVirtualTime() throws InterruptedException {
        try (var timeline = new VirtualTimeline()) {
            var allowance = Allowance.on(timeline, Duration.ofSeconds(60));

            assertThat(isOver(allowance, 59)).isFalse();
            assertThat(isOver(allowance, 60)).isTrue();
            assertThat(allowance).hasToString("1 min");
        }
    }

    @Test
    void mayBeForEver() throws InterruptedException {
        var allowance = new Allowance(Timeline.FOREVER, () -> Pace.of(Duration.ofSeconds(1)));

        assertThat(allowance.isOver(Nanos.NEVER - 1)).isFalse();
        assertThat(allowance.isOver(Nanos.NEVER)).isTrue();
    }
}
