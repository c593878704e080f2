package org.junitnomos.deploy.session;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Patience;
import org.junitnomos.time.Stopwatch;

/** Removes what entries stand for: kind after kind, last registered first, all of a kind at once. */
final class Removal {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration GRACE_PERIOD = Duration.ofMillis(100);

    private final Map<ResourceKind, Remover> removers = new EnumMap<>(ResourceKind.class);
    private final Consumer<String> log;

    Removal(List<Remover> removers, Consumer<String> log) {
        removers.forEach(remover -> this.removers.put(remover.kind(), remover));
        this.log = log;
    }

    static List<Remover> removers(SessionRoot root, EngineReach engines) {
        return List.of(
                new ProcessRemover(),
                new EngineRemover(ResourceKind.CONTAINER, engines),
                new EngineRemover(ResourceKind.NETWORK, engines),
                new EngineRemover(ResourceKind.VOLUME, engines),
                new TableRemover(),
                ClusterRemover.find(),
                new DirectoryRemover(),
                new PortLeases(root));
    }

    /**
     * What became of entries.
     *
     * @param removed was still there, and is gone now
     * @param left is still there, or of a kind that this version does not know
     */
    record Outcome(List<LedgerEntry> removed, List<LedgerEntry> left) {
        Outcome {
            removed = List.copyOf(removed);
            left = List.copyOf(left);
        }
    }

    /** Removes what is there of the entries of the session of this JVM. */
    Outcome removeOwn(List<LedgerEntry> entries) throws InterruptedException {
        return remove(entries, false);
    }

    /** Removes what is there of the entries of a JVM that died, maybe in the middle of starting something. */
    Outcome removeOrphans(List<LedgerEntry> entries) throws InterruptedException {
        return remove(entries, true);
    }

    private Outcome remove(List<LedgerEntry> entries, boolean orphans) throws InterruptedException {
        var removed = new ArrayList<LedgerEntry>();
        var left = new ArrayList<LedgerEntry>();
        for (var kind : ResourceKind.values()) {
            var remover = removers.get(kind);
            var those = ofKind(entries, kind);
            if (remover == null) {
                left.addAll(those);
            } else if (!those.isEmpty()) {
                remove(remover, those, removed, left);
                if (orphans) {
                    lookOut(remover, those, removed, left);
                }
            }
        }
        for (var entry : entries) {
            if (ResourceKind.of(entry.kind()).isEmpty()) {
                log.accept("left " + entry.description() + ": this version does not know the kind '" + entry.kind()
                        + "'. Marker: " + entry.marker());
                left.add(entry);
            }
        }
        return new Outcome(removed, left);
    }

    private static List<LedgerEntry> ofKind(List<LedgerEntry> entries, ResourceKind kind) {
        var those = new ArrayList<>(entries.stream()
                .filter(entry -> entry.kind().equals(kind.label()))
                .toList());
        Collections.reverse(those);
        return those;
    }

    private void remove(Remover remover, List<LedgerEntry> entries, List<LedgerEntry> removed, List<LedgerEntry> left)
            throws InterruptedException {
        var before = present(remover, entries);
        if (before.isEmpty()) {
            return;
        }
        var rest = new ArrayList<>(before);
        Patience.until(
                () -> {
                    tryToRemove(remover, rest);
                    var still = present(remover, rest);
                    rest.retainAll(still);
                    return rest.stream().noneMatch(remover::canRetry);
                },
                remover.limit(),
                PERIOD);
        for (var entry : before) {
            boolean gone = !rest.contains(entry);
            log.accept((gone ? "removed " : "could not remove ")
                    + entry.description()
                    + (entry.scope().isEmpty() ? "" : " of " + entry.scope()));
            (gone ? removed : left).add(entry);
        }
    }

    /** Waits for what was about to be created, and removes it as it comes. */
    private void lookOut(Remover remover, List<LedgerEntry> entries, List<LedgerEntry> removed, List<LedgerEntry> left)
            throws InterruptedException {
        var awaited = new ArrayList<>(entries);
        awaited.removeIf(entry -> !entry.mayComeLate() || !remover.canRetry(entry));
        awaited.removeAll(removed);
        awaited.removeAll(left);
        var watch = new Stopwatch();
        Duration rest = remover.grace();
        while (!awaited.isEmpty() && rest.toMillis() > 0) {
            var late = new ArrayList<LedgerEntry>();
            Patience.until(
                    () -> {
                        late.addAll(present(remover, awaited));
                        return !late.isEmpty();
                    },
                    rest,
                    GRACE_PERIOD);
            remove(remover, late, removed, left);
            awaited.removeAll(late);
            rest = remover.grace().minusNanos(watch.nanos());
        }
    }

    private void tryToRemove(Remover remover, List<LedgerEntry> entries) {
        try {
            remover.remove(entries);
        } catch (IOException | RuntimeException e) {
            tell(e);
        }
    }

    private List<LedgerEntry> present(Remover remover, List<LedgerEntry> entries) {
        try {
            return remover.present(entries);
        } catch (IOException | RuntimeException e) {
            tell(e);
            return entries;
        }
    }

    private @Nullable String lastTold;

    private void tell(Exception failure) {
        String text = failure.toString();
        if (!text.equals(lastTold)) {
            lastTold = text;
            log.accept("problem: " + text);
        }
    }
}
