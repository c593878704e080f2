package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AheadTests {
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void computesOnceWhoeverBegins() {
        var calls = new AtomicInteger();
        List<Ahead<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            all.add(Ahead.begin(() -> {
                calls.incrementAndGet();
                return number * number;
            }));
        }

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).get()).isEqualTo(i * i);
            assertThat(all.get(i).get()).isEqualTo(i * i);
        }
        assertThat(calls).hasValue(200);
    }

    @Test
    void isComputedByTheOneWhoNeedsItWhereNobodyHasBegun() throws InterruptedException {
        int others = Runtime.getRuntime().availableProcessors() - 1;
        var busy = new CountDownLatch(others);
        var goOn = new CountDownLatch(1);
        List<Ahead<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            work.add(Ahead.begin(() -> {
                busy.countDown();
                return reached(goOn);
            }));
        }
        busy.await();
        try {
            assertThat(Ahead.begin(Thread::currentThread).get()).isSameAs(Thread.currentThread());
        } finally {
            goOn.countDown();
        }
        assertThat(work).allSatisfy(each -> assertThat(each.get()).isTrue());
    }

    private static boolean reached(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void failsWhereTheResultIsNeeded() {
        var failing = Ahead.<Integer>begin(() -> {
            throw new ArithmeticException("no such number");
        });

        assertThatThrownBy(failing::get).isInstanceOf(ArithmeticException.class).hasMessage("no such number");
        assertThatThrownBy(failing::get).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void keepsAnInterruptForTheNextWait() {
        var ahead = Ahead.begin(() -> "there");
        Thread.currentThread().interrupt();

        assertThat(ahead.get()).isEqualTo("there");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
