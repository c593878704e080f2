package org.junitnomos.deploy.program;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Directories that nobody but this user can put anything into, at places where others may make some, too: what is in
 * them is run and believed.
 */
@API(status = INTERNAL, since = "0.1")
public final class PrivateDirectory {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /** A directory is somebody else's, or others can write to it. */
    public static final class NotPrivateException extends IOException {
        private static final long serialVersionUID = 1L;

        private NotPrivateException(String message) {
            super(message);
        }
    }

    /**
     * Makes a directory, or sees whether the one that is there has always been of this user alone. Where there are no
     * permissions of POSIX, only its owner is looked at.
     *
     * @throws NotPrivateException if it has not, or there is a link in its place; says what is wrong, and the fix
     * @throws IOException if it cannot be made, or nothing can be written to it
     */
    public static void create(Path path) throws IOException {
        Path parent = Objects.requireNonNull(path.toAbsolutePath().getParent(), "parent");
        Files.createDirectories(parent);
        boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
        try {
            if (posix) {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OURS));
            } else {
                Files.createDirectory(path);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new NotPrivateException(path + " is a link, or no directory. Remove it");
            }
        }
        requireOwn(path);
        if (posix) {
            requireUnwritable(path);
            Files.setPosixFilePermissions(path, OURS);
        }
    }

    private static void requireOwn(Path path) throws IOException {
        Path probe = Files.createTempFile(path, ".probe", null);
        try {
            var owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
            if (!Files.getOwner(probe).equals(owner)) {
                throw new NotPrivateException(
                        path + " belongs to " + owner + ", expected " + Files.getOwner(probe) + ". Remove it");
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static void requireUnwritable(Path path) throws IOException {
        var permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new NotPrivateException(path + " can be written by others ("
                    + PosixFilePermissions.toString(permissions) + "), who may have put something there. Remove it");
        }
    }
}
