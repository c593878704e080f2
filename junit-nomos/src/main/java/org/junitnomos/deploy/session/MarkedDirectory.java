package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.deploy.program.DirectoryTrees;

/**
 * Creates directories that may be removed by somebody who knows them from a ledger only: they carry a marker file from
 * the instant they exist under their name.
 */
final class MarkedDirectory {
    static final String MARKER_FILE = ".nomos-resource";

    private MarkedDirectory() {}

    static Entry create(Scope scope, Path directory) {
        Path path = real(directory);
        Entry entry = scope.register(ResourceKind.DIRECTORY, path.toString());
        Path draft = draft(path, entry.marker());
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it exists already, and would be removed with all that is in it");
            }
            Files.createDirectory(draft);
            SmallFiles.write(draft.resolve(MARKER_FILE), entry.marker() + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            return entry;
        } catch (IOException e) {
            var failure = new SessionException("Cannot create the directory " + path + " (" + e + ")", e);
            try {
                DirectoryTrees.delete(draft);
                entry.released();
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    private static Path real(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new SessionException("Cannot create the directory " + directory + ": it has no parent", null);
        }
        try {
            return parent.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            throw new SessionException(
                    "Cannot create the directory " + directory + ": " + parent + " is not there (" + e + ")", e);
        }
    }

    /** Where it is made; only its maker knows the name. */
    private static Path draft(Path path, String marker) {
        return path.resolveSibling("." + path.getFileName() + "." + marker);
    }

    /** Lists what is there of an entry: the directory if it carries the marker, and its draft. */
    static List<Path> present(LedgerEntry entry) {
        var present = new ArrayList<Path>();
        Path path = Path.of(entry.name());
        if (path.isAbsolute() && path.getFileName() != null) {
            if (isSame(path) && carries(path, entry.marker())) {
                present.add(path);
            }
            Path draft = draft(path, entry.marker());
            if (isSame(draft)) {
                present.add(draft);
            }
        }
        return present;
    }

    /** Whether it is a directory, and still the one: nobody put a link where a part of its path was. */
    private static boolean isSame(Path path) {
        try {
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    && path.toRealPath().equals(path);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean carries(Path directory, String marker) {
        Path file = directory.resolve(MARKER_FILE);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && SmallFiles.read(file).strip().equals(marker);
        } catch (IOException e) {
            return false;
        }
    }
}
