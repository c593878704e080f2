package org.junitnomos.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitnomos.jupiter.NomosTestKit.run;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junitnomos.client.NodeClient;
import org.junitnomos.deploy.Cluster;
import org.junitnomos.jupiter.Fixtures.Quick;
import org.junitnomos.topology.NodeRole;

/** What cannot be injected is told before anything is deployed. */
class WrongInjectionTests implements LeavesNothing {
    @Quick
    static class Wrong {
        @Test
        void unknownNode(@FromNode("validator-9") NodeClient node) {}

        @Test
        void tooFew(@FromNode(role = NodeRole.EXECUTOR, index = 1) NodeClient node) {}

        @Test
        void tooHigh(@FromNode(index = 2) NodeClient node) {}

        @Test
        void nameAndRole(@FromNode(value = "validator-0", role = NodeRole.VALIDATOR) NodeClient node) {}

        @Test
        void twoRoles(@FromNode(role = {NodeRole.VALIDATOR, NodeRole.EXECUTOR}) NodeClient node) {}

        @Test
        void negative(@FromNode(index = -1) NodeClient node) {}

        @Test
        void notANode(@FromNode("validator-0") Cluster cluster) {}

        @Test
        void unknownType(List<String> names) {}
    }

    @Test
    void tellsWhatIsWrongWithAParameter() {
        var outcome = run(Wrong.class);
        var wrong = "Scenario of WrongInjectionTests.Wrong.%1$s() has 1 problem:\n  (1) @FromNode%2$s on the parameter"
                + " of type NodeClient in WrongInjectionTests.Wrong.%1$s() is %3$s";
        assertThat(outcome.failureOf("unknownNode"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        wrong,
                        "unknownNode",
                        "",
                        "\"validator-9\", expected a node of the cluster, which has validator-0, validator-1."
                                + " Name one of them.");
        assertThat(outcome.failureOf("tooFew"))
                .hasMessage(
                        wrong,
                        "tooFew",
                        ".role",
                        "EXECUTOR, expected a role that is in the cluster, which has validator-0, validator-1."
                                + " Raise @Topology.executors, or choose another role.");
        assertThat(outcome.failureOf("tooHigh"))
                .hasMessage(
                        wrong,
                        "tooHigh",
                        ".index",
                        "2, expected 0 to 1, for one of validator-0, validator-1. Lower it.");
        assertThat(outcome.failureOf("nameAndRole"))
                .hasMessageContaining("is \"validator-0\" beside role or index, expected a name alone.");
        assertThat(outcome.failureOf("twoRoles"))
                .hasMessageContaining("is [VALIDATOR, EXECUTOR], expected at most one value.");
        assertThat(outcome.failureOf("negative"))
                .hasMessageContaining("@FromNode.index on")
                .hasMessageContaining("is -1, expected 0 or more.");
        assertThat(outcome.failureOf("notANode"))
                .hasMessageContaining("@FromNode on the parameter of type Cluster in"
                        + " WrongInjectionTests.Wrong.notANode() is on type Cluster, expected type NodeClient,"
                        + " NodeHandle or URI, since it chooses a node. Change the type, or remove @FromNode.");
        assertThat(ScriptedBackends.deploys())
                .as("for the type of another extension")
                .hasSize(1);
        assertThat(outcome.failureOf("unknownType"))
                .hasMessageContaining("No ParameterResolver registered for parameter");
    }

    @Quick
    static class FinalField {
        @InjectCluster
        final Cluster cluster = null;

        @Test
        void a() {}
    }

    @Quick
    static class StaticField {
        @InjectCluster
        static Cluster cluster;

        @Test
        void a() {}
    }

    @Quick
    static class WrongField {
        @InjectCluster
        String cluster;

        @Test
        void a() {}
    }

    @Test
    void tellsWhatIsWrongWithAField() {
        assertThat(run(FinalField.class).failureOf("a()"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageEndingWith("(1) field WrongInjectionTests.FinalField.cluster is final, expected a field"
                        + " that can be set. Remove the final, or take a constructor parameter.");
        assertThat(run(StaticField.class).failureOf("a()"))
                .hasMessageEndingWith("(1) field WrongInjectionTests.StaticField.cluster is static, expected a"
                        + " field of the instance, since every test method has a run of its own. Remove the static, or"
                        + " let one run span the class with @ScenarioOptions(run = RunScope.CLASS).");
        assertThat(run(WrongField.class).failureOf("a()"))
                .hasMessageEndingWith("(1) field WrongInjectionTests.WrongField.cluster is of type"
                        + " java.lang.String, expected one of RunContext, Cluster, NodeControl, BlockFeed, Journal,"
                        + " ScenarioClock, Genesis, Scenario, TopologySpec, NodeClient, NodeHandle, List<Wallet>,"
                        + " List<NodeHandle>, List<NodeClient>. Change the type.");
        assertThat(ScriptedBackends.LOG).isEmpty();
    }

    @Quick
    static class WrongAround {
        WrongAround(@FromNode("validator-7") NodeClient node) {}

        @BeforeEach
        void setUp(@FromNode("validator-8") NodeClient node) {}

        @Test
        void a() {}
    }

    @Test
    void tellsWhatIsWrongAroundATestAllAtOnce() {
        assertThat(run(WrongAround.class).failureOf("a()"))
                .hasMessageContaining("Scenario of WrongInjectionTests.WrongAround.a() has 2 problems:")
                .hasMessageContaining("in the constructor of WrongInjectionTests.WrongAround is \"validator-7\"")
                .hasMessageContaining("in WrongInjectionTests.WrongAround.setUp() is \"validator-8\"");
        assertThat(ScriptedBackends.LOG).isEmpty();
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Shared {
        @Test
        void a(@FromNode("walidator-1") NodeClient misspelled) {}

        @Test
        void b(@FromNode("validator-2") NodeClient perhapsAdded) {}
    }

    @Test
    void asksAgainWhereNodesMayHaveBeenAdded() {
        var outcome = run(Shared.class);
        assertThat(outcome.failureOf("a("))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("Test WrongInjectionTests.Shared.a() has 1 problem:")
                .hasMessageContaining("\"walidator-1\", expected a node of the cluster");
        assertThat(outcome.failureOf("b("))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("\"validator-2\", expected a node of the cluster, which has validator-0,"
                        + " validator-1. Name one of them.");
    }

    @Quick
    @ScenarioOptions(run = RunScope.CLASS)
    static class AroundNested {
        @Nested
        class Inner {
            @InjectCluster
            final Cluster cluster = null;

            @Test
            void a() {}
        }
    }

    @Test
    void looksIntoNestedClassesThatShareARun() {
        assertThat(run(AroundNested.Inner.class).failureOf("a()"))
                .hasMessageEndingWith("(1) field WrongInjectionTests.AroundNested.Inner.cluster is final, expected a"
                        + " field that can be set. Remove the final, or take a constructor parameter.");
        assertThat(ScriptedBackends.LOG).isEmpty();
    }
}
