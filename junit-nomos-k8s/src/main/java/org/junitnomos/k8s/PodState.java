package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.VisibleText;

/**
 * What the status of a pod says of the life of its node: a pure function of it.
 *
 * @param phase how far it got
 * @param detail why, for people, without a full stop; empty if there is nothing to say
 * @param exitCode of its process, 128 + n for signal n; null if it is not known or did not end
 */
record PodState(Phase phase, String detail, @Nullable Integer exitCode) {
    /** How far a pod got. */
    enum Phase {
        /** On its way. */
        COMING,
        /** No machine can take it, as things are; more machines or less load may change that. */
        UNSCHEDULABLE,
        /** It cannot start, and nothing will change that. */
        STUCK,
        /** Its process runs. */
        RUNNING,
        /** Its process runs and its API answers. */
        READY,
        /** Its process has ended. */
        ENDED
    }

    private static final int LONGEST_MESSAGE = 600;

    private static final Set<String> HOPELESS = new TreeSet<>(Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "CrashLoopBackOff"));

    /** What to do about reasons that users meet. */
    private static final Map<String, String> FIXES = Map.of(
            "ErrImageNeverPull",
            "Load the image into every machine of the cluster, or set 'nomos.kubernetes.pull-policy'",
            "ErrImagePull",
            "Correct 'nomos.kubernetes.image', load the image into the cluster, or name credentials in"
                    + " 'nomos.kubernetes.pull-secrets'",
            "ImagePullBackOff",
            "Correct 'nomos.kubernetes.image', load the image into the cluster, or name credentials"
                    + " in 'nomos.kubernetes.pull-secrets'",
            "InvalidImageName",
            "Correct 'nomos.kubernetes.image'");

    /** Reads the status of a pod that is there. */
    static PodState of(Pod pod) {
        var status = pod.getStatus();
        if (status == null) {
            return new PodState(Phase.COMING, "it has no status yet", null);
        }
        var container = status.getContainerStatuses().stream()
                .filter(each -> each.getName().equals(NodePod.CONTAINER))
                .findFirst()
                .orElse(null);
        var ended = terminated(container);
        if (ended != null) {
            return ended(status.getReason(), status.getMessage(), ended);
        }
        if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
            return new PodState(
                    Phase.ENDED, sentence("the cluster ended its pod", status.getReason(), status.getMessage()), null);
        }
        if (container != null) {
            var state = container.getState();
            if (state != null && state.getRunning() != null) {
                return new PodState(
                        Boolean.TRUE.equals(container.getReady()) ? Phase.READY : Phase.RUNNING,
                        "its container runs, and its API does not answer yet",
                        null);
            }
            if (state != null && state.getWaiting() != null) {
                return waiting(
                        state.getWaiting().getReason(), state.getWaiting().getMessage());
            }
        }
        return unscheduled(pod);
    }

    /** A pod that was deleted by somebody, last seen like that. */
    static PodState deleted(Pod last) {
        var seen = of(last);
        return seen.phase() == Phase.ENDED ? seen : new PodState(Phase.ENDED, "its pod was deleted", null);
    }

    private static @Nullable ContainerStateTerminated terminated(@Nullable ContainerStatus container) {
        ContainerState state = container == null ? null : container.getState();
        return state == null ? null : state.getTerminated();
    }

    private static PodState ended(
            @Nullable String podReason, @Nullable String podMessage, ContainerStateTerminated ended) {
        var parts = new ArrayList<String>();
        if (podReason != null) {
            parts.add(sentence("the cluster ended its pod", podReason, podMessage));
        }
        String reason = ended.getReason();
        if (reason != null && !reason.equals("Error") && !reason.equals("Completed")) {
            boolean isStart = reason.equals("StartError") || reason.equals("ContainerCannotRun");
            parts.add(sentence("its container ended", reason, isStart ? ended.getMessage() : null));
        }
        Integer code = ended.getExitCode();
        return new PodState(Phase.ENDED, String.join("; ", parts), code);
    }

    private static PodState waiting(@Nullable String reason, @Nullable String message) {
        boolean hopeless = reason != null && HOPELESS.contains(reason);
        String fix = reason == null ? null : FIXES.get(reason);
        return new PodState(
                hopeless ? Phase.STUCK : Phase.COMING,
                sentence("its container does not start", reason, message) + (fix == null ? "" : ". Fix: " + fix),
                null);
    }

    private static PodState unscheduled(Pod pod) {
        for (PodCondition condition : pod.getStatus().getConditions()) {
            if ("PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus())) {
                return new PodState(
                        "Unschedulable".equals(condition.getReason()) ? Phase.UNSCHEDULABLE : Phase.COMING,
                        sentence("no machine takes its pod", condition.getReason(), condition.getMessage()),
                        null);
            }
        }
        return new PodState(Phase.COMING, "its pod is being started", null);
    }

    private static String sentence(String what, @Nullable String reason, @Nullable String message) {
        String text = what + (reason == null ? "" : ": " + reason);
        if (message == null || message.isBlank()) {
            return text;
        }
        String oneLine = VisibleText.of(message.strip().replaceAll("\\s+", " ").replaceAll("\\.$", ""));
        return text + " ("
                + (oneLine.length() <= LONGEST_MESSAGE ? oneLine : oneLine.substring(0, LONGEST_MESSAGE) + "...") + ")";
    }
}
