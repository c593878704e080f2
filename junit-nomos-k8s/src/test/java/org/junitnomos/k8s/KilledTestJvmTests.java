package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.TestLimit;

/** What a test JVM has in a real cluster when it is killed is removed by its reaper, whatever its credentials are. */
@NeedsCluster
@TestLimit(300)
class KilledTestJvmTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    private String session;

    /** Deploy two nodes in a JVM of their own, and kill it. */
    private void killOneWith(Path kubeconfig, String... settings) throws Exception {
        var command = new ArrayList<>(List.of(
                CrashMain.class.getName(),
                directory.resolve("sessions").toString(),
                kubeconfig.toString(),
                directory.resolve("run").toString()));
        command.addAll(List.of(settings));
        try (var victim = ChildJvm.start(directory, List.of(), command)) {
            session = victim.await("session ");
            victim.await("deployed");
            assertThat(pods()).isGreaterThan(0);
            victim.kill();
        }
    }

    private String label() {
        return "nomos-" + session.substring(session.lastIndexOf('.') + 1);
    }

    private int pods() {
        return cluster.admin()
                .pods()
                .inAnyNamespace()
                .withLabel(Labels.SESSION, label())
                .list()
                .getItems()
                .size();
    }

    private boolean isNamespaceThere() {
        return cluster.admin().namespaces().list().getItems().stream()
                .anyMatch(each -> each.getMetadata().getName().startsWith(label()));
    }

    private void assertTheReaperRemovesAll() throws InterruptedException {
        assertThat(ReaperWatch.within(LIMIT, () -> pods() == 0))
                .as("pods are gone within %s", LIMIT)
                .isTrue();
        assertThat(ReaperWatch.within(
                        LIMIT,
                        () -> !isNamespaceThere()
                                && ReaperWatch.reapers(session).isEmpty()))
                .as("so are the namespace and the reaper")
                .isTrue();
        assertThat(directory.resolve("sessions/sessions")).isEmptyDirectory();
    }

    @Test
    void byAToken() throws Exception {
        killOneWith(cluster.userConfig());

        assertTheReaperRemovesAll();
    }

    @Test
    void byAClientCertificate() throws Exception {
        killOneWith(cluster.adminConfig());

        assertTheReaperRemovesAll();
    }

    @Test
    @ResourceLock(TestCluster.GIVEN)
    void inAGivenNamespaceWhichStays() throws Exception {
        var settings = cluster.inGivenNamespace();

        killOneWith(settings.kubeconfig(), "namespace", TestCluster.GIVEN);

        assertTheReaperRemovesAll();
        assertThat(cluster.admin()
                        .namespaces()
                        .withName(TestCluster.GIVEN)
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
        assertThat(cluster.admin()
                        .configMaps()
                        .inNamespace(TestCluster.GIVEN)
                        .withLabel(Labels.SESSION, label())
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void byTheServiceAccountOfItsPod() throws Exception {
        var outcome = new TestsPod(cluster, directory)
                .run(
                        "tests-that-are-killed",
                        "own-namespaces",
                        Map.of("NOMOS_KUBERNETES_ACCESS", "cluster-ip"),
                        List.of(KillInPodMain.class.getName(), "/tmp/run"));

        assertThat(outcome.said()).contains("killed", "nothing left");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void exceptWhatIsToStay() throws Exception {
        killOneWith(cluster.userConfig(), "preserve", "on");

        assertThat(ReaperWatch.within(LIMIT, () -> ReaperWatch.reapers(session).isEmpty()))
                .isTrue();
        assertThat(directory.resolve("sessions/sessions")).isEmptyDirectory();
        assertThat(pods()).isEqualTo(2);
        cluster.admin().namespaces().withLabel(Labels.SESSION, label()).delete();
    }
}
