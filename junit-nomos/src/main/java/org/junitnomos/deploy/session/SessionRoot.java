package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The places that all sessions of one user share: {@code sessions/<id>} for each session, {@code ports/<number>}
 * for each leased port, and the log of what was removed after the death of a session.
 *
 * @param directory {@code <java.io.tmpdir>/nomos-<user>}, or one of a test's own
 */
record SessionRoot(Path directory) {
    static final String LEDGER = "resources";
    static final String OWNER = "owner";

    static SessionRoot ofThisUser() {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        return new SessionRoot(Path.of(System.getProperty("java.io.tmpdir"), "nomos-" + user)
                .toAbsolutePath()
                .normalize());
    }

    Path sessions() {
        return directory.resolve("sessions");
    }

    Path session(String name) {
        return sessions().resolve(name);
    }

    Path ports() {
        return directory.resolve("ports");
    }

    /** What was removed of dead sessions; outlives them. */
    Path log() {
        return directory.resolve("cleanup.log");
    }

    /** Creates the places, for this user only, and makes sure that they are this user's. */
    void create() throws IOException {
        createPrivate(directory);
        createPrivate(sessions());
        createPrivate(ports());
    }

    private static void createPrivate(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = Objects.requireNonNull(path.getParent(), "parent");
            Files.createDirectories(parent);
            boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
            try {
                if (posix) {
                    Files.createDirectory(
                            path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectory(path);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
        Path probe = Files.createTempFile(path, ".probe", null);
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))) {
                throw new IOException(
                        path + " belongs to " + Files.getOwner(path) + ", expected " + Files.getOwner(probe));
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Lists the names of all sessions, dead or alive. */
    List<SessionName> list() throws IOException {
        var names = new ArrayList<SessionName>();
        if (Files.isDirectory(sessions())) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(sessions())) {
                for (Path child : children) {
                    SessionName.parse(child.getFileName().toString()).ifPresent(names::add);
                }
            }
        }
        names.sort((a, b) -> a.text().compareTo(b.text()));
        return List.copyOf(names);
    }
}
