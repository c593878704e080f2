package org.junitnomos.k8s;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/** Writes down what the cluster tells of the objects of a deployment, as it comes. */
final class EventLog implements AutoCloseable {
    private final Path file;
    private final String prefix;
    private final SharedIndexInformer<Event> informer;

    private EventLog(KubernetesClient client, ObjectPlacement place, Path file) {
        this.file = file;
        this.prefix = place.prefix();
        this.informer = client.v1().events().inNamespace(place.namespace()).runnableInformer(0);
        informer.addEventHandler(new Writing());
        informer.exceptionHandler((started, failure) -> true);
    }

    static EventLog open(KubernetesClient client, ObjectPlacement place, Path file) {
        var log = new EventLog(client, place, file);
        log.informer.start();
        return log;
    }

    private synchronized void write(Event event) {
        String name = event.getInvolvedObject().getName();
        if (name == null || !name.startsWith(prefix)) {
            return; // of somebody else in the same namespace
        }
        try {
            Files.writeString(
                    file, line(event), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LoggerFactory.getLogger(EventLog.class).warn("{} cannot be written", file, e);
        }
    }

    /** Writes an event as one line. */
    static String line(Event event) {
        String time = event.getLastTimestamp() != null
                ? event.getLastTimestamp()
                : event.getEventTime() != null
                        ? event.getEventTime().getTime()
                        : event.getMetadata().getCreationTimestamp();
        Integer count = event.getCount();
        String message =
                event.getMessage() == null ? "" : event.getMessage().strip().replaceAll("\\s+", " ");
        return time + " " + event.getType() + " " + event.getReason() + " "
                + event.getInvolvedObject().getKind() + "/"
                + event.getInvolvedObject().getName() + ": " + message
                + (count == null || count < 2 ? "" : " (" + count + " times)") + "\n";
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Writing implements ResourceEventHandler<Event> {
        @Override
        public void onAdd(Event event) {
            write(event);
        }

        @Override
        public void onUpdate(Event before, Event event) {
            write(event);
        }

        @Override
        public void onDelete(Event last, boolean isOutdated) {
            // the cluster forgets events after a while
        }
    }
}
