package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junitnomos.deploy.Deployment;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.session.ClusterCleaner.Thing;
import org.junitnomos.deploy.session.Session;
import org.junitnomos.testkit.ClusterRun;
import org.junitnomos.testkit.TestLimit;
import org.junitnomos.time.SeededRandoms;

/** What only this backend does, on a real cluster. */
@NeedsCluster
@TestLimit(180)
class RealClusterTests {
    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    private ClusterRun run;
    /** Of each test, which others run beside: it knows its namespaces and pods by it. */
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

    private Deployment deploy(KubernetesSettings settings, int validators) throws InterruptedException {
        return TestCluster.deploy(run, settings, validators, session);
    }

    private List<String> namespaces() {
        return cluster.admin().namespaces().withLabel(Labels.MANAGED_BY, Labels.MANAGER).list().getItems().stream()
                .filter(each -> each.getMetadata().getName().startsWith(TestCluster.label(session)))
                .map(each -> each.getMetadata().getName())
                .toList();
    }

    @Nested
    class Deploying {
        @Test
        void writesLogsAndEvents() throws Exception {
            try (var deployed = deploy(cluster.settings(), 2)) {
                assertThat(deployed.systemUnderTest()).isEqualTo("dev node (simulated, rules 2025-12)");
            }

            assertThat(Files.readString(run.log("validator-0")))
                    .startsWith("Node validator-0 (pid ")
                    .contains("Started with 1 peers", "Stopped, the tip is");
            assertThat(Files.readString(run.log("kubernetes-events")))
                    .contains(" Normal Scheduled Pod/validator-0-1: ", " Normal Started Pod/validator-1-1: ");
            assertThat(run.states)
                    .contains(
                            "validator-0 READY: connected with 1 of 1 peers", "validator-0 STOPPED: deployment closed");
        }

        @Test
        @ResourceLock(TestCluster.GIVEN)
        void needsNoMoreThanARoleInAGivenNamespaceAndLeavesTheRestOfIt() throws Exception {
            var foreign = cluster.admin()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("foreign")
                            .withNamespace(TestCluster.GIVEN)
                            .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                            .endMetadata()
                            .build());
            foreign.createOr(each -> each.update());

            try (var deployed = deploy(cluster.inGivenNamespace(), 2)) {
                deployed.control().restart("validator-1");
                assertThat(deployed.nodes()).allMatch(node -> node.isRunning());
            }

            assertThat(foreign.get()).isNotNull();
            foreign.delete();
            for (var kind : List.of(
                    cluster.admin().pods(),
                    cluster.admin().services(),
                    cluster.admin().secrets(),
                    cluster.admin().persistentVolumeClaims(),
                    cluster.admin().configMaps())) {
                assertThat(kind.inNamespace(TestCluster.GIVEN)
                                .withLabel(Labels.MANAGED_BY, Labels.MANAGER)
                                .list()
                                .getItems())
                        .isEmpty();
            }
        }

        @Test
        void reachesNodesAtPortsOfMachines() throws Exception {
            try (var deployed = deploy(cluster.settings("access", "node-port"), 2)) {
                assertThat(deployed.node("validator-1")
                                .client()
                                .endpoint()
                                .api()
                                .getPort())
                        .isBetween(30_000, 32_767);
                assertThat(deployed.control().restart("validator-1").observed())
                        .startsWith("validator-1 refuses connections");
            }
        }

        @Test
        void reachesNodesAtTheirServices() throws Exception {
            try (var deployed = deploy(cluster.settings("access", "cluster-ip"), 2)) {
                assertThat(deployed.node("validator-1")
                                .client()
                                .endpoint()
                                .api()
                                .getPort())
                        .isEqualTo(8080);
            }
        }

        @Test
        void leavesNodesAloneThatAreToStay() throws Exception {
            deploy(cluster.settings("preserve", "on"), 1).close();

            var left = namespaces();
            assertThat(left).hasSize(1);
            assertThat(cluster.admin().pods().inNamespace(left.get(0)).list().getItems())
                    .hasSize(1)
                    .allMatch(pod -> PodState.of(pod).phase() == PodState.Phase.READY);
            cluster.admin().namespaces().withName(left.get(0)).delete();
        }

        @Test
        @ResourceLock(TestCluster.GIVEN)
        void writesManifestsThatTheClusterTakesAndDeploysNothing() throws Exception {
            assertThatThrownBy(() -> deploy(cluster.inGivenNamespace("dry-run", "on"), 2))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageStartingWith("Nothing was deployed, because 'nomos.kubernetes.dry-run' is on.");

            assertThat(namespaces()).isEmpty();
            var text = Files.readString(run.nodes().resolve("manifests.yaml"));
            var manifests = text.split("(?m)^---\n");
            assertThat(manifests).hasSize(1 + 1 + 2 * 4);
            for (int i = 1; i < manifests.length; i++) {
                HasMetadata manifest = new KubernetesSerialization().unmarshal(manifests[i]);
                assertThat(cluster.admin().resource(manifest).dryRun().create()).isNotNull();
            }
        }

        @Test
        void tellsOfAPodThatSomebodyDeleted() throws Exception {
            try (var deployed = deploy(cluster.settings(), 2)) {
                cluster.pod("validator-1", session).withGracePeriod(0).delete();

                run.await(
                        "the end is told",
                        () -> run.states.stream().anyMatch(state -> state.startsWith("validator-1 DEAD unintended: ")));
                assertThat(run.states).anyMatch(state -> state.contains("its pod was deleted"));
                deployed.control().start("validator-1");
            }
        }
    }

    @Nested
    class LosingIt {
        @Test
        void endsAllNodesWithTheReason() throws Exception {
            var url = URI.create(cluster.admin().getConfiguration().getMasterUrl());
            try (var proxy = new TcpProxy(url.getHost(), url.getPort())) {
                var settings = TestCluster.settings(cluster.through(directory, proxy));
                var deployed = TestCluster.deploy(run, settings, 1, session);
                assertThat(deployed.lost()).isEmpty();

                proxy.close();

                run.await(
                        "the loss is told",
                        () -> run.states.stream()
                                .anyMatch(state -> state.startsWith("validator-0 DEAD unintended: Kubernetes at ")));
                assertThat(deployed.lost().orElseThrow())
                        .contains("has not answered for 15 s: the cluster does not answer: ");
                assertThatThrownBy(deployed::close)
                        .isInstanceOf(DeploymentException.class)
                        .hasMessageContainingAll("left 1 thing behind: namespace 'nomos-", "' cannot be removed");
            } finally {
                namespaces()
                        .forEach(name ->
                                cluster.admin().namespaces().withName(name).delete());
            }
        }
    }

    @Nested
    class CleaningUp {
        private final String marker =
                "nomos-" + Long.toHexString(SeededRandoms.streamSeed(System.nanoTime(), "marker")) + "-1";

        private OwnNamespace namespace() {
            return namespace(marker, Instant.now().plus(Duration.ofHours(1)));
        }

        private OwnNamespace namespace(String name, Instant expires) {
            return new OwnNamespace(cluster.admin(), ObjectPlacement.of("", name, expires), () -> {});
        }

        private Thing thing() {
            var settings = cluster.settings();
            var config = ClusterConfig.read(settings.kubeconfig(), settings.context());
            return new Thing(ClusterAddress.of(settings, config).entryName(), marker);
        }

        @Test
        void removesWhatALedgerTellsOf() throws Exception {
            var cleaner = new KubernetesCleaner();
            assertThat(cleaner.present(List.of(thing()))).isEmpty();
            var namespace = namespace();
            namespace.create();
            assertThat(cleaner.present(List.of(thing()))).containsExactly(thing());

            cleaner.remove(List.of(thing()));

            run.await("it is gone", () -> !namespace.isThere());
            assertThat(cleaner.present(List.of(thing()))).isEmpty();
        }

        @Test
        void neverTouchesANamespaceWithoutTheMarker() throws Exception {
            var foreign = cluster.admin()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(marker)
                            .endMetadata()
                            .build());
            foreign.create();
            var cleaner = new KubernetesCleaner();

            assertThat(cleaner.present(List.of(thing()))).isEmpty();
            cleaner.remove(List.of(thing()));
            namespace().delete();

            assertThat(foreign.get().getMetadata().getDeletionTimestamp()).isNull();
            foreign.delete();
        }

        @Test
        void removesWhatHasExpiredAndNothingElse() throws Exception {
            var expired = namespace(marker, Instant.now().minus(Duration.ofHours(1)));
            expired.create();
            var kept = namespace(marker + "1", Instant.now());
            kept.create();

            // other test JVMs on the cluster do the same, and may have been faster
            assertThat(ExpiredDeployments.remove(cluster.admin(), null, Instant.now()))
                    .isSubsetOf(marker);

            run.await("it is gone", () -> !expired.isThere());
            assertThat(kept.isThere()).isTrue();
            kept.delete();
        }

        @Test
        void namesTheFinalizerThatHoldsItUp() {
            var namespace = namespace();
            namespace.create();
            var stuck = cluster.admin()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("stuck")
                            .withNamespace(marker)
                            .withFinalizers("example.org/never")
                            .endMetadata()
                            .withData(Map.of())
                            .build());
            stuck.create();

            assertThat(DeploymentRemoval.remove(namespace, Duration.ofSeconds(8)))
                    .singleElement()
                    .asString()
                    .startsWith("namespace '" + marker + "' is still there 8 s after it was deleted, because of ")
                    .contains("example.org/never in 1 resource instances");

            stuck.edit(each -> new ConfigMapBuilder(each)
                    .editMetadata()
                    .withFinalizers(List.of())
                    .endMetadata()
                    .build());
            assertThat(DeploymentRemoval.remove(namespace, Duration.ofSeconds(60)))
                    .isEmpty();
        }
    }
}
