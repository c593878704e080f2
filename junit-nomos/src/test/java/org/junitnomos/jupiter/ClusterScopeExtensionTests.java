package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.jupiter.Fixtures.Red;
import org.junitnomos.scenario.RunContext;

class ClusterScopeExtensionTests implements LeavesNothing {
    @Quick
    @Topology(scope = ClusterScope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class PerClass {
        @Test
        void a(BlockFeed feed) {
            say("height before a: " + feed.height());
        }

        @Test
        void b(BlockFeed feed) {
            say("grown before b: " + (feed.height() > 0));
        }

        @Test
        @Topology(validators = 3)
        void other(Cluster cluster) {
            say("other " + cluster.nodes().size());
        }
    }

    @Test
    void runsOfAClassShareClustersOfEqualTopology() {
        assertThat(run(PerClass.class).tests()).hasSize(3).allMatch(line -> line.endsWith("SUCCESSFUL"));
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "deploy 3+0", "close 3+0", "close 2+0");
        assertThat(Fixtures.SAID).containsExactly("height before a: 0", "grown before b: true", "other 3");
    }

    @Quick
    @Topology(scope = ClusterScope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class WithAFailure {
        @Test
        @Expect(Red.class)
        void a() {}

        @Test
        void b() {}
    }

    @Test
    void aClusterWhoseRunFailedIsNotUsedAgain() {
        run(WithAFailure.class);
        assertThat(ScriptedBackends.LOG).containsExactly("deploy 2+0", "close 2+0", "deploy 2+0", "close 2+0");
    }

    @Quick
    @Topology(scope = ClusterScope.SESSION)
    @Expect(Green.class)
    static class SessionA {
        @ScenarioTest
        void nodes(Cluster cluster) {}
    }

    @Quick
    @Topology(scope = ClusterScope.SESSION)
    static class SessionB {
        @Test
        void plain(Cluster cluster) {}

        @Test
        @Topology(scope = ClusterScope.RUN)
        void own() {}
    }

    @Quick
    @Topology(validators = 3, scope = ClusterScope.SESSION)
    static class SessionC {
        @Test
        void plain() {}
    }

    @Test
    void runsOfASessionShareClustersOfEqualTopology() {
        var outcome = run(SessionA.class, SessionB.class, SessionC.class);
        assertThat(outcome.tests()).hasSize(5).allMatch(line -> line.endsWith("SUCCESSFUL"));
        assertThat(ScriptedBackends.deploys()).containsExactlyInAnyOrder("deploy 2+0", "deploy 2+0", "deploy 3+0");
    }

    @Test
    void idleClustersMakeRoomForOthers() {
        var outcome = kit().with("nomos.max.nodes", "4").execute(SessionA.class, SessionC.class);
        assertThat(outcome.tests()).hasSize(3).allMatch(line -> line.endsWith("SUCCESSFUL"));
        assertThat(ScriptedBackends.MOST_NODES).hasValue(3);
    }

    @Test
    void groupsClassesByTopology() {
        kit().with("junit.jupiter.testclass.order.default", ByTopology.class.getName())
                .execute(PlainTwo.class, PlainThree.class, PlainTwoAgain.class, PlainThreeAgain.class);
        assertThat(Fixtures.SAID).containsExactly("two", "two again", "three", "three again");
    }

    @Quick
    static class PlainTwo {
        @Test
        void a() {
            say("two");
        }
    }

    @Quick
    @Topology(validators = 3)
    static class PlainThree {
        @Test
        void a() {
            say("three");
        }
    }

    @Quick
    static class PlainTwoAgain {
        @Test
        void a() {
            say("two again");
        }
    }

    @Quick
    @Topology(validators = 3)
    static class PlainThreeAgain {
        @Test
        void a() {
            say("three again");
        }
    }

    @Quick
    @Expect(Green.class)
    static class Parallel {
        @ScenarioTest
        void a(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(5));
            say("a");
        }

        @ScenarioTest
        void b(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(5));
            say("b");
        }

        @Test
        void c(RunContext run) throws Exception {
            run.clock().sleep(Duration.ofSeconds(5));
            say("c");
        }
    }

    private static NomosTestKit parallel() {
        return kit().with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
    }

    @Test
    void everyBodyRunsOnceInParallel() {
        var outcome = parallel().execute(Parallel.class, SessionA.class, PlainTwo.class, PlainThree.class);
        assertThat(outcome.tests()).hasSize(9).allMatch(line -> line.endsWith("SUCCESSFUL"));
        assertThat(Fixtures.SAID).containsExactlyInAnyOrder("a", "b", "c", "two", "three");
        assertThat(ScriptedBackends.deploys()).hasSize(6);
    }

    @Test
    void theBudgetHoldsInParallel() {
        var outcome = parallel()
                .with("nomos.max.nodes", "4")
                .execute(Parallel.class, SessionA.class, PlainTwo.class, PlainThree.class);
        assertThat(outcome.tests()).hasSize(9).allMatch(line -> line.endsWith("SUCCESSFUL"));
        assertThat(ScriptedBackends.MOST_NODES.get()).isBetween(2, 4);
    }
}
