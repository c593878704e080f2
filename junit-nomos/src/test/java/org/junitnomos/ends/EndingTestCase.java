package org.junitnomos.ends;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.RunContext;

/** Scenarios whose JVM ends before they do. They run in a JVM of their own only. */
final class EndingTestCase {

    private EndingTestCase() {}

    /** Have something outside of the JVM, as a backend would, and say that the body runs. */
    private static void begin(RunContext run) throws IOException, InterruptedException {
        var session = Session.ofThisJvm();
        var scope = session.scope(run.directory().toString());
        if (Boolean.getBoolean("ends.outside")) {
            var entry = scope.register(ResourceKind.PROCESS, "sleeper");
            entry.start(new ProcessBuilder("sleep", "600"));
            scope.leasePort();
            scope.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), "outside"));
        }
        run.clock().sleep(Duration.ofSeconds(run.clock().isVirtual() ? 30 : 1));
        System.out.println("driving " + run.directory());
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class WaitsOnTheClock {
        @Test
        void waits(RunContext run) throws Exception {
            begin(run);
            run.clock().sleep(Duration.ofHours(100_000));
        }
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class NeverListens {
        @Test
        void spins(RunContext run) throws Exception {
            begin(run);
            while (run.directory() != null) {
                Thread.onSpinWait();
            }
        }
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class CallsExit {
        @Test
        void exits(RunContext run) throws Exception {
            begin(run);
            ParentPipe.awaitGoOn();
            System.exit(3);
        }
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class Halts {
        @Test
        void halts(RunContext run) throws Exception {
            begin(run);
            ParentPipe.awaitGoOn();
            Runtime.getRuntime().halt(4);
        }
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class RunsOutOfMemory {
        @Test
        void allocates(RunContext run) throws Exception {
            begin(run);
            ParentPipe.awaitGoOn();
            List<byte[]> hoard = new ArrayList<>();
            while (hoard.size() < Integer.MAX_VALUE) {
                hoard.add(new byte[1_000_000]);
            }
        }
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class TimesOutOnItsThread {
        @Test
        @Timeout(value = 8, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SAME_THREAD)
        void hangs(RunContext run) throws Exception {
            begin(run);
            new CountDownLatch(1).await();
        }
    }

    @Topology(validators = 2)
    @RunFor("24h")
    static class TimesOutOnAnotherThread {
        @Test
        @Timeout(value = 8, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void hangs(RunContext run) throws Exception {
            begin(run);
            while (run.directory() != null) {
                Thread.onSpinWait();
            }
        }
    }
}
