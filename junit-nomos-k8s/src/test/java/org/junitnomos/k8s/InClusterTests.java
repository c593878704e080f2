package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.TestLimit;

/** Tests in a pod of the cluster in which they deploy, with the service account of that pod. */
@NeedsCluster
@TestLimit(300)
class InClusterTests {
    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    private TestsPod.Outcome run(String name, String user) throws Exception {
        return new TestsPod(cluster, directory)
                .run(name, user, Map.of("NOMOS_KUBERNETES_ACCESS", "cluster-ip"), InClusterMain.command("/tmp/run"));
    }

    @Test
    void deployAndReachNodesAndLeaveNothing() throws Exception {
        var outcome = run("tests-in-a-pod", "own-namespaces");

        assertThat(outcome.said())
                .contains("blocks on validator-0 at http://", "blocks on validator-1 at http://")
                .contains("restarted", "closed");
        assertThat(outcome.exitCode()).isZero();
        var session = Pattern.compile("session \\S+\\.(\\w+)").matcher(outcome.said());
        assertThat(session.find()).isTrue();
        assertThat(cluster.admin().namespaces().list().getItems())
                .extracting(each -> each.getMetadata().getName())
                .noneMatch(name -> name.startsWith("nomos-" + session.group(1)));
    }

    @Test
    void saysWhatTheServiceAccountMayNotDo() throws Exception {
        var outcome = run("tests-of-nobody", "nobody");

        assertThat(outcome.said())
                .contains("missing ", " may not ", "Bind a ClusterRole that allows it")
                .contains("create, get, list, watch, delete namespaces");
        assertThat(outcome.exitCode()).isEqualTo(3);
    }
}
