package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.scenario.RunContext;

class TwiceExtensionTests implements LeavesNothing {
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    @Topology(validators = 2)
    @RunFor("1m")
    @ExpectConsensusLiveness
    static class Steady {
        @ScenarioTest
        void restarts(RunContext run, NodeControl nodes) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(10));
            nodes.restart("validator-1");
        }
    }

    @Topology(validators = 2)
    @RunFor("1m")
    @ExpectConsensusLiveness
    static class Fickle {
        @ScenarioTest
        void restarts(RunContext run, NodeControl nodes) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(10));
            nodes.restart("validator-" + RUNS.getAndIncrement() % 2);
        }
    }

    private NomosTestKit twice() {
        return kit().with("nomos.twice", "true").with("nomos.directory", directory.toString());
    }

    @Test
    void twoRunsWithOneSeedHaveOneJournal() {
        assertThat(twice().execute(Steady.class).tests())
                .containsExactly(
                        "run 1 min on 2 validators, embedded SUCCESSFUL",
                        "expect consensus liveness SUCCESSFUL",
                        "run again with the same seed SUCCESSFUL");
    }

    @Test
    void theFirstEventThatDiffersIsNamed() {
        RUNS.set(0);
        var outcome = twice().execute(Fickle.class);
        assertThat(outcome.tests())
                .startsWith("run 1 min on 2 validators, embedded SUCCESSFUL", "expect consensus liveness SUCCESSFUL");
        assertThat(outcome.failureOf("run again with the same seed"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "two runs of TwiceExtensionTests.Fickle.restarts() with seed 4711 differ from event ")
                .hasMessageContaining("validator-0")
                .hasMessageContaining("validator-1")
                .hasMessageContaining("The test depends on something else than the run")
                .hasMessageContaining(directory
                        .resolve("TwiceExtensionTests.Fickle.restarts")
                        .resolve("2")
                        .toString());
    }

    @Test
    void itsReplayRunsTheTestTwiceAgain() {
        RUNS.set(0);
        assertThat(twice().execute(Fickle.class).failureOf("run again with").getMessage())
                .contains("\n  replay: mvn test -Dtest='TwiceExtensionTests$Fickle#restarts' -Dnomos.seed=4711"
                        + " -Dnomos.twice=true ")
                .doesNotContain("nomos.test=");
    }

    @Topology(validators = 2)
    @RunFor("1m")
    static class OfItsJvm {
        @ScenarioTest
        void restarts(RunContext run, NodeControl nodes) throws InterruptedException {
            run.clock().sleep(Duration.ofSeconds(10));
            nodes.restart("validator-" + RUNS.get()); // as the order of Set.of: one for all runs of a JVM
        }
    }

    @Test
    void earlierRunsOfTheSameSeedAreComparedToo() {
        RUNS.set(0);
        for (int run = 0; run < 2; run++) {
            assertThat(twice().execute(OfItsJvm.class).tests())
                    .containsExactly(
                            "run 1 min on 2 validators, embedded SUCCESSFUL",
                            "run again with the same seed SUCCESSFUL");
        }

        RUNS.set(1);
        assertThat(twice().execute(OfItsJvm.class).failureOf("run again with the same seed"))
                .hasMessageContaining("differ from event ")
                .hasMessageContaining("Journals: "
                        + directory
                                .resolve("TwiceExtensionTests.OfItsJvm.restarts")
                                .resolve("1"));
    }

    @Test
    void onceIsEnoughOtherwise() {
        assertThat(kit().with("nomos.directory", directory.toString())
                        .execute(Steady.class)
                        .tests())
                .containsExactly(
                        "run 1 min on 2 validators, embedded SUCCESSFUL", "expect consensus liveness SUCCESSFUL");
    }
}
