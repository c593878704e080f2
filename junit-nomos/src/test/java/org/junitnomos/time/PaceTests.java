package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTests {
    private static Pace of(long millis) {
        return Pace.of(Duration.ofMillis(millis));
    }

    @Test
    void isTheTimeThatWorkTakesToTheTimeItNeeds() {
        assertThat(of(930).factor()).isEqualTo(9.3);
        assertThat(of(930)).hasToString("two threads needed 930 ms for 100 ms of processor time each");
        assertThat(of(930).scale(60_000_000_000L)).isEqualTo(558_000_000_000L);
        assertThat(of(930).scale(Nanos.NEVER)).isEqualTo(Nanos.NEVER);
    }

    @Test
    void isThatOfAFreeMachineIfOnlyALittleIsMissing() {
        assertThat(of(99).factor()).isEqualTo(1);
        assertThat(of(129).factor()).isEqualTo(1);
        assertThat(of(130).factor()).isEqualTo(1.3);
    }

    @Test
    void hasAnEnd() {
        assertThat(of(60_000).factor()).isEqualTo(20);
    }

    @Test
    void isMeasured() throws InterruptedException {
        var pace = Pace.now();

        assertThat(pace.factor()).isBetween(1.0, 20.0);
        assertThat(pace.took()).isGreaterThanOrEqualTo(Pace.WORK);
        assertThat(Pace.now()).isSameAs(pace);
    }
}
