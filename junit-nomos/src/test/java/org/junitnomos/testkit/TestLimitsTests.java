package org.junitnomos.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junitnomos.time.Allowance;

class TestLimitsTests {
    private static Allowance allowance(long millis) {
        return Allowance.ofRealTime(Duration.ofMillis(millis));
    }

    @Test
    void interruptATestThatHangsAndSayWhere() {
        assertThatThrownBy(() -> TestLimits.within(
                        () -> {
                            new CountDownLatch(1).await();
                            return "";
                        },
                        "hangs()",
                        allowance(50)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("hangs() timed out after 50 ms")
                .hasSuppressedException(new InterruptedException())
                .satisfies(late -> assertThat(late.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(CountDownLatch.class.getName())));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void failATestThatEndsTooLate() {
        assertThatThrownBy(() -> TestLimits.within(
                        () -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            return "";
                        },
                        "spins()",
                        allowance(50)))
                .isInstanceOf(TimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leaveOthersAlone() throws Throwable {
        assertThat(TestLimits.<String>within(() -> "result", "ends()", allowance(60_000)))
                .isEqualTo("result");
        assertThatThrownBy(() -> TestLimits.within(
                        () -> {
                            throw new IOException("its own");
                        },
                        "fails()",
                        allowance(60_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("its own");
    }
}
