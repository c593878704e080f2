package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junitnomos.deploy.DeploymentException;
import org.junitnomos.deploy.real.RealImage;
import org.junitnomos.k8s.PodState.Phase;
import org.junitnomos.time.Patience;

/**
 * An image of real nodes, seen through a pod that runs its shell alone and goes with the deployment. Needs
 * {@code /bin/sh} and {@code cat} of the image. Thread-safe.
 */
final class ImagePod implements RealImage {
    private static final String NAME = "nomos-look";

    /** An image may have to come from a registry. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration UNSCHEDULABLE_LIMIT = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int DIGITS = 12;

    /** A directory, something that exists, something that may be read, and executed; by the user of the nodes. */
    private static final String LOOK =
            "[ -d \"$0\" ] && echo d; [ -e \"$0\" ] && echo e; [ -r \"$0\" ] && echo r; [ -x \"$0\" ] && echo x; true";

    /** Each line has a letter and a name: a directory, a program, another file, a link that leads nowhere. */
    private static final String LIST = "for f in \"$0\"/* \"$0\"/.[!.]*; do"
            + " if [ -d \"$f\" ]; then k=d; elif [ -f \"$f\" ] && [ -x \"$f\" ]; then k=x;"
            + " elif [ -f \"$f\" ]; then k=f; elif [ -L \"$f\" ]; then k=l; else continue; fi;"
            + " echo \"$k ${f##*/}\"; done";

    /** No client can tell a program in a pod that its input is at its end. */
    private static final String END = "# end of the configuration for junit-nomos";

    private static final String RUN = "f=/tmp/check-$$.yaml;"
            + " while IFS= read -r line && [ \"$line\" != \"$0\" ]; do printf '%s\\n' \"$line\"; done > \"$f\""
            + " || exit 1;"
            + " while [ \"$1\" != -- ]; do export \"$1\"; shift; done; shift; exec \"$@\" \"$f\"";

    private final PodResource pod;
    private final String described;

    private ImagePod(PodResource pod, String described) {
        this.pod = pod;
        this.described = described;
    }

    /**
     * Starts the pod. Blocks until it runs.
     *
     * @throws DeploymentException if it cannot run; says why
     */
    static ImagePod start(
            KubernetesClient client,
            DeploymentNamespace home,
            ObjectPlacement place,
            String reference,
            KubernetesSettings settings)
            throws InterruptedException {
        Creation.inHome(client, home.belonging(pod(place, reference, settings)));
        var pod = client.pods().inNamespace(place.namespace()).withName(place.name(NAME));
        var coming = new Coming(pod);
        Patience.until(coming::isDecided, START_LIMIT, PERIOD);
        var state = coming.state;
        if (state.phase() != Phase.RUNNING && state.phase() != Phase.READY) {
            throw new DeploymentException(
                    "The nodes cannot be started: image '" + reference + "' cannot be looked into by a pod that runs"
                            + " its /bin/sh: " + state.detail() + ".",
                    null);
        }
        return new ImagePod(pod, "image '" + reference + "'" + coming.digest());
    }

    /** What the cluster tells of the pod until it runs, or never will. Used by one thread. */
    private static final class Coming {
        private final PodResource pod;
        private PodState state = new PodState(Phase.COMING, "its pod was not seen", null);
        private Optional<Pod> seen = Optional.empty();
        private int unschedulable;

        Coming(PodResource pod) {
            this.pod = pod;
        }

        boolean isDecided() {
            seen = Optional.ofNullable(pod.get());
            state = seen.map(PodState::of).orElseGet(() -> new PodState(Phase.ENDED, "somebody deleted its pod", null));
            unschedulable = state.phase() == Phase.UNSCHEDULABLE ? unschedulable + 1 : 0;
            return switch (state.phase()) {
                case COMING -> false;
                case UNSCHEDULABLE -> unschedulable > UNSCHEDULABLE_LIMIT.dividedBy(PERIOD);
                default -> true;
            };
        }

        /** The digest of the image, which the machine tells as it likes: alone, or behind a name. */
        String digest() {
            String id = seen.map(found -> found.getStatus().getContainerStatuses())
                    .filter(containers -> !containers.isEmpty())
                    .map(containers -> containers.get(0))
                    .map(ContainerStatus::getImageID)
                    .orElse("");
            String hex = id.substring(id.lastIndexOf(':') + 1);
            return hex.matches("[0-9a-f]{64}") ? " (sha256 " + hex.substring(0, DIGITS) + ")" : "";
        }
    }

    private static Pod pod(ObjectPlacement place, String reference, KubernetesSettings settings) {
        return new PodBuilder()
                .withMetadata(place.metadata(NAME))
                .withSpec(NodePod.spec(settings.pods())
                        .withActiveDeadlineSeconds(settings.lifetime().toSeconds())
                        .withTerminationGracePeriodSeconds(1L)
                        .withShareProcessNamespace(true)
                        .withContainers(NodePod.container(reference, settings.pods())
                                .withCommand("/bin/sh")
                                .withStdin(true) // nobody writes to it, so the shell waits
                                .withVolumeMounts(NodePod.temporaryMount())
                                .build())
                        .withVolumes(NodePod.temporaryVolume())
                        .build())
                .build();
    }

    @Override
    public String described() {
        return described;
    }

    @Override
    public Optional<Opened> open(Path path) throws IOException {
        String flags = told(LOOK, path.toString()).replace("\n", "");
        if (!flags.contains("e")) {
            return Optional.empty();
        }
        if (flags.contains("d")) {
            return Optional.of(new Opened(true, true, InputStream.nullInputStream()));
        }
        if (!flags.contains("r")) {
            throw new IOException("user " + NodePod.USER + ", as which nodes run in pods, may not read it");
        }
        return Optional.of(new Opened(false, flags.contains("x"), content(path)));
    }

    private InputStream content(Path path) {
        return new PodOutput(container(), List.of("/bin/sh", "-c", "exec cat \"$0\"", path.toString()));
    }

    @Override
    public void copy(Path path, Path target) throws IOException {
        Files.createDirectories(target);
        for (String line : told(LIST, path.toString()).lines().toList()) {
            Path source = path.resolve(line.substring(2));
            Path file = target.resolve(line.substring(2));
            switch (line.charAt(0)) {
                case 'd' -> copy(source, file);
                case 'l' ->
                    throw new IOException(
                            described + " has the link " + source + ", which leads nowhere. Build it with the file");
                default -> copyFile(source, file, line.charAt(0) == 'x');
            }
        }
    }

    private void copyFile(Path source, Path file, boolean executable) throws IOException {
        try (var content = content(source)) {
            Files.copy(content, file);
        }
        if (executable && !file.toFile().setExecutable(true)) {
            throw new IOException("no permission to execute can be given to " + file);
        }
    }

    /** What a script without an input says of a path. */
    private String told(String script, String path) throws IOException {
        try (var out = new PodOutput(container(), List.of("/bin/sh", "-c", script, path))) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private PodOutput.Container container() {
        return () -> pod.inContainer(NodePod.CONTAINER);
    }

    @Override
    public Ended run(List<String> command, Map<String, String> environment, String configuration)
            throws IOException, InterruptedException {
        var whole = new ArrayList<>(List.of("/bin/sh", "-c", RUN, END));
        environment.forEach((name, value) -> whole.add(name + "=" + value));
        whole.add("--");
        whole.addAll(command);
        var output = new ByteArrayOutputStream();
        try (var watch = pod.inContainer(NodePod.CONTAINER)
                .redirectingInput()
                .writingOutput(output)
                .writingError(output)
                .exec(whole.toArray(String[]::new))) {
            var in = watch.getInput();
            in.write((configuration + (configuration.endsWith("\n") ? "" : "\n") + END + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            in.flush();
            int code = PodExec.exitCode(watch, LIMIT, command + " of " + described);
            return new Ended(code, output.toString(StandardCharsets.UTF_8));
        } catch (KubernetesClientException e) {
            throw new IOException(command + " of " + described + " cannot be run: " + ApiFailures.text(e), e);
        }
    }
}
