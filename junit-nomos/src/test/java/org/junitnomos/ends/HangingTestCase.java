package org.junitnomos.ends;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junitnomos.jupiter.Expect;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.RunScope;
import org.junitnomos.jupiter.ScenarioOptions;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.jupiter.Workload;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.WorkloadGenerator;
import org.junitnomos.testkit.SilentPeer;

/** Scenarios that do not end by themselves. They run in a JVM of their own only. */
final class HangingTestCase {
    private static final String DEADLINE = "6s";

    /** For those that have processes to start. */
    private static final String LONG_DEADLINE = "20s";

    private HangingTestCase() {}

    /** Spin, and call nothing; ends only if the parent says so. */
    private static void spin() {
        while (!ParentPipe.isToGoOn()) {
            Thread.onSpinWait();
        }
    }

    /** Wait for one who never calls; ends only if the parent says so. */
    private static void hold() {
        try (var peer = new SilentPeer()) {
            while (!ParentPipe.isToGoOn()) {
                peer.await();
            }
        }
    }

    /** Comes first: the deadlines of the others are short, and a JVM has much to load at its first run. */
    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s")
    static class WarmUp {
        @Test
        void passes() {}
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = LONG_DEADLINE)
    static class InTheBody {
        @Test
        void spins(RunContext run) {
            System.out.println("driving " + run.directory());
            hold();
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class Spins {
        @Test
        void spins() {
            spin();
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class SwallowsInterrupts {
        @Test
        void sleeps() {
            while (!ParentPipe.isToGoOn()) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    continue;
                }
            }
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class IgnoresInterrupts {
        @Test
        void parks() {
            while (!ParentPipe.isToGoOn()) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class CatchesEverything {
        @Test
        void polls(RunContext run) {
            while (!ParentPipe.isToGoOn()) {
                try {
                    run.feed().height();
                } catch (RuntimeException e) {
                    continue;
                }
            }
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class BeforeTheBody {
        @BeforeEach
        void prepare() {
            hold();
        }

        @Test
        void isNeverReached() {}
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class AfterTheBody {
        @AfterEach
        void tearDown() {
            hold();
        }

        @Test
        void passes() {}
    }

    @ScenarioOptions(run = RunScope.CLASS)
    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class AfterAllTests {
        @AfterAll
        static void tearDown() {
            hold();
        }

        @Test
        void passes() {}
    }

    static final class SpinsInCapture implements Expectation {
        @Override
        public Map<String, String> capture(RunContext run) {
            hold();
            return Map.of();
        }

        @Override
        public void evaluate(RunContext run) {}
    }

    static final class SpinsInEvaluate implements Expectation {
        @Override
        public void evaluate(RunContext run) {
            hold();
        }
    }

    static final class SpinsInWatch implements Expectation {
        @Override
        public Watcher watch(RunContext run) {
            return event -> hold();
        }

        @Override
        public void evaluate(RunContext run) {}
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    @Expect(SpinsInCapture.class)
    static class InCapture {
        @Test
        void isNeverReached() {}
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    @Expect(SpinsInEvaluate.class)
    static class InEvaluate {
        @Test
        void passes() {}
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    @Expect(SpinsInWatch.class)
    static class InWatch {
        @Test
        void passes(RunContext run) {
            run.note("test", "to be watched");
        }
    }

    static final class Spinner implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) {
            hold();
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    @Workload(Spinner.class)
    static class InAWorkload {
        @Test
        void passes() {}
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = LONG_DEADLINE)
    static class Polls {
        @Test
        void polls(RunContext run) {
            try (var peer = new SilentPeer()) {
                while (run.feed().height() < Long.MAX_VALUE) {
                    peer.await();
                }
            }
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = "10m")
    static class GivenUpOnAnotherThread {
        @Test
        @Timeout(value = 3, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void spins() {
            hold();
        }
    }

    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1s", cooldown = "0s", deadline = DEADLINE)
    static class TimedOutOnItsThread {
        @Test
        @Timeout(value = 3, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SAME_THREAD)
        void spins() {
            hold();
        }
    }
}
