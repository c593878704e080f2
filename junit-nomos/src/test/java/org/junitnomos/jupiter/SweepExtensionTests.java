package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.kit;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.topology.NetworkLayout;
import org.junitnomos.topology.TopologySpec;

class SweepExtensionTests implements LeavesNothing {
    @Quick
    @TopologySweep(
            validatorRange = "1..3",
            executors = {0, 1},
            exclude = "validators=1,executors=1",
            skip = "validators=3,executors=1: too large for a laptop")
    @Expect(Green.class)
    static class Grid {
        @ScenarioTest
        void grows(TopologySpec topology, Cluster cluster) {
            say(cluster.topology().validators() + "+" + topology.executors());
        }

        @Test
        void plain(Cluster cluster) {
            if (cluster.topology().equals(topology(2, 1))) {
                Assertions.fail("only this point");
            }
        }

        @Nested
        class Inner {
            @Test
            void nested(Cluster cluster) {
                say("inner " + cluster.topology().size());
            }
        }

        private static TopologySpec topology(int validators, int executors) {
            return Quicks.topology(validators, executors);
        }
    }

    /** The topology of {@link Quick} with other numbers of nodes. */
    private static final class Quicks {
        static TopologySpec topology(int validators, int executors) {
            return Scenario.builder()
                    .validators(validators)
                    .executors(executors)
                    .slot(java.time.Duration.ofSeconds(1))
                    .backend("scripted")
                    .build()
                    .topology();
        }
    }

    @Test
    void runsEveryPointButTheExcludedAndSkipped() {
        var outcome = run(Grid.class);
        assertThat(outcome.containers())
                .contains(
                        "validators=1,executors=0 SUCCESSFUL",
                        "validators=2,executors=0 SUCCESSFUL",
                        "validators=2,executors=1 SUCCESSFUL",
                        "validators=3,executors=0 SUCCESSFUL",
                        "validators=3,executors=1 SUCCESSFUL")
                .doesNotContain("validators=1,executors=1 SUCCESSFUL");
        assertThat(Fixtures.SAID)
                .containsExactlyInAnyOrder("1+0", "2+0", "2+1", "3+0", "inner 1", "inner 2", "inner 3", "inner 3");
        assertThat(outcome.tests())
                .contains(
                        "run 10 s on 2 validators, 1 executor, scripted [validators=2,executors=1] SUCCESSFUL",
                        "expect green [validators=3,executors=0] SUCCESSFUL",
                        "plain(Cluster) FAILED",
                        "plain(Cluster) SKIPPED too large for a laptop");
        assertThat(outcome.tests().stream().filter("plain(Cluster) SUCCESSFUL"::equals))
                .hasSize(3);
        assertThat(outcome.failureOf("plain").getSuppressed()[0])
                .hasMessageContaining("replay: mvn test -Dtest='SweepExtensionTests$Grid#plain'"
                        + " -Dnomos.sweep=validators=2,executors=1 -Dnomos.seed=4711");
    }

    @Test
    void runsTheSelectedPointAlone() {
        var outcome = kit().with("nomos.sweep", "validators=2,executors=1").execute(Grid.class);
        assertThat(outcome.tests()).contains("plain(Cluster) FAILED").hasSize(4);
        assertThat(ScriptedBackends.deploys()).containsOnly("deploy 2+1").hasSize(3);
    }

    @Test
    void tellsThePointsWhenTheSelectedOneIsNone() {
        var outcome = kit().with("nomos.sweep", "validators=9").execute(Grid.class);
        assertThat(outcome.failureOf("SweepExtensionTests$Grid"))
                .hasMessage("Sweep of SweepExtensionTests.Grid has 1 problem:\n"
                        + "  (1) setting nomos.sweep is 'validators=9', expected a point of SweepExtensionTests.Grid."
                        + " Points are validators=1,executors=0 | validators=2,executors=0 | validators=2,executors=1 |"
                        + " validators=3,executors=0 | validators=3,executors=1.");
    }

    @Quick
    @TopologySweep(
            provider = "topologies",
            backends = {"scripted", "embedded"},
            name = "{index}: {layout} {backend}")
    static class Provided {
        static Stream<TopologySpec> topologies() {
            return Stream.of(Quicks.topology(1, 0), Quicks.topology(1, 1));
        }

        @Test
        void knowsItsPoint(Cluster cluster, Scenario scenario) {
            say(cluster.topology().executors() + " " + scenario.backend());
        }
    }

    @Test
    void takesTopologiesFromAProvider() {
        var outcome = run(Provided.class);
        assertThat(outcome.containers())
                .contains(
                        "1: star scripted SUCCESSFUL",
                        "2: star embedded SUCCESSFUL",
                        "3: star scripted SUCCESSFUL",
                        "4: star embedded SUCCESSFUL");
        assertThat(Fixtures.SAID).containsExactly("0 scripted", "0 embedded", "1 scripted", "1 embedded");
        kit().with("nomos.sweep", "point=4").execute(Provided.class);
        assertThat(Fixtures.SAID).hasSize(5).endsWith("1 embedded");
    }

    @Quick
    @ParameterizedClass
    @MethodSource("topologies")
    static class Parameterized {
        private final TopologySpec argument;

        Parameterized(TopologySpec argument) {
            this.argument = argument;
        }

        static Stream<TopologySpec> topologies() {
            return Stream.of(Quicks.topology(1, 0), Quicks.topology(1, 1));
        }

        @Test
        void runsOnItsArgument(Cluster cluster, TopologySpec topology) {
            say(cluster.topology().equals(argument) + " " + topology.equals(argument) + " " + argument.size());
        }
    }

    @Test
    void anArgumentOfAParameterizedClassIsAPoint() {
        assertThat(run(Parameterized.class).tests()).hasSize(2).allMatch(line -> line.endsWith("SUCCESSFUL"));
        assertThat(Fixtures.SAID).containsExactly("true true 1", "true true 2");
    }

    @Quick
    @TopologySweep(
            validators = {0, 2, 2},
            executorRange = "3..1",
            layouts = NetworkLayout.FULL,
            exclude = {"validators=7", "nodes=1"})
    static class WrongGrid {
        @Test
        void a() {}
    }

    @Quick
    @TopologySweep(provider = "missing", validators = 1)
    static class WrongProvider {
        @Test
        void a() {}
    }

    @Quick
    @Topology(stake = {60, 40})
    @TopologySweep(validators = {2, 3})
    static class Shares {
        @Test
        void a() {}
    }

    @Quick
    @Topology(overlay = "all: {a: 1}")
    @TopologySweep(validators = {1, 2})
    static class Overlaid {
        @Test
        void a(Cluster cluster) {
            say(cluster.topology().validators() + " with " + cluster.topology().overlay());
        }
    }

    @Test
    void everyPointHasWhatIsNotSwept() {
        run(Overlaid.class);

        assertThat(Fixtures.SAID).containsExactlyInAnyOrder("1 with all: {a: 1}", "2 with all: {a: 1}");
    }

    @Quick
    @TopologySweep
    static class Empty {
        @Test
        void a() {}
    }

    @Quick
    @TopologySweep(validators = 1)
    @ParameterizedClass
    @MethodSource("topologies")
    static class Both {
        static Stream<TopologySpec> topologies() {
            return Stream.of(Quicks.topology(1, 0));
        }

        @Test
        void a() {}
    }

    @Test
    void tellsAllThatIsWrong() {
        assertThat(run(WrongGrid.class).failureOf("SweepExtensionTests$WrongGrid"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .satisfies(failure -> assertThat(failure.getMessage().lines())
                        .containsExactly(
                                "Sweep of SweepExtensionTests.WrongGrid has 4 problems:",
                                "  (1) @TopologySweep.validators on SweepExtensionTests.WrongGrid is 0, expected 1 or more."
                                        + " Change the number.",
                                "  (2) @TopologySweep.validators on SweepExtensionTests.WrongGrid is [0, 2, 2], expected"
                                        + " each number once. Remove the repeated ones.",
                                "  (3) @TopologySweep.executorRange on SweepExtensionTests.WrongGrid is \"3..1\", expected"
                                        + " a range such as \"1..5\", the smaller number first. Both ends count.",
                                "  (4) @TopologySweep.exclude on SweepExtensionTests.WrongGrid is \"nodes=1\", expected a"
                                        + " filter such as \"validators=1,executors=2\". 'nodes=1' is no condition:"
                                        + " key=value with a key of validators, executors, layout, backend, point."));
        assertThat(run(WrongProvider.class).failureOf("SweepExtensionTests$WrongProvider"))
                .hasMessageContaining("(1) @TopologySweep.provider on SweepExtensionTests.WrongProvider is \"missing\","
                        + " expected nothing beside it but backends.")
                .hasMessageContaining("(2) @TopologySweep.provider on SweepExtensionTests.WrongProvider is \"missing\","
                        + " expected a static method without parameters that returns a Stream, Iterable or array of"
                        + " TopologySpec. There is none of that name in SweepExtensionTests.WrongProvider.");
        assertThat(run(Shares.class).failureOf("a()"))
                .hasMessageContaining("@Topology.stake is [60, 40], expected one share for each of the 3 nodes");
        assertThat(run(Empty.class).failureOf("SweepExtensionTests$Empty"))
                .hasMessageContaining(
                        "@TopologySweep on SweepExtensionTests.Empty is empty, expected at least one list.");
        assertThat(run(Both.class).failureOf("SweepExtensionTests$Both"))
                .hasMessageContaining("stands beside @ParameterizedClass, expected one of them");
    }

    @Test
    void aSelectionOfPointsIsKnownWhereThereIsNoSweep() {
        var run = kit().with("nomos.sweep", "validators=1").execute(PlainTestExtensionTests.Plain.class);

        assertThat(run.tests()).contains("holds() SUCCESSFUL");
    }
}
