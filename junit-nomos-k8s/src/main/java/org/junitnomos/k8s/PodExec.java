package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junitnomos.time.DurationText;

/**
 * Runs commands in the container of a pod; above all sends signals to its processes, through its shell.
 *
 * <p>Number -1 stands for all processes but the first one, which holds the namespaces of the pod, and the shell itself.
 */
final class PodExec {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private PodExec() {}

    /**
     * Sends a signal.
     *
     * @param signal its name, for example {@code KILL}
     * @throws IOException if it cannot be sent; says why
     */
    static void signal(PodResource pod, String signal) throws IOException, InterruptedException {
        var out = new ByteArrayOutputStream();
        try (var watch = pod.inContainer(NodePod.CONTAINER)
                .writingOutput(out)
                .writingError(out)
                .exec("/bin/sh", "-c", "kill -" + signal + " -1")) {
            int code = exitCode(watch, LIMIT, "the command that passes on the signal " + signal);
            if (code != 0) {
                throw new IOException("its container did not pass on the signal " + signal + " (exit code " + code
                        + "): " + out.toString(StandardCharsets.UTF_8).strip());
            }
        } catch (KubernetesClientException e) {
            throw new IOException(ApiFailures.text(e), e);
        }
    }

    /**
     * Waits for the end of a command.
     *
     * @param what names it in texts
     * @throws IOException if the cluster does not tell its exit code
     */
    static int exitCode(ExecWatch running, Duration limit, String what) throws IOException, InterruptedException {
        try {
            Integer code = running.exitCode().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (code == null) {
                throw new IOException("the cluster does not tell how " + what + " ended");
            }
            return code;
        } catch (ExecutionException e) {
            throw new IOException(what + " cannot be run: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(what + " did not end within " + DurationText.format(limit), e);
        }
    }
}
