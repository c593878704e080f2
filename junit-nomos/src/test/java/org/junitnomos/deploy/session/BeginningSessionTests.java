package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ChildJvm;

/** What becomes of a session whose JVM is killed with SIGKILL while it begins. */
class BeginningSessionTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void itsDirectoryGoesAlsoBeforeTheReaperIsToldOfIt() throws Exception {
        killed("after", true);
    }

    @Test
    void nothingComesIfThereIsNoDirectoryYet() throws Exception {
        killed("before", false);
    }

    private void killed(String moment, boolean begun) throws Exception {
        Path root = directory.toRealPath().resolve("nomos");
        var command = List.of(BeginningChild.class.getName(), root.toString(), moment);
        try (var child = ChildJvm.start(directory, List.of(), command)) {
            String id = child.await("session ");
            Path session = new SessionRoot(root).session(id);
            assertThat(session.toFile().isDirectory()).isEqualTo(begun);
            assertThat(Reapers.of(id)).hasSize(1);

            child.kill();

            await().atMost(LIMIT).until(() -> Reapers.of(id).isEmpty());
            assertThat(root.resolve("sessions")).isEmptyDirectory();
        }
    }
}
