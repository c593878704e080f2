package org.junitnomos.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ConfigChecksTests {
    private final ConfigChecks checks = new ConfigChecks();
    private final AtomicInteger asked = new AtomicInteger();
    private String kind;

    @BeforeEach
    void name(TestInfo test) {
        kind = test.getDisplayName(); // what one test has checked must not count in another
    }

    @Test
    void whatWasTakenIsNotAskedAgain() throws IOException {
        checks.once(kind, asked::incrementAndGet);
        checks.once(kind, asked::incrementAndGet);
        new ConfigChecks().once(kind, asked::incrementAndGet);

        assertThat(asked).hasValue(1);
    }

    @Test
    void whatFailedIsAskedAgain() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> checks.once(kind, () -> {
                    throw new IOException("no engine");
                }))
                .withMessage("no engine");
        assertThatIllegalStateException()
                .isThrownBy(() -> checks.once(kind, () -> {
                    throw new IllegalStateException("refused");
                }));

        checks.once(kind, asked::incrementAndGet);

        assertThat(asked).hasValue(1);
    }

    @Test
    void whoIsInterruptedWhileItAsksStaysInterrupted() {
        assertThatIOException()
                .isThrownBy(() -> checks.once(kind, () -> {
                    throw new InterruptedException();
                }))
                .withMessage("interrupted while a program checked its configuration");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoWaitsForOneThatIsInterruptedAsksItself() throws Exception {
        var begun = new CountDownLatch(1);
        var asking = new FutureTask<>(() -> {
            checks.once(kind, () -> {
                begun.countDown();
                new CountDownLatch(1).await();
            });
            return true;
        });
        var waiting = new FutureTask<>(() -> {
            checks.once(kind, asked::incrementAndGet);
            return Thread.interrupted();
        });
        var first = new Thread(asking);
        var second = new Thread(waiting);
        first.start();
        begun.await();
        second.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> second.getState() == Thread.State.WAITING);

        first.interrupt();

        assertThat(waiting.get()).isFalse();
        assertThat(asked).hasValue(1);
    }
}
