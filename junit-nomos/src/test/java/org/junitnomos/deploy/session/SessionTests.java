package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTests {

    @TempDir
    Path root;

    private Session session;

    private Session session() {
        if (session == null) {
            session = Session.at(root.resolve("nomos"));
        }
        return session;
    }

    @AfterEach
    void endSession() {
        session().close();
    }

    private Process sleep(Entry entry) throws IOException {
        var builder = new ProcessBuilder("sleep", "600");
        entry.markIn(builder.environment());
        return builder.start();
    }

    @Test
    void writesNothingBeforeTheFirstRegistration() {
        session().scope("run").settle();
        assertThat(session().endIfUnused()).isTrue();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void forgetsWhatIsToOutlastIt() throws Exception {
        var scope = session().scope("run");
        var entry = scope.register(ResourceKind.PROCESS, "validator-0");
        var process = sleep(entry);
        entry.created(process.pid());
        entry.forget();

        assertThat(scope.settle()).isEmpty();
        assertThat(session().endIfUnused()).isTrue();
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
    }

    @Test
    void endsWithDirectoryAndReaperOnceEverythingIsReleased() throws Exception {
        var scope = session().scope("run");
        var entry = scope.register(ResourceKind.PROCESS, "validator-0");
        assertThat(session().directory()).isDirectory();
        var process = sleep(entry);
        entry.created(process.pid());
        assertThat(session().endIfUnused()).isFalse();

        String id = session().id();
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        entry.released();
        assertThat(scope.settle()).isEmpty();
        assertThat(session().endIfUnused()).isTrue();
        assertThat(root.resolve("nomos/sessions/" + id)).doesNotExist();
        await().atMost(60, TimeUnit.SECONDS).until(() -> Reapers.of(id).isEmpty());
        assertThat(session().id()).isNotEqualTo(id);
    }

    @Test
    void namesAndRemovesWhatADeploymentLeft() throws Exception {
        var scope = session().scope("run");
        var entry = scope.register(ResourceKind.PROCESS, "validator-0");
        var process = sleep(entry);
        entry.created(process.pid());
        var unknown = scope.register(ResourceKind.PROCESS, "validator-1");
        var other = sleep(unknown);
        scope.createDirectory(root.resolve("state"));
        Files.writeString(root.resolve("state/blocks"), "x");
        var lease = scope.leasePort();
        entry.released(); // says so, but it is not true

        assertThat(scope.settle())
                .containsExactly(
                        "process 'validator-1' was still there (removed now)",
                        "process 'validator-0' (pid " + process.pid() + ") was still there (removed now)",
                        "directory '" + root.toRealPath().resolve("state") + "' was still there (removed now)",
                        "port '" + lease.port() + "' was still there (removed now)");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(root.resolve("state")).doesNotExist();
        assertThat(session().scope("run").settle()).isEmpty();
    }

    @Test
    void refusesADirectoryThatExists() throws Exception {
        Files.createDirectory(root.resolve("mine"));
        assertThatThrownBy(() -> session().scope("run").createDirectory(root.resolve("mine")))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("it exists already, and would be removed with all that is in it");
        assertThat(session().scope("run").settle()).isEmpty();
        assertThat(root.resolve("mine")).isDirectory();
    }
}
