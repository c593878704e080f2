package org.junitnomos.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junitnomos.time.DurationText;
import org.junitnomos.time.Stopwatch;
import org.junitnomos.time.Threads;

/** Notices that a cluster is gone, which no watch tells: it only goes silent. */
final class ClusterPulse implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    /** An API server that is being replaced is away for less. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final Consumer<String> lost;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ClusterPulse(KubernetesClient client, Consumer<String> lost) {
        this.client = client;
        this.lost = lost;
    }

    /**
     * Begins to ask the API server whether it still answers.
     *
     * @param client used for nothing else, because it waits only briefly and never tries again by itself
     * @param lost told once, why, when there was no answer for a while
     */
    static ClusterPulse feel(KubernetesClient client, Consumer<String> lost) {
        var pulse = new ClusterPulse(client, lost);
        Threads.daemon("kubernetes-pulse", pulse::run).start();
        return pulse;
    }

    private void run() {
        try {
            var sinceAnswer = new Stopwatch();
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    client.getKubernetesVersion();
                    sinceAnswer = new Stopwatch();
                } catch (KubernetesClientException e) {
                    if (!ApiFailures.isUnreachable(e)) {
                        sinceAnswer = new Stopwatch(); // an answer nevertheless
                    } else if (sinceAnswer.nanos() > LIMIT.toNanos() && closed.getCount() > 0) {
                        lost.accept("Kubernetes at " + client.getMasterUrl() + " has not answered for "
                                + DurationText.format(LIMIT) + ": "
                                + ApiFailures.text(e));
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread
        }
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
    }
}
