package org.junitnomos.deploy.session;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junitnomos.deploy.program.DirectoryTrees;
import org.junitnomos.time.WallTime;
import org.slf4j.LoggerFactory;

/**
 * Owns everything that a test JVM has outside of itself. Thread-safe.
 *
 * <p>A session begins with its first registration, before which nothing is written or started, and ends when
 * {@link #endIfUnused} finds everything released; with the next registration it begins again under another id. While it
 * lasts, a reaper outside of the JVM watches it: it removes what is left if the JVM ends in whatever way.
 */
@API(status = INTERNAL, since = "0.1")
public final class Session implements AutoCloseable {
    private final SessionRoot root;
    private final BiFunction<SessionRoot, SessionName, Runnable> reaper;
    private final PortLeases ports;
    private final Map<String, Scope> scopes = new TreeMap<>();
    private SessionName name = SessionName.fresh();
    private @Nullable Ledger ledger;
    private boolean over;

    Session(SessionRoot root, BiFunction<SessionRoot, SessionName, Runnable> reaper) {
        this.root = root;
        this.reaper = reaper;
        this.ports = new PortLeases(root);
    }

    /** Holds the one session that is bound to something of which a JVM has exactly one: its process. */
    private static final class Holder {
        static final Session OF_THIS_JVM = new Session(SessionRoot.ofThisUser(), ReaperStart::prepare);
    }

    /**
     * Returns the session of this JVM, in {@code <java.io.tmpdir>/nomos-<user>}. There is one for each process of the
     * operating system, because the reaper watches the process: this is the only holder of its kind.
     */
    public static Session ofThisJvm() {
        return Holder.OF_THIS_JVM;
    }

    /**
     * Makes a session at another place, for tests.
     *
     * @param root directory for all sessions of that place
     * @return to be closed
     */
    public static Session at(Path root) {
        return new Session(new SessionRoot(root.toAbsolutePath().normalize()), ReaperStart::prepare);
    }

    /**
     * Returns the id of the session that is under way, or begins with the next registration.
     *
     * @return {@code <pid>.<birth of the process>.<random>}
     */
    public synchronized String id() {
        return name.id();
    }

    /** {@return the absolute path of the session's directory, which exists only while a session is under way} */
    public synchronized Path directory() {
        return root.session(name.text());
    }

    /**
     * Returns the group of what belongs to one deployment.
     *
     * @param scopeName for example the run directory; equal names give the same scope
     */
    public synchronized Scope scope(String scopeName) {
        return scopes.computeIfAbsent(scopeName, key -> new Scope(this, key));
    }

    Entry register(String scope, ResourceKind kind, String what) {
        Ledger open;
        String prefix;
        synchronized (this) {
            if (over) {
                throw new SessionException(
                        "Cannot register " + kind.label() + " '" + what + "': the test JVM is ending", null);
            }
            open = ledger == null ? begin() : ledger;
            prefix = name.markerPrefix();
            if (kind == ResourceKind.CLUSTER) {
                ClusterSweep.provide(directory());
            }
            if (!Files.isDirectory(directory())) {
                throw new SessionException(
                        "Cannot register " + kind.label() + " '" + what + "': somebody deleted the directory "
                                + directory() + " of this session. Leave it alone while tests run",
                        null);
            }
            var entry = open.planned(scope, kind, what, prefix);
            return new Entry(name.id(), open, entry.number(), entry.marker());
        }
    }

    PortLease leasePort(Scope scope, int number) {
        synchronized (this) {
            if (ledger == null && !over) {
                begin();
            }
        }
        return ports.lease(scope, number);
    }

    private Ledger begin() {
        try {
            root.create();
            Runnable watch = reaper.apply(root, name);
            Ledger begun;
            try {
                Path directory = directory();
                Files.createDirectory(directory);
                SmallFiles.write(directory.resolve(SessionRoot.OWNER), owner());
                begun = Ledger.create(directory.resolve(SessionRoot.LEDGER));
            } finally {
                watch.run();
            }
            ledger = begun;
            sweep();
            return begun;
        } catch (IOException e) {
            throw new SessionException(
                    "Cannot keep a list of what this test JVM starts in " + root.directory() + " (" + e
                            + "). Make the directory writable for this user only, or point java.io.tmpdir elsewhere",
                    e);
        }
    }

    private static String owner() {
        var self = ProcessHandle.current();
        return "pid " + self.pid() + "\nbirth " + ProcessIdentity.current().birth() + "\nsince " + WallTime.text()
                + "\ndirectory " + System.getProperty("user.dir") + "\ncommand "
                + self.info().command().orElse("?") + "\n";
    }

    private void sweep() {
        try {
            new Sweep(root).all();
        } catch (IOException e) {
            LoggerFactory.getLogger(Session.class)
                    .warn("What dead test JVMs left under {} could not be removed", root.directory(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what is there of a scope, and forgets the scope. */
    List<String> settle(Scope scope) {
        Ledger open;
        synchronized (this) {
            scopes.remove(scope.name());
            open = ledger;
        }
        if (open == null) {
            return List.of();
        }
        var entries = open.of(scope.name());
        if (entries.isEmpty()) {
            return List.of();
        }
        return remove(open, entries, true);
    }

    /** Removes what is there of entries; {@code settled} says that nobody is just about to create one of them. */
    private List<String> remove(Ledger open, List<LedgerEntry> entries, boolean settled) {
        boolean interrupted = Thread.interrupted();
        try {
            var log = new CleanupLog(directory());
            var engines = new EngineReach();
            var outcome = new Removal(Removal.removers(root, engines), log).removeOwn(entries);
            var gone = entries.stream()
                    .filter(entry -> !outcome.left().contains(entry))
                    .filter(entry -> settled || !entry.mayComeLate())
                    .toList();
            open.forget(gone);
            return Leaks.describe(outcome, engines);
        } catch (InterruptedException e) {
            interrupted = true;
            return List.of("what is left could not be looked for: the thread was interrupted");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Ends the session if everything is released: its directory and its reaper vanish. Otherwise it stays under way,
     * because somebody else in this JVM still uses it, or until the reaper ends it after the JVM.
     *
     * @return whether no session is under way now
     */
    public synchronized boolean endIfUnused() {
        var open = ledger;
        if (open == null) {
            return true;
        }
        if (!open.live().isEmpty()) {
            return false;
        }
        open.close();
        ledger = null;
        var ended = name;
        name = SessionName.fresh();
        try {
            // claimed first, so that somebody else can finish it
            Path directory = root.session(ended.claimedBy(ended.owner()).text());
            Files.move(root.session(ended.text()), directory, StandardCopyOption.ATOMIC_MOVE);
            new CleanupLog(directory).moveTo(root.log());
            DirectoryTrees.delete(directory);
        } catch (IOException e) {
            LoggerFactory.getLogger(Session.class)
                    .debug("The directory of session {} is left to others to delete", ended.id(), e);
        }
        return true;
    }

    /**
     * Refuses every further registration, removes everything that is not released, and ends the session; for when the
     * JVM ends. What some thread is just about to start is left to the reaper. Blocks up to 5 s, usually a few
     * milliseconds. Idempotent.
     */
    @Override
    public void close() {
        Ledger open;
        synchronized (this) {
            over = true;
            open = ledger;
        }
        if (open != null) {
            remove(open, open.live(), false);
            endIfUnused();
        }
    }
}
