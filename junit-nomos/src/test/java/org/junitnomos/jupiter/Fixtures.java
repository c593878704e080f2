package org.junitnomos.jupiter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junitnomos.scenario.Expectation;
import org.junitnomos.scenario.InconclusiveException;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.WorkloadGenerator;
import org.opentest4j.AssertionFailedError;

/** What the fixture classes of the extension tests are made of. */
final class Fixtures {
    /** What bodies and callbacks of fixtures said. */
    static final List<String> SAID = new CopyOnWriteArrayList<>();

    private Fixtures() {}

    static void say(String text) {
        SAID.add(text);
    }

    /** Two validators, ten seconds of virtual time. */
    @Topology(validators = 2, slot = "1s", backend = "scripted")
    @RunFor(value = "10s", cooldown = "0s")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @interface Quick {}

    record Green() implements Expectation {
        @Override
        public void evaluate(RunContext run) {}
    }

    record Red() implements Expectation {
        @Override
        public void evaluate(RunContext run) {
            throw new AssertionFailedError("red: validator-1 is behind", "validator-1 at 9", "validator-1 at 3");
        }
    }

    record Unsure() implements Expectation {
        @Override
        public void evaluate(RunContext run) {
            throw new InconclusiveException("too few slots");
        }
    }

    /** Refuses the cluster before it is driven. */
    record Sick() implements Expectation {
        @Override
        public java.util.Map<String, String> capture(RunContext run) {
            throw new AssertionError("the cluster is sick");
        }

        @Override
        public void evaluate(RunContext run) {}
    }

    record Counting() implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) throws Exception {
            say("workload drives");
            while (run.isDriving()) {
                run.clock().sleepSlots(1);
            }
        }
    }

    record Failing() implements WorkloadGenerator {
        @Override
        public void drive(RunContext run) {
            throw new IllegalStateException("no wallet left");
        }
    }
}
