package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.Fixtures.say;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.deploy.Genesis;
import org.junitnomos.deploy.NodeControl;
import org.junitnomos.deploy.NodeHandle;
import org.junitnomos.deploy.NodeSelector;
import org.junitnomos.deploy.Wallet;
import org.junitnomos.feed.BlockFeed;
import org.junitnomos.journal.Journal;
import org.junitnomos.journal.JournalEvent;
import org.junitnomos.jupiter.Fixtures.Green;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.scenario.RunContext;
import org.junitnomos.scenario.Scenario;
import org.junitnomos.scenario.ScenarioClock;
import org.junitnomos.topology.NodeRole;
import org.junitnomos.topology.TopologySpec;

class InjectionExtensionTests implements LeavesNothing {
    @Quick
    @Topology(validators = 2, executors = 1)
    @Wallets(3)
    static class Everything {
        private final Cluster viaConstructor;

        @InjectCluster
        Cluster field;

        @FromNode(role = NodeRole.EXECUTOR)
        NodeHandle executor;

        Everything(Cluster cluster) {
            viaConstructor = cluster;
        }

        @BeforeEach
        void setUp(Cluster cluster) {
            say("set-up " + (cluster == viaConstructor));
        }

        @Test
        void isInjected(
                RunContext run,
                Cluster cluster,
                NodeControl control,
                BlockFeed feed,
                Journal journal,
                ScenarioClock clock) {
            assertThat(cluster).isSameAs(viaConstructor).isSameAs(field).isSameAs(run.cluster());
            assertThat(control).isSameAs(run.control());
            assertThat(feed).isSameAs(run.feed());
            assertThat(journal).isSameAs(run.journal());
            assertThat(clock).isSameAs(run.clock());
            say("run");
        }

        @Test
        void isInjectedAsWell(Genesis genesis, Scenario scenario, TopologySpec topology, Cluster cluster) {
            assertThat(genesis).isEqualTo(cluster.genesis());
            assertThat(scenario.topology()).isEqualTo(topology).isEqualTo(cluster.topology());
            say("plan");
        }

        @Test
        void isInjectedByNode(
                Cluster cluster,
                NodeHandle first,
                @FromNode("validator-1") NodeClient named,
                @FromNode(index = 2) NodeHandle third,
                List<Wallet> wallets,
                List<NodeHandle> handles,
                List<NodeClient> clients) {
            assertThat(first.name()).isEqualTo("validator-0");
            assertThat(third.name()).isEqualTo("executor-0").isEqualTo(executor.name());
            assertThat(named).isSameAs(cluster.node("validator-1").client());
            assertThat(wallets).hasSize(3);
            assertThat(handles).hasSize(3);
            assertThat(clients).hasSize(3);
            say("nodes");
        }

        @Nested
        class Inner {
            @InjectCluster
            RunContext run;

            @Test
            void setsFieldsOfOuterInstancesToo() {
                assertThat(run.cluster()).isSameAs(field);
                say("inner");
            }
        }
    }

    @Quick
    @Topology(scope = ClusterScope.SESSION)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class KeepsItsCluster {
        static Cluster kept;

        @Test
        void a(Cluster cluster, Journal journal) throws Exception {
            kept = cluster;
            cluster.control().isolate("validator-1");
            say("faults on record: "
                    + journal.events(JournalEvent.FaultInForce.class).size());
        }

        @Test
        void b(Cluster cluster) {
            say("other cluster: " + (cluster != kept));
            kept.control().select(NodeSelector.all());
        }
    }

    @Test
    void whatIsInjectedGoesThroughTheRunAndEndsWithIt() {
        var outcome = run(KeepsItsCluster.class);
        assertThat(outcome.failureOf("b("))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the run of scenario 'InjectionExtensionTests.KeepsItsCluster.a()' (seed 4711) is"
                        + " closed; nothing can be asked of its cluster any more");
        assertThat(Fixtures.SAID).containsExactly("faults on record: 1", "other cluster: true");
        assertThat(ScriptedBackends.deploys()).hasSize(1);
    }

    @Test
    void givesWhatTypesAskFor() {
        var outcome = run(Everything.class);
        assertThat(outcome.tests())
                .allMatch(line -> line.endsWith("SUCCESSFUL"))
                .hasSize(4);
        assertThat(Fixtures.SAID)
                .contains("set-up true", "run", "plan", "nodes", "inner")
                .doesNotContain("set-up false");
        assertThat(ScriptedBackends.deploys()).hasSize(4);
    }

    @Quick
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @Expect(Green.class)
    static class OneInstance {
        @InjectCluster
        Cluster cluster;

        @ScenarioTest
        void a(Cluster injected) {
            say("a " + (cluster == injected));
        }

        @Test
        void b(Cluster injected) {
            say("b " + (cluster == injected));
        }
    }

    @Test
    void setsTheFieldsOfASharedInstanceBeforeEachTest() {
        run(OneInstance.class);
        assertThat(Fixtures.SAID).containsExactlyInAnyOrder("a true", "b true");
    }

    @Quick
    static class NoClassRun {
        @BeforeAll
        static void once(Cluster cluster) {}

        @Test
        void a() {}
    }

    @Test
    void tellsThatThereIsNoClusterForTheClass() {
        assertThat(run(NoClassRun.class).failureOf("InjectionExtensionTests$NoClassRun"))
                .hasMessageContaining(
                        "no cluster here: every test method of InjectionExtensionTests.NoClassRun has a run"
                                + " of its own. Take it in the test method, or let one run span the class with @ScenarioOptions(run ="
                                + " RunScope.CLASS).");
    }

    static final Scenario BUILT = Scenario.builder()
            .name("built")
            .validators(2)
            .backend("embedded")
            .slot(java.time.Duration.ofSeconds(1))
            .runFor(java.time.Duration.ofSeconds(10))
            .cooldown(java.time.Duration.ZERO)
            .expect(new Green())
            .build();

    static class Programmatic {
        @RegisterExtension
        static final NomosExtension NOMOS = NomosExtension.scenario(BUILT);

        @Test
        void plain(Scenario scenario) {
            say("plain " + scenario.equals(BUILT));
        }

        @ScenarioTest
        void nodes(Cluster cluster) {
            say("nodes " + cluster.nodes().size());
        }

        @Test
        @Topology(executors = 1)
        void refined(Cluster cluster) {
            say("refined " + cluster.nodes().size());
        }
    }

    @Topology(validators = 3)
    static class ProgrammaticAndAnnotated {
        @RegisterExtension
        static final NomosExtension NOMOS = NomosExtension.scenario(BUILT);

        @ScenarioTest
        void nodes(Cluster cluster) {
            say("nodes " + cluster.nodes().size());
        }
    }

    static class InstanceField {
        @RegisterExtension
        final NomosExtension nomos = NomosExtension.scenario(BUILT);

        @Test
        void a() {}
    }

    static class TwoFields {
        @RegisterExtension
        static final NomosExtension ONE = NomosExtension.scenario(BUILT);

        @RegisterExtension
        static final NomosExtension TWO = NomosExtension.scenario(BUILT);

        @Test
        void a() {}
    }

    @Test
    void runsAPlanThatIsBuiltInCode() {
        var outcome = run(Programmatic.class);
        assertThat(outcome.tests())
                .contains(
                        "plain(Scenario) SUCCESSFUL",
                        "run 10 s on 2 validators, embedded SUCCESSFUL",
                        "expect green SUCCESSFUL",
                        "refined(Cluster) SUCCESSFUL");
        assertThat(Fixtures.SAID).containsExactlyInAnyOrder("plain true", "nodes 2", "refined 3");
    }

    @Test
    void annotationsOnTheClassRefineThePlan() {
        assertThat(run(ProgrammaticAndAnnotated.class).tests())
                .containsExactly("run 10 s on 3 validators, embedded SUCCESSFUL", "expect green SUCCESSFUL");
        assertThat(Fixtures.SAID).containsExactly("nodes 3");
    }

    @Test
    void refusesAnInstanceFieldAndASecondField() {
        assertThat(run(InstanceField.class).failureOf("a()"))
                .hasMessage(
                        "The NomosExtension field of InjectionExtensionTests.InstanceField is not static, expected a"
                                + " static field: a scenario belongs to the whole class.");
        assertThat(run(TwoFields.class).failureOf("InjectionExtensionTests$TwoFields"))
                .hasMessageContaining("InjectionExtensionTests.TwoFields registers 2 scenarios, expected one.");
    }
}
