package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junitnomos.topology.NodeSpec;

/**
 * Writes the pod that is one life of a node. Pure functions.
 *
 * <p>The pod is never restarted: a node that ends by itself has ended, is reported, and comes back when node control
 * starts it, with the service and the volume it had. A controller above it would undo each fault at a moment of its own
 * choice.
 */
final class NodePod {
    /** Name of the only container. */
    static final String CONTAINER = "node";

    static final String CONFIG_FILE = "config.yaml";
    static final String CONFIG_DIRECTORY = "/etc/nomos";
    static final String STATE_DIRECTORY = "/var/lib/nomos";

    /** User and group of the image's processes; not root. */
    static final long USER = 10_001;

    /** Longer, and each namespace would take longer to go: its controller waits for the grace of its pods. */
    private static final long GRACE_SECONDS = 5;

    /** A paused node must not be killed for it, so only what does not even accept connections for long is. */
    private static final int LIVENESS_PERIOD_SECONDS = 60;

    private static final int LIVENESS_FAILURES = 30;
    private static final int CONFIG_MODE = 0440;

    private static final String CONFIG = "config";
    private static final String STATE = "state";
    private static final String TEMPORARY = "tmp";

    private NodePod() {}

    /**
     * Writes the pod.
     *
     * @param place where it goes
     * @param node which node it is
     * @param life number of its life, from 1: each is a pod of its own, so that none waits for the last one to go
     * @param image its image
     * @param start what runs in it
     * @param lifetime after which Kubernetes ends the pod, should nobody else do it
     * @param settings what the environment decides
     */
    static Pod of(
            ObjectPlacement place,
            NodeSpec node,
            int life,
            String image,
            NodeProgram.Start start,
            Duration lifetime,
            KubernetesSettings settings) {
        var pods = settings.pods();
        return new PodBuilder()
                .withNewMetadata()
                .withName(name(place, node.name(), life))
                .withNamespace(place.namespace())
                .withLabels(Labels.ofNode(place.marker(), place.session(), node))
                .endMetadata()
                .withSpec(spec(pods)
                        .withHostname(node.name())
                        .withActiveDeadlineSeconds(lifetime.toSeconds())
                        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                        .withShareProcessNamespace(true) // process 1 takes no signal from its own container
                        .withTopologySpreadConstraints(spread(place))
                        .withContainers(container(image, start, pods))
                        .withVolumes(config(place, node), state(place, node, settings.storage()), temporaryVolume())
                        .build())
                .build();
    }

    /** Begins what all pods have in common: where they may run, where their image is from, and no power. */
    static PodSpecBuilder spec(KubernetesSettings.Pods pods) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(podSecurity())
                .withImagePullSecrets(pods.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNodeSelector(pods.nodeSelector().isEmpty() ? null : pods.nodeSelector())
                .withTolerations(
                        pods.tolerations().stream().map(NodePod::tolerating).toList());
    }

    /** Begins what all containers have in common: their image, what they ask for, and no power. */
    static ContainerBuilder container(String image, KubernetesSettings.Pods pods) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image)
                .withImagePullPolicy(pods.pullPolicy().text())
                .withNewResources()
                .withRequests(quantities("cpu", pods.cpu(), "memory", pods.memory()))
                .withLimits(quantities("memory", pods.memory()))
                .endResources()
                .withSecurityContext(containerSecurity())
                .withTerminationMessagePolicy("FallbackToLogsOnError");
    }

    /** Returns the name of the pod of one life. */
    static String name(ObjectPlacement place, String node, int life) {
        return place.name(node + "-" + life);
    }

    private static Container container(String image, NodeProgram.Start start, KubernetesSettings.Pods pods) {
        return container(image, pods)
                .withCommand(verbatim(start.command()))
                .withArgs(verbatim(start.arguments()))
                .withEnv(start.environment().entrySet().stream()
                        .map(each -> new EnvVar(each.getKey(), verbatim(each.getValue()), null))
                        .toList())
                .withWorkingDir(start.workingDirectory())
                .withPorts(start.ports().stream().map(NodePod::port).toList())
                .withNewReadinessProbe()
                .withNewHttpGet()
                .withPath("/cryptarchia/info")
                .withPort(new IntOrString(PodPort.API.label()))
                .endHttpGet()
                .withPeriodSeconds(1)
                .withTimeoutSeconds(1)
                .withFailureThreshold(1)
                .endReadinessProbe()
                .withNewLivenessProbe()
                .withNewTcpSocket()
                .withPort(new IntOrString(PodPort.API.label()))
                .endTcpSocket()
                .withInitialDelaySeconds(LIVENESS_PERIOD_SECONDS)
                .withPeriodSeconds(LIVENESS_PERIOD_SECONDS)
                .withFailureThreshold(LIVENESS_FAILURES)
                .endLivenessProbe()
                .withVolumeMounts(configMount(start.directory()), mount(STATE, STATE_DIRECTORY), temporaryMount())
                .build();
    }

    /** Where the directory of the configuration is that of the blocks as well, only its file is laid over that. */
    private static VolumeMount configMount(String directory) {
        boolean alone = !directory.equals(STATE_DIRECTORY);
        return new VolumeMountBuilder(mount(CONFIG, alone ? directory : directory + "/" + CONFIG_FILE))
                .withSubPath(alone ? null : CONFIG_FILE)
                .withReadOnly(true)
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    private static List<String> verbatim(List<String> texts) {
        return texts.stream().map(NodePod::verbatim).toList();
    }

    /** Kubernetes would put the value of a variable for {@code $(NAME)}. */
    private static String verbatim(String text) {
        return text.replace("$(", "$$(");
    }

    private static ContainerPort port(PodPort port) {
        return new ContainerPortBuilder()
                .withName(port.label())
                .withProtocol(port.protocol())
                .withContainerPort(port.number())
                .build();
    }

    private static PodSecurityContext podSecurity() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static SecurityContext containerSecurity() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static Toleration tolerating(NodeTaint taint) {
        return new TolerationBuilder()
                .withKey(taint.key())
                .withOperator(taint.value().isEmpty() ? "Exists" : "Equal")
                .withValue(taint.value().isEmpty() ? null : taint.value())
                .withEffect(taint.effect().isEmpty() ? null : taint.effect())
                .build();
    }

    /** Nodes go to different machines as far as there are enough of them. */
    private static List<TopologySpreadConstraint> spread(ObjectPlacement place) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(Labels.MARKER, place.marker());
        return List.of(new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(labels)
                .endLabelSelector()
                .build());
    }

    private static Volume config(ObjectPlacement place, NodeSpec node) {
        return new VolumeBuilder()
                .withName(CONFIG)
                .withNewSecret()
                .withSecretName(place.name(node.name()))
                .withDefaultMode(CONFIG_MODE)
                .endSecret()
                .build();
    }

    private static Volume state(ObjectPlacement place, NodeSpec node, KubernetesSettings.Storage storage) {
        if (storage.isEphemeral()) {
            return emptyVolume(STATE);
        }
        return new VolumeBuilder()
                .withName(STATE)
                .withNewPersistentVolumeClaim()
                .withClaimName(place.name(node.name()))
                .endPersistentVolumeClaim()
                .build();
    }

    /** What must be writable where the root is not. */
    static Volume temporaryVolume() {
        return emptyVolume(TEMPORARY);
    }

    static VolumeMount temporaryMount() {
        return mount(TEMPORARY, "/tmp");
    }

    private static Volume emptyVolume(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static Map<String, Quantity> quantities(String... namesAndValues) {
        var quantities = new LinkedHashMap<String, Quantity>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            quantities.put(namesAndValues[i], new Quantity(namesAndValues[i + 1]));
        }
        return quantities;
    }
}
