package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollLoopTests {

    private final VirtualTimeline time = new VirtualTimeline();

    @BeforeEach
    void enter() throws InterruptedException {
        time.enter();
    }

    @AfterEach
    void close() {
        time.close();
    }

    private PollLoop loop() {
        return new PollLoop(time, "validator-0 answers", Duration.ofMillis(250), Duration.ofSeconds(1));
    }

    @Test
    void returnsTheFirstAcceptedValue() throws Exception {
        int[] calls = {0};
        assertThat(loop().until(() -> ++calls[0], value -> value == 3)).isEqualTo(3);
        assertThat(time.nanos()).isEqualTo(500_000_000);
    }

    @Test
    void doesNotWaitWhenItHoldsAtOnce() throws Exception {
        loop().untilTrue(() -> true);
        assertThat(time.nanos()).isZero();
    }

    @Test
    void tellsTheLastValueWhenTimeIsUp() {
        assertThatExceptionOfType(PollTimeoutException.class)
                .isThrownBy(() -> loop().until(() -> "starting", "ready"::equals))
                .withMessage("waited 1 s (limit 1 s) until validator-0 answers: not so after 5 attempts, one every"
                        + " 250 ms; the last value was 'starting'")
                .matches(e -> e.attempts() == 5);
    }

    @Test
    void tellsTheLastFailureWhenTimeIsUp() {
        assertThatExceptionOfType(PollTimeoutException.class)
                .isThrownBy(() -> loop().untilTrue(() -> {
                    throw new ConnectException("refused");
                }))
                .withMessageEndingWith("the last attempt failed: java.net.ConnectException: refused")
                .withCauseInstanceOf(ConnectException.class);
    }

    @Test
    void looksALastTimeAtTheTimeout() throws Exception {
        long limit = 990_000_000;
        PollLoop odd = new PollLoop(time, "x", Duration.ofMillis(250), Duration.ofNanos(limit));
        odd.untilTrue(() -> time.nanos() == limit);
        assertThat(time.nanos()).isEqualTo(limit);
    }

    @Test
    void givesUpAtOnceWhenThereIsNoHope() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> loop().givingUpOn(e -> e.getMessage().contains("died"))
                        .untilTrue(() -> {
                            throw new IOException("validator-0 died");
                        }))
                .withMessage("validator-0 died");
        assertThat(time.nanos()).isZero();
    }

    @Test
    void shortensALongValue() {
        assertThatExceptionOfType(PollTimeoutException.class)
                .isThrownBy(() -> loop().until(() -> "x".repeat(5_000), value -> false))
                .matches(e -> e.getMessage().length() < 1_200 && e.getMessage().endsWith("xxx..."));
    }

    @Test
    void passesInterruptsOn() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> loop().untilTrue(() -> {
                    throw new InterruptedException();
                }));
    }

    @Test
    void refusesLimitsThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PollLoop(time, "x holds", Duration.ZERO, Duration.ofSeconds(1)))
                .withMessage("waiting until x holds: period must be positive, but was 0 s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PollLoop(time, "x holds", Duration.ofSeconds(1), Duration.ofSeconds(-2)))
                .withMessage("waiting until x holds: timeout must be positive, but was -2 s");
    }
}
