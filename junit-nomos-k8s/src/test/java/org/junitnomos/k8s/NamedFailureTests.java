package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;

/** What goes wrong on a real cluster is named, long before the nodes' time to get ready is over. */
@NeedsCluster
@TestLimit(200)
class NamedFailureTests {
    private final TestCluster cluster = TestCluster.get();

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

    private AbstractThrowableAssert<?, ? extends Throwable> deploying(KubernetesSettings settings) {
        return assertThatThrownBy(() -> TestCluster.deploy(run, settings, 1).close())
                .isInstanceOf(DeploymentException.class);
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Deploying {
        @Test
        void anImageThatIsNotThere() {
            deploying(cluster.settings("image", "local/no-such-node:1", "pull-policy", "never"))
                    .hasMessageContainingAll(
                            "Node 'validator-0' ended before it was ready: its container does not start:"
                                    + " ErrImageNeverPull",
                            "local/no-such-node:1",
                            "Fix: Load the image into every machine of the cluster");
        }

        @Test
        void anImageThatCannotBePulled() {
            deploying(cluster.settings("image", "127.0.0.1:9/no-such-node:1"))
                    .hasMessageContainingAll(
                            "its container does not start: ErrImagePull",
                            "127.0.0.1:9/no-such-node:1",
                            "Fix: Correct 'nomos.kubernetes.image'");
        }

        @Test
        void aPodThatNoMachineTakes() {
            deploying(cluster.settings("memory", "10Ti"))
                    .hasMessageContainingAll(
                            "no machine takes its pod: Unschedulable (0/1 nodes are available: 1 Insufficient memory)"
                                    + " for 10 s",
                            "Fix: Give the cluster more machines");
        }

        @Test
        void aPodForMachinesThatAreNotThere() {
            deploying(cluster.settings("node-selector", "disk=golden"))
                    .hasMessageContaining(
                            "no machine takes its pod: Unschedulable (0/1 nodes are available: 1 node(s)");
        }

        @Test
        void aNodeThatNeedsMoreMemoryThanItGets() {
            deploying(cluster.settings("memory", "24Mi"))
                    .hasMessageContainingAll("exit code 137", "OOMKilled", "memory");
        }

        @Test
        void aStorageClassThatDoesNotExist() {
            deploying(cluster.settings("storage-class", "golden"))
                    .hasMessageContainingAll("no machine takes its pod", "PersistentVolumeClaims");
        }

        @Test
        @ResourceLock(TestCluster.GIVEN)
        void aQuotaThatIsUsedUp() {
            var admin = cluster.admin();
            var quota = admin.resource(new ResourceQuotaBuilder()
                    .withNewMetadata()
                    .withName("none")
                    .withNamespace(TestCluster.GIVEN)
                    .endMetadata()
                    .withNewSpec()
                    .withHard(Map.of("pods", new Quantity("0")))
                    .endSpec()
                    .build());
            quota.create();
            try {
                quota.waitUntilCondition(
                        each -> each.getStatus() != null && each.getStatus().getHard() != null,
                        20,
                        java.util.concurrent.TimeUnit.SECONDS);
                deploying(cluster.inGivenNamespace())
                        .hasMessageContainingAll(
                                "Node 'validator-0' cannot be started on Kubernetes: the API server answered 403:",
                                "exceeded quota: none",
                                "The quota of the namespace is used up: deploy fewer nodes");
            } finally {
                quota.delete();
            }
        }

        @Test
        void aNamespaceThatDoesNotExist() {
            deploying(TestCluster.settings(cluster.adminConfig(), "namespace", "no-such-namespace"))
                    .hasMessageContaining("namespaces \"no-such-namespace\" not found");
        }

        @Test
        void whatTheUserMayNotDo() {
            deploying(cluster.ofNobody())
                    .hasMessageContainingAll(
                            "cannot create resource \"persistentvolumeclaims\"",
                            "Bind a role that allows it: org/junitnomos/k8s/cluster-role.yaml in the jar of",
                            ", role.yaml beside it.");
        }
    }

    @Nested
    class Requiring {
        private String missing(KubernetesSettings settings) {
            var missing = new KubernetesDeployer(() -> settings, Session.ofThisJvm())
                    .requirement()
                    .missing();
            return missing == null ? "" : missing;
        }

        @Test
        void isMetByTheDocumentedRoles() {
            assertThat(missing(cluster.settings())).isEmpty();
            assertThat(missing(cluster.inGivenNamespace())).isEmpty();
        }

        @Test
        void namesEveryPermissionThatIsMissing() {
            assertThat(missing(cluster.ofNobody()))
                    .startsWith("The user of Kubernetes at https://")
                    .contains(" may not create, get, list, watch, delete namespaces; ", "create, get pods/exec; ")
                    .endsWith(
                            "Bind a ClusterRole that allows it (all of it: org/junitnomos/k8s/cluster-role.yaml in the"
                                    + " jar of junit-nomos-k8s), or name a namespace in K8S_RUNNER_NAMESPACE for which a Role"
                                    + " suffices.");
        }

        @Test
        void namesAClusterThatDoesNotAnswer() {
            assertThat(missing(TestCluster.settings(cluster.nowhere())))
                    .startsWith(
                            "Kubernetes at https://127.0.0.1:9/ cannot be used: the cluster does not answer: connection refused");
        }

        @Test
        void namesWrongCredentials() {
            assertThat(missing(TestCluster.settings(cluster.stranger())))
                    .contains(
                            "cannot be used: the API server answered 401",
                            "The credentials are wrong or have expired.");
        }

        @Test
        void namesAKubeconfigThatIsNotThere() {
            assertThat(missing(TestCluster.settings(Path.of("/no/such/file"))))
                    .isEqualTo("Setting 'nomos.kubernetes.kubeconfig' names /no/such/file, which is no file that can be"
                            + " read. Name the kubeconfig of a cluster in KUBECONFIG or in the setting"
                            + " 'nomos.kubernetes.kubeconfig'. Without a cluster, run on another backend"
                            + " (nomos.backend: embedded, process, container).");
        }

        @Test
        void refusesAContextThatIsNotThere() {
            assertThatThrownBy(() -> missing(cluster.settings("context", "moon")))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessage("Setting 'nomos.kubernetes.context' is \"moon\", expected one of tests.");
        }
    }
}
