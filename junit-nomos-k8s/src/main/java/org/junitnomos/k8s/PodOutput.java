package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command in a pod writes to its standard output. It runs once somebody reads; an end is one only if the command
 * ended with exit code 0. Used by one thread.
 */
final class PodOutput extends InputStream {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Container container;
    private final List<String> command;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private @Nullable ExecWatch watch;
    private boolean ended;

    /** Finds the container; a resource of the client runs one command. */
    @FunctionalInterface
    interface Container {
        ContainerResource find();
    }

    PodOutput(Container container, List<String> command) {
        this.container = container;
        this.command = List.copyOf(command);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return length == 0 ? 0 : -1;
        }
        try {
            var running = watch;
            if (running == null) {
                running = container
                        .find()
                        .redirectingOutput()
                        .writingError(errors)
                        .exec(command.toArray(String[]::new));
                watch = running;
            }
            int count = running.getOutput().read(bytes, offset, length);
            if (count < 0) {
                ended = true;
                requireSuccess(running);
            }
            return count;
        } catch (KubernetesClientException e) {
            throw new IOException(ApiFailures.text(e), e);
        }
    }

    private void requireSuccess(ExecWatch running) throws IOException {
        try {
            int code = PodExec.exitCode(running, LIMIT, "the command");
            if (code != 0) {
                throw new IOException("the pod that looks into the image said: "
                        + errors.toString(StandardCharsets.UTF_8).strip() + " (exit code " + code + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a pod was asked", e);
        }
    }

    @Override
    public void close() {
        var running = watch;
        if (running != null) {
            running.close();
        }
    }
}
