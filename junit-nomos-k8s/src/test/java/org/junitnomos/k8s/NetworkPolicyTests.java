package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.client.TestingClient.Connection;
import org.junitnomos.client.TestingClient.PeerLink;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.testkit.Unmet;

/** Links cut by network policies, on a real cluster. */
@NeedsCluster
@TestLimit(240)
class NetworkPolicyTests {
    private static final String REFUSED = "network policies refuse all %d connections over them";
    private static final String ISOLATED =
            "2 links down at both ends: [validator-0 <-> validator-2, validator-1 <-> validator-2]";
    private static final String BACK =
            "2 links connected at both ends: [validator-0 <-> validator-2, validator-1 <-> validator-2]";

    private final TestCluster cluster = TestCluster.get();
    private final Enforcement enforcement = new Enforcement();

    @TempDir
    Path directory;

    private ClusterRun run;

    @BeforeEach
    void begin() {
        run = new ClusterRun(directory);
    }

    @AfterEach
    void end() {
        run.close();
    }

    private Deployment deploy(KubernetesSettings settings, int validators) throws InterruptedException {
        return run.deploy(
                new KubernetesDeployer(() -> settings, Session.ofThisJvm(), enforcement),
                validators,
                TestCluster.READINESS);
    }

    /** Find the namespace of a deployment whose nodes are reached at their services. */
    private String namespace(Deployment deployed) {
        URI api = deployed.nodes().get(0).client().endpoint().api();
        return cluster.admin().services().inAnyNamespace().list().getItems().stream()
                .filter(service -> api.getHost().equals(service.getSpec().getClusterIP()))
                .findFirst()
                .orElseThrow()
                .getMetadata()
                .getNamespace();
    }

    private List<String> policies(String namespace) {
        return cluster.admin().network().v1().networkPolicies().inNamespace(namespace).list().getItems().stream()
                .map(NetworkPolicy::getMetadata)
                .map(each -> each.getName())
                .toList();
    }

    private static List<String> open(Deployment deployed, String node) {
        return deployed.node(node).client().devControl().connections().stream()
                .filter(Connection::open)
                .map(Connection::peer)
                .toList();
    }

    /** A new connection may take the place of one from the other side, so it is not open at once. */
    private void awaitOpen(Deployment deployed, String node, String... peers) throws Exception {
        run.await("connections are open", () -> open(deployed, node).equals(List.of(peers)));
    }

    @Nested
    class WhereTheyAreEnforced {
        private PolicyPlugin enforce(String namespace) {
            return new PolicyPlugin(cluster.admin(), namespace);
        }

        @BeforeEach
        void require() {
            String obstacle = PodFirewall.obstacle(cluster.admin());
            if (obstacle != null) {
                throw Unmet.unmet(obstacle);
            }
        }

        @Test
        void theyRefuseWhatTheNodesCutAndAreDeletedWhenItIsHealed() throws Exception {
            try (var deployed = deploy(cluster.withEveryRole("access", "cluster-ip", "chaos-mesh", "never"), 3)) {
                String namespace = namespace(deployed);
                try (var plugin = enforce(namespace)) {
                    var proof = deployed.control().isolate("validator-2");

                    assertThat(proof.observed()).isEqualTo(ISOLATED + "; " + REFUSED.formatted(4));
                    assertThat(policies(namespace)).containsExactly("cut-1-1", "cut-1-2");
                    assertThat(plugin.rules()).isNotEmpty();
                    assertThat(open(deployed, "validator-2")).isEmpty();
                    assertThat(open(deployed, "validator-0")).containsExactly("validator-1");

                    assertThat(deployed.control().heal(proof).observed())
                            .isEqualTo(BACK + "; network policies are deleted");
                    assertThat(policies(namespace)).isEmpty();
                    run.await("nothing is enforced", () -> plugin.rules().isEmpty());
                    awaitOpen(deployed, "validator-2", "validator-0", "validator-1");
                }
            }
        }

        @Test
        void theyFollowFaultsThatOverlap() throws Exception {
            try (var deployed = deploy(cluster.withEveryRole("access", "cluster-ip", "chaos-mesh", "never"), 3)) {
                String namespace = namespace(deployed);
                try (var plugin = enforce(namespace)) {
                    var control = deployed.control();
                    var cut = control.cut("validator-0", "validator-1");
                    assertThat(cut.observed()).endsWith("; " + REFUSED.formatted(2));

                    var split = control.partition(List.of(List.of("validator-0"), List.of("validator-2")));
                    assertThat(split.observed()).endsWith("; " + REFUSED.formatted(6));
                    assertThat(policies(namespace)).containsExactly("cut-2-1", "cut-2-2", "cut-2-3");

                    control.restart("validator-2"); // it may connect before the plugin knows its new address
                    assertThat(deployed.node("validator-2")
                                    .client()
                                    .devControl()
                                    .links())
                            .hasSize(2)
                            .noneMatch(PeerLink::up);

                    assertThat(control.heal(cut).observed())
                            .isEqualTo("1 link kept down by another fault at both ends: [validator-0 <-> validator-1]");
                    assertThat(control.heal().observed()).endsWith("; network policies are deleted");
                    assertThat(policies(namespace)).isEmpty();
                    assertThat(plugin.rules()).isNotNull();
                }
            }
        }

        @Test
        void nobodyUsesThemWhoMayNotOrDoesNotWant() throws Exception {
            var unwilling = new ArrayList<KubernetesSettings>();
            unwilling.add(cluster.settings("access", "cluster-ip"));
            unwilling.add(
                    cluster.withEveryRole("access", "cluster-ip", "chaos-mesh", "never", "network-policies", "never"));
            for (var settings : unwilling) {
                try (var deployed = deploy(settings, 3)) {
                    String namespace = namespace(deployed);
                    try (var plugin = enforce(namespace)) {
                        assertThat(deployed.control().isolate("validator-2").observed())
                                .isEqualTo(ISOLATED);
                        assertThat(policies(namespace)).isEmpty();
                        assertThat(plugin.rules()).isEmpty();
                    }
                }
            }
        }
    }

    @Nested
    class WhereTheyAreNot {
        @BeforeEach
        void require() {
            String obstacle = PodFirewall.obstacle(cluster.admin());
            if (obstacle != null) {
                throw Unmet.unmet(obstacle); // another cluster may enforce them
            }
        }

        @Test
        void theNodesCutTheirLinksAloneAndThatIsRemembered() throws Exception {
            try (var deployed = deploy(cluster.withEveryRole("access", "cluster-ip", "chaos-mesh", "never"), 3)) {
                var proof = deployed.control().isolate("validator-2");

                assertThat(proof.observed())
                        .isEqualTo(ISOLATED
                                + "; network policies are not used, because the cluster does not enforce them");
                assertThat(policies(namespace(deployed))).isEmpty();
                awaitOpen(deployed, "validator-2", "validator-0", "validator-1");
                assertThat(deployed.control().heal(proof).observed()).isEqualTo(BACK);
                assertThat(deployed.control().isolate("validator-2").observed()).isEqualTo(ISOLATED);
                assertThat(policies(namespace(deployed))).isEmpty();
            }
        }
    }
}
