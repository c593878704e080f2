package org.junitnomos.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** These tests really wait, on purpose: that is what the watchdog is about. */
class WatchdogTests {

    private final ConcurrentLinkedQueue<String> notices = new ConcurrentLinkedQueue<>();

    private VirtualTimeSettings settings() {
        return VirtualTimeSettings.defaults().withNotices(notices::add);
    }

    @Test
    void reportsASleepOncePerPlace() throws Exception {
        try (VirtualTimeline time = new VirtualTimeline(settings())) {
            time.enter();
            time.sleep(Duration.ofSeconds(12));
            for (int i = 0; i < 2; i++) {
                Thread.sleep(800); // one place, twice: one notice
                time.sleep(Duration.ZERO);
            }
            Thread.sleep(800); // another place
            time.exit();
        }
        assertThat(notices)
                .hasSize(2)
                .allSatisfy(notice -> assertThat(notice)
                        .startsWith("Thread.sleep at WatchdogTests.java:")
                        .contains(" (thread '" + Thread.currentThread().getName() + "') stops the virtual clock: ")
                        .endsWith(" ms of real time passed and protocol time stood still at 12 s."
                                + " Use run.clock().sleep(...) instead."));
    }

    @Test
    void reportsAWaitForAForeignThread() throws Exception {
        CompletableFuture<String> future = new CompletableFuture<>();
        try (VirtualTimeline time = new VirtualTimeline(settings().withNotices(notice -> {
            notices.add(notice);
            future.complete("");
        }))) {
            time.enter();
            future.get(10, TimeUnit.SECONDS);
            time.exit();
        }
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("CompletableFuture.get at WatchdogTests.java:")
                .contains("') waits for another thread that is not managed by this run's virtual clock: ")
                .endsWith(" of real time passed and protocol time stood still at 0 s. Start that thread with"
                        + " run.spawn(...), and wait with run.clock().await(...).");
    }

    @Test
    void namesTheOwnerOfALock() throws Exception {
        Object lock = new Object();
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread owner = new Thread(
                () -> {
                    synchronized (lock) {
                        locked.countDown();
                        awaitQuietly(release);
                    }
                },
                "owner-7");
        owner.start();
        locked.await();
        try (VirtualTimeline time = new VirtualTimeline(settings().withNotices(notice -> {
            notices.add(notice);
            release.countDown();
        }))) {
            time.enter();
            synchronized (lock) {
                time.exit();
            }
        }
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("a monitor at WatchdogTests.java:")
                .contains(" (its lock is held by thread 'owner-7')");
    }

    @Test
    void keepsQuietWhileAnotherThreadLoadsAClass() throws Exception {
        var loading = new CountDownLatch(1);
        var loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                loading.countDown();
                spin(Duration.ofMillis(1500)); // as long as on a machine that does everything else first
                throw new ClassNotFoundException(name);
            }
        };
        new Thread(() -> load(loader), "loads").start();
        loading.await();
        try (VirtualTimeline time = new VirtualTimeline(settings())) {
            time.enter();
            load(loader);
            time.exit();
        }
        assertThat(notices).isEmpty();
    }

    private static void load(ClassLoader loader) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass("any"));
    }

    @Test
    void keepsQuietWhileAnotherThreadInitializesAClass() throws Exception {
        new Thread(SlowToLoad::touch, "initializes").start();
        Begun.LATCH.await();
        try (VirtualTimeline time = new VirtualTimeline(settings())) {
            time.enter();
            SlowToLoad.touch();
            time.exit();
        }
        assertThat(notices).isEmpty();
    }

    static final class Begun {
        static final CountDownLatch LATCH = new CountDownLatch(1);
    }

    /** A class is initialized once in a JVM, so this test checks something the first time only. */
    static final class SlowToLoad {
        static {
            Begun.LATCH.countDown();
            spin(Duration.ofMillis(1500));
        }

        static void touch() {}
    }

    private static void spin(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void keepsQuietWhileTheHolderComputesOrNobodyIsInside() throws Exception {
        try (VirtualTimeline time = new VirtualTimeline(settings())) {
            time.enter();
            spin(Duration.ofMillis(800));
            time.exit();
            Thread.sleep(800);
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void failsTheTimelineAfterTheLimit() throws Exception {
        try (VirtualTimeline time = new VirtualTimeline(settings().withHoldLimit(Duration.ofMillis(700)))) {
            time.enter();
            CountDownLatch never = new CountDownLatch(1);
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> never.await());
            assertThatExceptionOfType(TimelineException.class)
                    .isThrownBy(() -> time.sleep(Duration.ofSeconds(1)))
                    .withMessageStartingWith("CountDownLatch.await at WatchdogTests.java:");
            time.exit();
            assertThatExceptionOfType(TimelineException.class)
                    .isThrownBy(time::enter)
                    .withMessageStartingWith("CountDownLatch.await at WatchdogTests.java:");
            assertThat(notices).singleElement().asString().contains("CountDownLatch.await at WatchdogTests.java:");
        }
    }

    @Test
    void freesTheOthersFromAHolderThatIgnoresInterrupts() throws Exception {
        VirtualTimeline time = new VirtualTimeline(
                settings().withHoldLimit(Duration.ofMillis(600)).withCloseLimit(Duration.ofMillis(200)));
        CountDownLatch never = new CountDownLatch(1);
        boolean[] go = {true};
        time.enter();
        time.spawn("hog", () -> {
            while (go[0]) {
                try {
                    never.await(10, TimeUnit.SECONDS);
                    go[0] = false;
                } catch (InterruptedException e) {
                    // ignores it
                }
            }
        });
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(() -> time.sleep(Duration.ofSeconds(1)))
                .withMessageContaining("(thread 'nomos-hog') waits for another thread");
        time.exit();
        assertThatExceptionOfType(TimelineException.class)
                .isThrownBy(time::close)
                .withMessageContaining("1 of its threads did not end although interrupted: thread 'nomos-hog' at"
                        + " WatchdogTests.java:");
        never.countDown();
    }

    @Test
    void noticesAThreadThatEndsInside() throws Exception {
        try (VirtualTimeline time = new VirtualTimeline(settings())) {
            Thread lost = new Thread(
                    () -> {
                        try {
                            time.enter();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    },
                    "lost");
            lost.start();
            lost.join();
            assertThatExceptionOfType(TimelineException.class)
                    .isThrownBy(time::enter)
                    .withMessage("thread 'lost' ended between enter() and exit(), so nobody else can run;"
                            + " use call(...), or exit() in a finally block");
        }
    }

    @Test
    void readsThePlaceOfAThread() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            started.countDown();
            awaitQuietly(release);
        });
        assertThat(HeldStack.place(waiting)).isEqualTo("its end");
        waiting.start();
        started.await();
        assertThat(HeldStack.place(waiting)).startsWith("WatchdogTests.java:");
        release.countDown();
    }
}
