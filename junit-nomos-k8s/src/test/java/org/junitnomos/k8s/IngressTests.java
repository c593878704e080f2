package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.topology.NodeRole;

/** Nodes that are reached by ingresses, which a controller of these tests serves. */
@NeedsCluster
@TestLimit(180)
class IngressTests {
    private static final String CLASS = "nomos-tests";
    private static final String DOMAIN = "nomos.example.org";

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

    private KubernetesSettings settings(String address) {
        return cluster.withIngresses(
                "access", "ingress", "ingress-host", DOMAIN, "ingress-class", CLASS, "ingress-address", address);
    }

    private List<String> ingresses(String prefix) {
        return cluster.admin().network().v1().ingresses().inAnyNamespace().list().getItems().stream()
                .filter(each -> each.getMetadata().getNamespace().startsWith(prefix))
                .map(each -> each.getMetadata().getName())
                .sorted()
                .toList();
    }

    @Test
    void carryApiStreamsAndTestingPort() throws Exception {
        try (var controller = IngressController.start(cluster.admin(), CLASS);
                var deployed = TestCluster.deploy(run, settings(controller.address()), 2, session)) {
            String prefix = "nomos-" + session.id().substring(session.id().lastIndexOf('.') + 1);
            var node = deployed.node("validator-1").client();
            assertThat(node.endpoint().api().getHost())
                    .startsWith("validator-1." + prefix)
                    .endsWith("." + DOMAIN);
            try (var blocks = node.blockStream()) {
                for (int i = 0; i < 3; i++) {
                    // A proxy that gathers an answer before it passes it on would never say anything.
                    assertThat(blocks.next(Duration.ofSeconds(30))).isPresent();
                }
                assertThat(blocks.hasEnded()).isFalse();
            }
            deployed.control().heal(deployed.control().cut("validator-0", "validator-1"));
            assertThat(deployed.control().restart("validator-1").observed())
                    .startsWith("validator-1 refuses connections");
            deployed.control().pause("validator-0");
            deployed.control().resume("validator-0");

            deployed.control().add(NodeRole.VALIDATOR);
            var newcomer = deployed.nodes().get(2);
            assertThat(newcomer.client().cryptarchiaInfo().height()).isNotNegative();
            assertThat(ingresses(prefix)).containsExactly("validator-0", "validator-1", newcomer.name());
            deployed.control().remove(newcomer.name());
            assertThat(ingresses(prefix)).containsExactly("validator-0", "validator-1");
            assertThat(controller.hosts).anyMatch(host -> host.startsWith("validator-0-testing." + prefix));
        }
    }

    @Test
    void areNamedIfNobodyServesThem() throws Exception {
        try (var ofOthers = IngressController.start(cluster.admin(), "another-class")) {
            assertThatThrownBy(() -> TestCluster.deploy(run, settings(ofOthers.address()), 1, session))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageMatching(
                            "(?s)Node 'validator-0' ended before it was ready: its pod is ready, but for 20 s"
                                    + " nobody passes on GET http://validator-0\\.nomos-\\S+\\.nomos\\.example\\.org:\\d+"
                                    + "/cryptarchia/info to it: HTTP/1\\.1 404 Not Found at 127\\.0\\.0\\.1:\\d+\\. Fix: See to it"
                                    + " that a controller of ingresses runs and serves their class .*");
        }
    }

    @Test
    void needAPermissionMore() {
        var settings = cluster.settings("access", "ingress", "ingress-host", DOMAIN);
        var mayNot = new KubernetesDeployer(() -> settings, session).requirement();
        var may = new KubernetesDeployer(() -> settings("127.0.0.1:9"), session).requirement();

        assertThat(mayNot.isMet()).isFalse();
        assertThat(mayNot.toString())
                .contains("may not create, delete ingresses. Bind a ClusterRole")
                .contains("'junit-nomos-ingress'");
        assertThat(may.isMet()).isTrue();
    }
}
