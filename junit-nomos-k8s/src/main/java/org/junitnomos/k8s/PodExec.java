package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends signals to the processes of a pod, through a shell in its container.
 *
 * <p>Number -1 stands for all processes but the first one, which holds the namespaces of the pod, and the shell itself.
 */
final class PodExec {
    private static final long LIMIT_SECONDS = 15;

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
            Integer code = watch.exitCode().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (code == null || code != 0) {
                throw new IOException("its container did not pass on the signal " + signal + " (exit code " + code
                        + "): " + out.toString(StandardCharsets.UTF_8).strip());
            }
        } catch (KubernetesClientException e) {
            throw new IOException(ApiFailures.text(e), e);
        } catch (ExecutionException e) {
            throw new IOException("the signal " + signal + " cannot be sent: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the cluster did not pass on the signal " + signal + " within " + LIMIT_SECONDS + " s", e);
        }
    }
}
