package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junitnomos.testkit.ChildJvm;
import org.junitnomos.time.Allowance;

/**
 * A JVM with the class path of this one in a pod, as an ordinary service account: no root, no home directory, nothing to
 * write to but {@code /tmp}. The only machine of the cluster is this one, so JDK and class path are its own.
 */
final class TestsPod {
    private static final String LIBRARY = "/library";
    private static final long USER = 10_007;
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    /** After so long nobody waits for it any more, however busy the machine is. */
    private static final long DEADLINE_SECONDS = Duration.ofHours(1).toSeconds();

    private final TestCluster cluster;
    private final Path library;
    private final List<Volume> volumes = new ArrayList<>();
    private final List<VolumeMount> mounts = new ArrayList<>();

    /**
     * Prepare it.
     *
     * @param library gets a copy of the class path, for a pod that may not look into the home of this user
     */
    TestsPod(TestCluster cluster, Path library) throws IOException {
        this.cluster = cluster;
        this.library = Files.createDirectories(library.toAbsolutePath().resolve("library")); // readable by all
        for (var place : places()) {
            mount(place, place.toString());
        }
        mount(this.library, LIBRARY);
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
    }

    /** What ended, and what it said. */
    record Outcome(int exitCode, String said) {}

    /** Run a main class to its end. */
    Outcome run(String name, String user, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var pods = cluster.admin().pods().inNamespace(TestCluster.HOME);
        var created = cluster.admin()
                .resource(pod(name + "-", user, environment, command))
                .create();
        var pod = pods.withName(created.getMetadata().getName());
        try {
            var state = PodState.of(awaitEnd(pod));
            var code = state.exitCode();
            return new Outcome(code == null ? -1 : code, state.detail() + "\n" + pod.getLog());
        } finally {
            pod.withGracePeriod(0).delete();
        }
    }

    private static Pod awaitEnd(PodResource pod) throws InterruptedException {
        var allowance = Allowance.ofRealTime(PATIENCE);
        long start = System.nanoTime();
        while (true) {
            try {
                return pod.waitUntilCondition(TestsPod::hasEnded, 10, TimeUnit.SECONDS);
            } catch (KubernetesClientTimeoutException e) {
                if (allowance.isOver(System.nanoTime() - start)) {
                    throw new AssertionError("the pod did not end in " + allowance, e);
                }
            }
        }
    }

    private static boolean hasEnded(Pod pod) {
        return pod != null && PodState.of(pod).phase() == PodState.Phase.ENDED;
    }

    private Pod pod(String name, String user, Map<String, String> environment, List<String> command)
            throws IOException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                copiedClassPath()));
        line.addAll(command);
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName(name) // tests of somebody else may run beside these
                .withNamespace(TestCluster.HOME)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(user)
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withTerminationGracePeriodSeconds(1L)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .endSecurityContext()
                .addNewContainer()
                .withName(NodePod.CONTAINER)
                .withImage(TestCluster.nodeImage())
                .withImagePullPolicy("Never")
                .withCommand(line)
                .withWorkingDir("/tmp")
                .withEnv(environment.entrySet().stream()
                        .map(each -> new EnvVarBuilder()
                                .withName(each.getKey())
                                .withValue(each.getValue())
                                .build())
                        .toList())
                .withNewSecurityContext()
                .withReadOnlyRootFilesystem(true)
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext()
                .withVolumeMounts(mounts)
                .endContainer()
                .withVolumes(volumes)
                .endSpec()
                .build();
    }

    private void mount(Path place, String inside) {
        String name = "place-" + mounts.size();
        volumes.add(new VolumeBuilder()
                .withName(name)
                .withNewHostPath()
                .withPath(place.toString())
                .endHostPath()
                .build());
        mounts.add(new VolumeMountBuilder()
                .withName(name)
                .withMountPath(inside)
                .withReadOnly(true)
                .build());
    }

    /** Where the JDK is, what it is linked to, and where its configuration really is. */
    private static List<Path> places() throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        var places = new TreeSet<Path>();
        for (String libraries : List.of("/usr/lib", "/lib", "/lib64")) {
            if (Files.isDirectory(Path.of(libraries))) {
                places.add(Path.of(libraries));
            }
        }
        places.add(home);
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                if (Files.exists(file) && file.toRealPath().startsWith("/etc")) {
                    places.add(Path.of("/").resolve(file.toRealPath().subpath(0, 2)));
                }
            }
        }
        return List.copyOf(places);
    }

    private String copiedClassPath() throws IOException {
        var copies = new ArrayList<String>();
        for (String each : ChildJvm.classPath().split(File.pathSeparator)) {
            Path entry = Path.of(each);
            if (Files.exists(entry)) {
                String name = copies.size() + "-" + entry.getFileName();
                copy(entry, library.resolve(name));
                copies.add(LIBRARY + "/" + name);
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
