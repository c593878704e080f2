package org.junitnomos.ends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junitnomos.deploy.session.ResourceKind;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.expectation.ConsensusLiveness;
import org.junitnomos.jupiter.Expect;
import org.junitnomos.jupiter.RunFor;
import org.junitnomos.jupiter.Topology;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.RunContext;

/** Scenarios on the process backend for the crash campaign. They run in a JVM of their own only. */
final class CrashTestCase {

    private CrashTestCase() {}

    /** Takes its time, so that there is something to hit in phases that are over in no time. */
    static final class Slow implements Expectation {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Map<String, String> capture(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofMillis(400));
            return Map.of();
        }

        @Override
        public void evaluate(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofMillis(400));
        }
    }

    /** Is killed sooner or later; its body restarts and kills nodes, and has more outside than its nodes. */
    @Topology(validators = 2, slot = "500ms")
    @RunFor(value = "1500ms", cooldown = "100ms")
    @Expect(Slow.class)
    static class Victim {
        @Test
        void isKilled(RunContext run) throws Exception {
            outside(run);
            run.control().restart("validator-1");
            run.control().kill("validator-0");
            run.control().start("validator-0");
        }

        /** Everything but processes, which the backend has. */
        private static void outside(RunContext run) throws IOException {
            var scope = Session.ofThisJvm().scope(run.directory().toString());
            var lease = scope.leasePort();
            Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "outside-" + lease.port());
            scope.createDirectory(scratch);
            Files.writeString(scratch.resolve("state"), "x");
            var sleeper = scope.register(ResourceKind.PROCESS, "sleeper");
            sleeper.start(new ProcessBuilder("sh", "-c", "sleep 600 & exec sleep 600"));
        }
    }

    /** Runs all the time beside those that are killed, and must pass. */
    @Topology(validators = 2)
    @RunFor(value = "30s", deadline = "2h")
    @Expect(ConsensusLiveness.class)
    static class Bystander {
        @Test
        void isNotTouched(RunContext run) throws Exception {
            System.out.println("driving " + run.directory());
            var stop = Path.of(System.getProperty("crash.stop"));
            while (!Files.exists(stop)) {
                run.clock().sleep(Duration.ofMillis(500));
            }
        }
    }
}
