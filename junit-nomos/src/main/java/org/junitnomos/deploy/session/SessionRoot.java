package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitnomos.deploy.program.PrivateDirectory;

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
        PrivateDirectory.create(directory);
        PrivateDirectory.create(sessions());
        PrivateDirectory.create(ports());
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
