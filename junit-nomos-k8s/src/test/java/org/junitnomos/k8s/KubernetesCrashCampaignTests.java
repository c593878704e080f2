package org.junitnomos.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.testkit.ClusterRun;

/**
 * Kills test JVMs with SIGKILL at random points of a deployment, each fourth after its reaper, and looks whether the
 * reaper or else the next start leaves anything of them, while another deployment and a foreign namespace live beside
 * them.
 */
@NeedsCluster
@Tag("campaign")
class KubernetesCrashCampaignTests {
    private static final int ROUNDS = Integer.getInteger("campaign.crash.rounds", 20);
    private static final long SEED = Long.getLong("campaign.crash.seed", System.nanoTime() % 1_000_000);
    private static final int WITHOUT_REAPER = 4;

    /** How long pods may live after their test JVM. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String FOREIGN = "nomos-0000000000000000-1";

    /** How long each step takes, about: the kill comes at a random point of that. */
    private static final Map<String, Integer> MILLIS =
            new TreeMap<>(Map.of("deploying", 5_000, "deployed", 4_000, "closing", 4_000));

    private final TestCluster cluster = TestCluster.get();

    @TempDir
    Path directory;

    private final List<Long> sweeps = new ArrayList<>();
    private final List<Long> podsGone = new ArrayList<>();
    private final List<Long> namespacesGone = new ArrayList<>();

    private static String label(String session) {
        return "nomos-" + session.substring(session.lastIndexOf('.') + 1);
    }

    private int podsOf(String session) {
        return cluster.admin()
                .pods()
                .inAnyNamespace()
                .withLabel(Labels.SESSION, label(session))
                .list()
                .getItems()
                .size();
    }

    private List<String> namespacesOf(String session) {
        String prefix = label(session);
        return cluster.admin().namespaces().list().getItems().stream()
                .map(each -> each.getMetadata().getName())
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private ChildJvm child(String name, String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                CrashMain.class.getName(),
                directory.resolve("sessions").toString(),
                cluster.userConfig().toString(),
                directory.resolve(name).toString()));
        command.addAll(List.of(more));
        return ChildJvm.start(directory, List.of(), command);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void nothingIsLeftWhereverATestJvmIsKilled() throws Exception {
        System.out.println("crash campaign on Kubernetes: " + ROUNDS + " rounds, -Dcampaign.crash.seed=" + SEED);
        var foreign = cluster.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(FOREIGN)
                        .addToLabels("app.kubernetes.io/managed-by", "somebody")
                        .endMetadata()
                        .build());
        foreign.createOr(each -> each.update());
        try (var run = new ClusterRun(directory.resolve("bystander"));
                var bystander = TestCluster.deploy(run, cluster.settings(), 1)) {
            for (int round = 1; round <= ROUNDS; round++) {
                round(round);
                assertThat(bystander.nodes()).allMatch(node -> node.isRunning());
                assertThat(bystander.nodes().get(0).client().cryptarchiaInfo().height())
                        .isNotNegative();
                assertThat(foreign.get().getMetadata().getDeletionTimestamp()).isNull();
            }
            assertThat(run.states).noneMatch(state -> state.contains("unintended"));
        } finally {
            foreign.delete();
        }
        System.out.println(
                "crash campaign on Kubernetes: " + ROUNDS + " rounds, nothing left; after the kill, pods were"
                        + " gone in " + text(podsGone) + ", namespaces in " + text(namespacesGone)
                        + "; without a reaper the next start took " + text(sweeps));
    }

    private static String text(List<Long> millis) {
        if (millis.isEmpty()) {
            return "no round";
        }
        Collections.sort(millis);
        return millis.get(millis.size() / 2) + " ms in the median and " + millis.get(millis.size() - 1)
                + " ms at most of " + millis.size() + " rounds";
    }

    private void round(int number) throws Exception {
        var random = new Random(SEED * 1_000_003 + number);
        var steps = new ArrayList<>(MILLIS.keySet());
        String step = steps.get(number % steps.size());
        int delay = random.nextInt(MILLIS.get(step));
        String session;
        try (var victim = child("round-" + number)) {
            session = victim.await("session ");
            victim.await(step);
            victim.process().waitFor(delay, TimeUnit.MILLISECONDS);
            if (number % WITHOUT_REAPER == 0) {
                ReaperWatch.reapers(session).forEach(ProcessHandle::destroyForcibly);
            }
            victim.kill();
        }
        long start = System.nanoTime();
        String round = "round " + number + ": killed " + delay + " ms into " + step + ", left "
                + namespacesOf(session).size() + " namespace(s) with " + podsOf(session) + " pod(s), ";
        System.out.println(
                round + (number % WITHOUT_REAPER == 0 ? awaitNextStart(number, start) : awaitReaper(session, start)));
        assertThat(namespacesOf(session)).as(round).isEmpty();
    }

    private String awaitReaper(String session, long start) throws InterruptedException {
        boolean isAnythingThere = !namespacesOf(session).isEmpty();
        assertThat(ReaperWatch.within(LIMIT, () -> podsOf(session) == 0))
                .as("pods are gone within %s", LIMIT)
                .isTrue();
        long pods = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(ReaperWatch.within(LIMIT, () -> namespacesOf(session).isEmpty()))
                .as("namespaces are gone, too")
                .isTrue();
        long namespaces = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (isAnythingThere) {
            podsGone.add(pods);
            namespacesGone.add(namespaces);
        }
        assertThat(ReaperWatch.within(LIMIT, () -> ReaperWatch.reapers(session).isEmpty()))
                .as("the reaper ends")
                .isTrue();
        return "pods gone after " + pods + " ms, namespaces after " + namespaces + " ms";
    }

    private String awaitNextStart(int number, long start) throws Exception {
        try (var next = child("next-" + number, "sweep")) {
            next.await("swept");
            assertThat(next.awaitEnd()).isZero();
        }
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        sweeps.add(took);
        return "its reaper killed as well; clean after the next start of " + took + " ms";
    }
}
