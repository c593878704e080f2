package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junitnomos.k8s.PodState.Phase;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Patience;

/**
 * Finds out whether pods can look up the names of services, by the only way that is sure: a pod tries.
 *
 * <p>What a client may read of a cluster does not tell. Its DNS may bear any name, stand in a namespace that the client
 * may not see, or be no pod at all; and what stands in the {@code resolv.conf} of pods may answer or not.
 */
final class NameProbe {
    private static final String NAME = "nomos-name-probe";
    private static final String MAIN = "org.junitnomos.devnode.program.NameLookupMain";
    private static final int PORT = 53;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PERIOD = Duration.ofMillis(100);

    /** Two programs that images have, and one that the image of the dev node has; each is told the name. */
    private static final String LOOK_UP =
            "getent hosts \"$0\" || nslookup \"$0\" || java -cp /app/dev-node.jar " + MAIN + " \"$0\"";

    private NameProbe() {}

    /**
     * What came of it.
     *
     * @param resolves whether the name of a service has an address in a pod
     * @param detail why not, for people, without a full stop
     */
    record Outcome(boolean resolves, String detail) {}

    /** Returns the name by which pods find a service, given its name as an object. */
    static String nameOf(ObjectPlacement place, String service) {
        return service + "." + place.namespace() + ".svc";
    }

    /** Tries; blocks for as long as a pod takes to start, and some seconds more where there is no DNS. */
    static Outcome run(
            KubernetesClient client,
            DeploymentNamespace home,
            ObjectPlacement place,
            String image,
            KubernetesSettings.Pods pods)
            throws InterruptedException {
        var service = client.resource(home.belonging(service(place)));
        var pod = client.resource(home.belonging(pod(place, image, pods)));
        Creation.inHome(client, service.item());
        try {
            Creation.inHome(client, pod.item());
            return outcome(client, place);
        } finally {
            pod.withGracePeriod(0).delete();
            service.delete();
        }
    }

    private static Outcome outcome(KubernetesClient client, ObjectPlacement place) throws InterruptedException {
        var pod = client.pods().inNamespace(place.namespace()).withName(place.name(NAME));
        var seen = new AtomicReference<>(new PodState(Phase.COMING, "", null));
        boolean over = Patience.until(
                () -> {
                    var found = pod.get();
                    var now = found == null
                            ? new PodState(Phase.ENDED, "somebody deleted the pod that tried", null)
                            : PodState.of(found);
                    seen.set(now);
                    return now.phase() == Phase.ENDED || now.phase() == Phase.STUCK;
                },
                LIMIT,
                PERIOD);
        var state = Objects.requireNonNull(seen.get(), "seen");
        Integer code = state.exitCode();
        if (!over) {
            return new Outcome(
                    false,
                    "the pod that tried did not end within " + DurationText.format(LIMIT) + ": " + state.detail());
        }
        if (code == null) {
            return new Outcome(false, state.detail());
        }
        return code == 0 ? new Outcome(true, "") : new Outcome(false, lastLine(pod.getLog(), code));
    }

    private static String lastLine(String log, int code) {
        var lines = log.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty()
                ? "the pod that tried ended with exit code " + code
                : lines.get(lines.size() - 1).strip();
    }

    private static Service service(ObjectPlacement place) {
        return new ServiceBuilder()
                .withMetadata(place.metadata(NAME))
                .withNewSpec()
                .addNewPort()
                .withPort(PORT)
                .endPort()
                .endSpec()
                .build();
    }

    private static Pod pod(ObjectPlacement place, String image, KubernetesSettings.Pods pods) {
        return new PodBuilder()
                .withMetadata(place.metadata(NAME))
                .withSpec(NodePod.spec(pods)
                        .withActiveDeadlineSeconds(LIMIT.toSeconds())
                        .withTerminationGracePeriodSeconds(1L)
                        // Each name is tried in several domains: where nobody answers, the usual 5 s add up.
                        .withNewDnsConfig()
                        .withOptions(new PodDNSConfigOption("timeout", "1"), new PodDNSConfigOption("attempts", "3"))
                        .endDnsConfig()
                        .withContainers(NodePod.container(image, pods)
                                .withCommand("/bin/sh", "-c", LOOK_UP, nameOf(place, place.name(NAME)))
                                .build())
                        .build())
                .build();
    }
}
