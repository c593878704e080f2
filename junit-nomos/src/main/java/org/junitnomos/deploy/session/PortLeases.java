package org.junitnomos.deploy.session;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junitnomos.time.Patience;

/**
 * Hands out ports under {@code ports/<number>}: one file each, with the marker of who leased it, and every change under
 * one lock, so that sessions and JVMs exclude each other and a file that a crash left empty is known to be nobody's.
 */
final class PortLeases implements Remover {
    /** Above the ports of services, below those that systems hand out by themselves. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_767;
    private static final int ATTEMPTS = 500;
    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOCK_PERIOD = Duration.ofMillis(5);

    private final SessionRoot root;
    private final int lowest;
    private final int highest;

    PortLeases(SessionRoot root) {
        this(root, LOWEST, Math.min(HIGHEST, firstEphemeral() - 1));
    }

    PortLeases(SessionRoot root, int lowest, int highest) {
        this.root = root;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** Leases a port; it is registered before anybody can see its file. The number says where to look first. */
    PortLease lease(Scope scope, int number) {
        if (highest < lowest) {
            throw new SessionException(
                    "No port to lease: the system takes ports for itself from " + (highest + 1) + " on, expected above "
                            + lowest + ". Raise the start of net.ipv4.ip_local_port_range",
                    null);
        }
        int size = highest - lowest + 1;
        int first = Math.floorMod(number, size);
        for (int i = 0; i < Math.min(size, ATTEMPTS); i++) {
            int port = lowest + (first + i) % size;
            if (Files.exists(file(port)) && !isStale(port)) {
                continue;
            }
            Entry entry = scope.register(ResourceKind.PORT, Integer.toString(port));
            if (take(port, entry.marker())) {
                return new PortLease(this, entry, port);
            }
            entry.released();
        }
        throw new SessionException(
                "No port to lease: tried " + Math.min(size, ATTEMPTS) + " of " + lowest + " to " + highest
                        + ", all in use or leased. Leases are files in " + root.ports(),
                null);
    }

    private boolean take(int port, String marker) {
        return locked(() -> {
            Path file = file(port);
            if (Files.exists(file) && !isStale(port)) {
                return false;
            }
            if (!isFree(port)) {
                return false;
            }
            Path draft = root.ports().resolve(".draft"); // so that no crash leaves a lease of nobody
            SmallFiles.write(draft, marker + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        });
    }

    /** Gives a port back; nothing happens if the lease is not, or no longer, of that marker. */
    void giveBack(int port, String marker) {
        if (holds(port, marker)) {
            locked(() -> holds(port, marker) && Files.deleteIfExists(file(port)));
        }
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.PORT;
    }

    @Override
    public List<LedgerEntry> present(List<LedgerEntry> entries) {
        return entries.stream()
                .filter(entry -> holds(number(entry), entry.marker()))
                .toList();
    }

    @Override
    public void remove(List<LedgerEntry> entries) {
        entries.forEach(entry -> giveBack(number(entry), entry.marker()));
    }

    private static int number(LedgerEntry entry) {
        return entry.name().matches("[0-9]{1,5}") ? Integer.parseInt(entry.name()) : 0;
    }

    private Path file(int port) {
        return root.ports().resolve(Integer.toString(port));
    }

    private boolean holds(int port, String marker) {
        return content(port).equals(marker);
    }

    private String content(int port) {
        try {
            return SmallFiles.read(file(port)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the session of a lease is no longer there at all, because somebody deleted it by hand. */
    private boolean isStale(int port) {
        String marker = content(port);
        try {
            return root.list().stream().noneMatch(session -> marker.startsWith(session.markerPrefix() + "-"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (var everywhere = new ServerSocket();
                var datagrams = new DatagramSocket(null)) {
            everywhere.setReuseAddress(false);
            everywhere.bind(new InetSocketAddress(port));
            datagrams.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int firstEphemeral() {
        try {
            return Integer.parseInt(SmallFiles.read(EPHEMERAL).strip().split("\\s+")[0]);
        } catch (IOException | NumberFormatException e) {
            return HIGHEST + 1;
        }
    }

    /** Something that is done under the lock of all leases. */
    private interface Locked {
        boolean run() throws IOException;
    }

    /** Does it under the lock, also on a thread that is interrupted: it would lose the lock otherwise. */
    private boolean locked(Locked action) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return lockedOnce(action);
                } catch (ClosedByInterruptException | InterruptedException e) {
                    interrupted |= Thread.interrupted() || e instanceof InterruptedException;
                }
            }
        } catch (IOException e) {
            throw new SessionException("Cannot lease or give back a port in " + root.ports() + " (" + e + ")", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean lockedOnce(Locked action) throws IOException, InterruptedException {
        Path lockFile = root.ports().resolve(".lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = acquire(channel)) {
            return lock.isValid() && action.run();
        }
    }

    private static FileLock acquire(FileChannel channel) throws IOException, InterruptedException {
        var lock = new FileLock[1];
        var failure = new IOException[1];
        Patience.until(() -> tryLock(channel, lock, failure), LOCK_LIMIT, LOCK_PERIOD);
        if (failure[0] != null) {
            throw failure[0];
        }
        if (lock[0] == null) {
            throw new IOException(
                    "somebody else holds the lock of the ports for more than " + LOCK_LIMIT.toSeconds() + " s");
        }
        return lock[0];
    }

    private static boolean tryLock(FileChannel channel, FileLock[] lock, IOException[] failure) {
        try {
            lock[0] = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this JVM
        } catch (IOException e) {
            failure[0] = e;
            return true;
        }
        return lock[0] != null;
    }
}
