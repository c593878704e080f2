package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTests {
    private int measured;

    private Allowance minute(double... busy) {
        return new Allowance(Duration.ofSeconds(60), () -> {
            double now = busy[Math.min(measured++, busy.length - 1)];
            return Pace.of(Duration.ofMillis((long) (100 * now)));
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
    void isExtendedOnABusyMachineAndSaysWhy() throws InterruptedException {
        var allowance = minute(9.5);

        assertThat(isOver(allowance, 60)).isFalse();
        assertThat(isOver(allowance, 569)).isFalse();
        assertThat(isOver(allowance, 570)).isTrue();
        assertThat(measured).isEqualTo(3);
        assertThat(allowance)
                .hasToString("1 min, extended to 9.5 min, 9.5 times as much, because the machine is busy:"
                        + " two threads needed 950 ms for 100 ms of processor time each");
        assertThat(allowance.extension("(", ")"))
                .startsWith("(extended to 9.5 min, ")
                .endsWith(" each)");
    }

    @Test
    void isExtendedByTheTimeThatTheMachineWasBusy() throws InterruptedException {
        var allowance = minute(20, 1);

        assertThat(isOver(allowance, 60)).isFalse();
        assertThat(isOver(allowance, 116)).isFalse();
        assertThat(isOver(allowance, 120)).isTrue();
        assertThat(allowance)
                .hasToString("1 min, extended to 2 min, 2.0 times as much, because the machine is busy:"
                        + " two threads needed 2 s for 100 ms of processor time each");
    }

    @Test
    void isOverAtOnceOnceTheMachineIsFree() throws InterruptedException {
        var allowance = minute(2, 1);

        assertThat(isOver(allowance, 60)).isFalse();
        assertThat(allowance.nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(120));
        assertThat(isOver(allowance, 120)).isTrue();
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
