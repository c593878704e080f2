package org.junitnomos.deploy.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitnomos.time.Patience;

/**
 * The program that watches a session from outside of its JVM: it waits until the session is over. If the JVM ends
 * without ending its session, it removes what is left.
 */
final class Reaper {
    private static final Duration PERIOD = Duration.ofMillis(200);

    /** An engine may be busy, or start again just now. */
    private static final int TRIES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final SessionRoot root;
    private final SessionName session;
    private final OwnerSurroundings surroundings;

    private Reaper(SessionRoot root, SessionName session, OwnerSurroundings surroundings) {
        this.root = root;
        this.session = session;
        this.surroundings = surroundings;
    }

    /**
     * Runs until the session is over; takes the root of all sessions and the id of this one, and from its input the
     * surroundings of the owner.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var session = SessionName.parse(arguments[1])
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + arguments[1] + "' is no session, expected <pid>.<birth>.<16 hexadecimal digits>"));
        new Reaper(new SessionRoot(Path.of(arguments[0])), session, OwnerSurroundings.read(System.in)).watch();
    }

    private void watch() throws InterruptedException, IOException {
        Patience.whileTrue(() -> Files.exists(root.session(session.id())) && !session.isOrphan(), PERIOD);
        // somebody else may have claimed it, and die before it is cleaned up
        int tries = 0;
        while (tries < TRIES) {
            @Nullable SessionName found = find().orElse(null);
            if (found == null) {
                return;
            }
            if (found.isOrphan()) {
                if (tries > 0) {
                    Patience.until(() -> false, PAUSE, PAUSE);
                }
                new Sweep(root).clean(found);
                @Nullable SessionName left = find().orElse(null);
                if (left != null && left.claimer() == null) {
                    ClusterSweep.run(root, left, surroundings);
                }
                if (find().filter(SessionName::isOrphan).isPresent()) {
                    tries++;
                }
            } else {
                Patience.until(() -> find().filter(again -> !again.isOrphan()).isEmpty(), PERIOD, PERIOD);
            }
        }
    }

    private Optional<SessionName> find() {
        try {
            return root.list().stream()
                    .filter(name -> name.id().equals(session.id()))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
