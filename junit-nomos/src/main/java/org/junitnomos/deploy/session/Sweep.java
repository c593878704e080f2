package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.time.Patience;

/** Cleans up sessions whose JVM is dead; each is claimed first, by a rename that only one can win. */
final class Sweep {
    /** A reaper leaves what it cannot remove to whoever comes next, which must not come too early then. */
    private static final Duration FOR_OTHERS = Duration.ofSeconds(3);

    private static final Duration PERIOD = Duration.ofMillis(50);

    /** How long to try again at each start what cannot be removed because an engine or cluster does not answer. */
    private static final Duration PATIENCE = Duration.ofDays(7);

    private final SessionRoot root;
    private final Duration forOthers;
    private final EngineReach engines = new EngineReach();

    Sweep(SessionRoot root) {
        this(root, FOR_OTHERS);
    }

    /**
     * Prepares a sweep of all sessions below a root.
     *
     * @param forOthers how long to wait for others who clean up just now
     */
    Sweep(SessionRoot root, Duration forOthers) {
        this.root = root;
        this.forOthers = forOthers;
    }

    /** Cleans up every session that has nobody left. Live ones are not touched. */
    void all() throws IOException, InterruptedException {
        var others = new TreeSet<String>();
        for (var name : root.list()) {
            if (name.isOrphan()) {
                clean(name);
            } else if (name.claimer() != null) {
                others.add(name.id());
            }
        }
        if (!others.isEmpty()) {
            Patience.until(() -> find(others).stream().noneMatch(name -> name.claimer() != null), forOthers, PERIOD);
            for (var left : find(others)) {
                if (left.isOrphan()) {
                    clean(left);
                }
            }
        }
    }

    private List<SessionName> find(Set<String> ids) {
        try {
            return root.list().stream().filter(name -> ids.contains(name.id())).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Cleans up one session; false if somebody else claimed it, or something is left, so that it can be claimed again.
     */
    boolean clean(SessionName dead) throws IOException, InterruptedException {
        var mine = dead.claimedBy(ProcessIdentity.current());
        Path directory = root.session(mine.text());
        try {
            Files.move(root.session(dead.text()), directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return false;
        }
        var log = new CleanupLog(directory);
        log.accept("session " + dead.id() + " is dead");
        var left = remove(directory, log);
        if (left.isEmpty() || isGivenUp(directory, left, log)) {
            log.accept("session " + dead.id() + (left.isEmpty() ? " is cleaned up" : " is given up"));
            log.moveTo(root.log());
            DirectoryTrees.delete(directory);
            return true;
        }
        Files.move(directory, root.session(dead.id()), StandardCopyOption.ATOMIC_MOVE);
        return false;
    }

    /** Whether all that is left is on engines or clusters, and it is so for so long that nobody should try any more. */
    private static boolean isGivenUp(Path directory, List<LedgerEntry> left, CleanupLog log) throws IOException {
        var registered = Files.getLastModifiedTime(directory.resolve(SessionRoot.LEDGER));
        boolean isOld = registered.toInstant().plus(PATIENCE).isBefore(log.lastWritten());
        if (!isOld || !left.stream().allMatch(Sweep::isElsewhere)) {
            return false;
        }
        left.forEach(entry -> log.accept("gave up " + entry.description() + ", which could not be removed for "
                + PATIENCE.toDays() + " days: if it is still there, it has the "
                + (entry.kind().equals(ResourceKind.TABLE.label())
                        ? "name " + TableRemover.table(entry.marker())
                        : "label " + Entry.MARKER_LABEL + "=" + entry.marker())));
        return true;
    }

    private static boolean isElsewhere(LedgerEntry entry) {
        return EngineRemover.isOfEngine(entry)
                || entry.kind().equals(ResourceKind.CLUSTER.label())
                || entry.kind().equals(ResourceKind.TABLE.label());
    }

    private List<LedgerEntry> remove(Path directory, CleanupLog log) throws IOException, InterruptedException {
        Path ledger = directory.resolve(SessionRoot.LEDGER);
        if (!Files.isRegularFile(ledger, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(); // it died before it registered anything
        }
        var reading = Ledger.read(ledger);
        if (reading.unreadable() > 0) {
            log.accept(reading.unreadable() + " lines of its ledger are torn or of a newer version");
        }
        return new Removal(Removal.removers(root, engines), log)
                .removeOrphans(reading.entries())
                .left();
    }
}
