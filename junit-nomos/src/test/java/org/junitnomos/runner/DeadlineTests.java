package org.junitnomos.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junitnomos.time.Allowance;
import org.junitnomos.time.Allowances;
import org.junitnomos.time.Stopwatch;

class DeadlineTests {
    private static final Duration LIMIT = Duration.ofMillis(50);

    private final Deadline deadline = new Deadline();
    private final CountDownLatch expired = new CountDownLatch(1);

    @AfterEach
    void end() {
        deadline.close();
    }

    @Test
    void isExtendedByTheTimeThatTheMachineWasBusy() throws InterruptedException {
        var watch = new Stopwatch();
        var allowance = Allowances.paced(LIMIT, () -> 4.0);

        deadline.arm(allowance, expired::countDown);
        expired.await();

        assertThat(Duration.ofNanos(watch.nanos())).isGreaterThanOrEqualTo(LIMIT.multipliedBy(4));
        assertThat(allowance.extension(" (", ")"))
                .startsWith(" (extended to ")
                .endsWith("because the machine is busy: two threads needed 400 ms for 100 ms of processor time each)");
    }

    @Test
    void isOverAtItsLimitOnAFreeMachineAndWhereItIsFixed() throws InterruptedException {
        var both = new CountDownLatch(2);
        var measured = new AtomicInteger();
        var free = Allowances.paced(LIMIT, () -> {
            measured.incrementAndGet();
            return 1.0;
        });
        var fixed = Allowance.fixed(LIMIT);

        deadline.arm(free, both::countDown);
        deadline.arm(fixed, both::countDown);
        both.await();

        assertThat(measured).hasValue(1);
        assertThat(free.extension(" (", ")")).isEmpty();
        assertThat(fixed.extension(" (", ")")).isEmpty();
    }

    @Test
    void isNoneOnceItWasDisarmedAlsoWhileThePaceIsMeasured() throws InterruptedException {
        var measures = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var fired = new AtomicInteger();
        deadline.arm(
                Allowances.paced(Duration.ZERO, () -> {
                    measures.countDown();
                    goesOn.await();
                    return 1.0;
                }),
                fired::incrementAndGet);
        measures.await();

        deadline.disarm();
        deadline.arm(Duration.ZERO, expired::countDown); // on the same thread, after it
        goesOn.countDown();
        expired.await();

        assertThat(fired).hasValue(0);
    }
}
