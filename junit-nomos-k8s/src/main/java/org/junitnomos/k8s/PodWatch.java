package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Watches all pods of a deployment by one connection, and tells each life what becomes of its pod. */
final class PodWatch implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final Map<String, Follower> lives = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;

    /** Hears what becomes of a pod; must not block. */
    interface Follower {
        /** Notes what was seen of it. */
        void seen(PodState state);

        /** Notes that it is gone. */
        void gone(PodState state);

        /** Notes that nothing can be seen of it any more. */
        void lost(String reason);
    }

    private PodWatch(KubernetesClient client, ObjectPlacement place) {
        this.informer = client.pods()
                .inNamespace(place.namespace())
                .withLabel(Labels.MARKER, place.marker())
                .runnableInformer(0);
        informer.addEventHandler(new Telling());
        // A watch that breaks is begun again until it is closed; whether the cluster is gone, others find out.
        informer.exceptionHandler((started, failure) -> started);
    }

    /** Prepares to watch. */
    static PodWatch prepare(KubernetesClient client, ObjectPlacement place) {
        return new PodWatch(client, place);
    }

    /**
     * Begins to watch; returns when the first list of pods was read.
     *
     * @throws KubernetesClientException if it cannot be read
     */
    void start() {
        try {
            informer.start().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        } catch (TimeoutException e) {
            throw new KubernetesClientException("its pods are not told within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("the thread was interrupted", e);
        }
    }

    /** Tells a life of its pod from now on; call it before the pod is created. */
    void follow(String pod, Follower life) {
        lives.put(pod, life);
    }

    /** Forgets a life whose pod was not created. */
    void forget(String pod) {
        lives.remove(pod);
    }

    /** Tells all lives that nothing can be seen any more. */
    void lost(String reason) {
        lives.values().forEach(life -> life.lost(reason));
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Telling implements ResourceEventHandler<Pod> {
        private void tell(Pod pod) {
            var life = lives.get(pod.getMetadata().getName());
            if (life != null) {
                life.seen(PodState.of(pod));
            }
        }

        @Override
        public void onAdd(Pod pod) {
            tell(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            tell(pod);
        }

        @Override
        public void onDelete(Pod last, boolean isOutdated) {
            var life = lives.get(last.getMetadata().getName());
            if (life != null) {
                life.gone(PodState.deleted(last));
            }
        }
    }
}
