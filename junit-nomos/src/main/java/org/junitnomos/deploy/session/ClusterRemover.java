package org.junitnomos.deploy.session;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junitnomos.deploy.session.ClusterCleaner.Thing;

/** Removes what deployments have in clusters, if there is somebody on the class path who can. */
final class ClusterRemover implements Remover {
    /** An API server may be about to make what the dead one asked for. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final List<ClusterCleaner> cleaners;
    private boolean isLost;

    private ClusterRemover(List<ClusterCleaner> cleaners) {
        this.cleaners = List.copyOf(cleaners);
    }

    /** Looks for who can; looked for anew each time, because that is cheap and class paths differ. */
    static ClusterRemover find() {
        try {
            return new ClusterRemover(ServiceLoader.load(ClusterCleaner.class, loader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList());
        } catch (ServiceConfigurationError e) {
            return new ClusterRemover(List.of()); // a module without its libraries is as good as none
        }
    }

    static ClassLoader loader() {
        ClassLoader loader = ClusterRemover.class.getClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    /** Names resources of all libraries that it takes to do this in another JVM; empty if nobody here can. */
    List<String> libraries() {
        return cleaners.isEmpty() ? List.of() : cleaners.get(0).libraries();
    }

    static ClusterRemover of(ClusterCleaner cleaner) {
        return new ClusterRemover(List.of(cleaner));
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.CLUSTER;
    }

    @Override
    public Duration limit() {
        return cleaners.isEmpty() ? Duration.ofMillis(1) : cleaners.get(0).limit();
    }

    @Override
    public Duration grace() {
        return GRACE;
    }

    @Override
    public boolean canRetry(LedgerEntry entry) {
        return !cleaners.isEmpty() && !isLost;
    }

    @Override
    public List<LedgerEntry> present(List<LedgerEntry> entries) throws IOException {
        if (cleaners.isEmpty()) {
            // whoever made it must be believed then: there is nobody else to ask
            return entries.stream().filter(entry -> !entry.released()).toList();
        }
        try {
            var there = cleaners.get(0)
                    .present(entries.stream().map(ClusterRemover::thing).toList());
            isLost = false;
            return entries.stream()
                    .filter(entry -> there.contains(thing(entry)))
                    .toList();
        } catch (IOException e) {
            isLost = true; // to ask again and again would hold up whoever waits for the end of the JVM
            throw e;
        }
    }

    @Override
    public void remove(List<LedgerEntry> entries) throws IOException {
        if (cleaners.isEmpty()) {
            throw new IOException(
                    "what is in a cluster takes the module of its backend, which is not on this class path");
        }
        cleaners.get(0).remove(entries.stream().map(ClusterRemover::thing).toList());
    }

    private static Thing thing(LedgerEntry entry) {
        return new Thing(entry.name(), entry.marker());
    }
}
