package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;

/** Nodes that know their peers by name, on a cluster with a DNS and without one. */
@NeedsCluster
@TestLimit(300)
class PeerNamesTests {
    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    private ClusterRun run;
    private Session session;

    @BeforeEach
    void begin() {
        run = new ClusterRun(directory);
        session = Session.at(directory.resolve("sessions"));
    }

    @AfterEach
    void end() {
        run.close();
        session.close();
    }

    private String prefix() {
        return TestCluster.label(session);
    }

    private String configurationOf(String node) {
        var secrets = cluster.admin().secrets().inAnyNamespace().withLabel(Labels.NODE, node).list().getItems().stream()
                .filter(each -> each.getMetadata().getNamespace().startsWith(prefix()))
                .toList();
        assertThat(secrets).hasSize(1);
        return text(secrets.get(0));
    }

    private static String text(Secret secret) {
        return new String(
                Base64.getDecoder().decode(secret.getData().get(NodePod.CONFIG_FILE)), StandardCharsets.UTF_8);
    }

    private void areNamed(String peers) throws Exception {
        try (var dns = ServiceDns.open(cluster.admin(), prefix());
                var deployed = TestCluster.deploy(run, cluster.settings("peers", peers), 2, session)) {
            assertThat(configurationOf("validator-0"))
                    .contains("validator-1=validator-1." + prefix())
                    .contains(".svc:3000");
            deployed.control().restart("validator-1");
            assertThat(run.states).contains("validator-0 READY: connected with 1 of 1 peers");
            assertThat(dns).isNotNull();
        }
    }

    @Test
    void areUsedIfTheClusterHasADns() throws Exception {
        areNamed("dns");
    }

    @Test
    void areFoundOutToBeUsable() throws Exception {
        areNamed("auto");
    }

    @Test
    void giveWayToAddressesIfTheClusterHasNoDns() throws Exception {
        try (var deployed = TestCluster.deploy(run, cluster.settings("peers", "auto"), 2, session)) {
            assertThat(configurationOf("validator-0"))
                    .doesNotContain(".svc:")
                    .containsPattern("validator-1=[0-9.]+:3000");
            assertThat(deployed.nodes()).allMatch(node -> node.isRunning());
        }
    }

    @Test
    @ResourceLock(TestCluster.GIVEN)
    void areRefusedIfTheClusterHasNoDns() {
        assertThatThrownBy(() -> TestCluster.deploy(run, cluster.inGivenNamespace("peers", "dns"), 2, session))
                .isInstanceOf(DeploymentException.class)
                .hasMessageMatching(
                        "Setting 'nomos\\.kubernetes\\.peers' is \"dns\", but pods of https://\\S+ cannot look"
                                + " up the names of services: No address: nomos-\\S+\\.svc.*\\. Give the cluster a DNS, or"
                                + " choose 'cluster-ip' or 'auto'\\.")
                .hasNoSuppressedExceptions();
        assertThat(cluster.admin().pods().inNamespace(TestCluster.GIVEN).list().getItems())
                .noneMatch(pod -> pod.getMetadata().getName().startsWith(prefix()));
    }
}
