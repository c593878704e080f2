package org.junitnomos.deploy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junitnomos.testkit.ChildJvm;

/** What becomes of the things of a JVM that was killed with SIGKILL. */
class DeadSessionTests {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path root;
    private ChildJvm child;
    private String id;
    private List<Long> pids;
    private Path lease;

    @BeforeEach
    void startAChild() throws Exception {
        root = directory.toRealPath().resolve("nomos");
        var command = List.of(SessionChild.class.getName(), root.toString(), state().toString());
        child = ChildJvm.start(directory, List.of(), command);
        id = child.await("session ");
        pids = Arrays.stream(child.await("pids ").split(" ")).map(Long::valueOf).toList();
        lease = root.resolve("ports").resolve(child.await("port "));
        child.await("ready");
        await().atMost(LIMIT).until(() -> Reapers.of(id).size() == 1);
        assertThat(state()).isDirectory();
        assertThat(lease).isRegularFile();
    }

    @AfterEach
    void killWhatIsLeft() throws IOException {
        child.close();
        Reapers.of(id).forEach(ProcessHandle::destroyForcibly);
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        marked().forEach(ProcessHandle::destroyForcibly);
    }

    private Path state() {
        return root.resolveSibling("state");
    }

    /** The processes of the session, children of its processes included. */
    private List<ProcessHandle> marked() {
        String token = SessionName.parse(id).orElseThrow().markerPrefix();
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process).contains(Entry.VARIABLE + "=" + token + "-"))
                .toList();
    }

    private static String environment(ProcessHandle process) {
        try {
            return SmallFiles.read(Path.of("/proc", Long.toString(process.pid()), "environ"));
        } catch (IOException e) {
            return "";
        }
    }

    private void assertNothingIsLeft() {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(marked()).isEmpty();
            assertThat(pids).noneMatch(pid -> ProcessIdentity.of(pid).isPresent());
            assertThat(state()).doesNotExist();
            assertThat(lease).doesNotExist();
            try (Stream<Path> sessions = Files.list(root.resolve("sessions"))) {
                assertThat(sessions.filter(each -> each.toString().contains(id)))
                        .isEmpty();
            }
            assertThat(Reapers.of(id)).isEmpty();
        });
    }

    @Test
    void theReaperRemovesEverythingAndSaysSo() throws Exception {
        assertThat(marked()).hasSize(4);
        child.kill();
        assertNothingIsLeft();
        assertThat(Files.readString(root.resolve("cleanup.log")))
                .contains("session " + id + " is dead")
                .contains("removed process 'validator-0' (pid " + pids.get(0) + ") of run")
                .contains("removed process 'validator-1' of run")
                .contains("removed directory '" + state() + "' of run")
                .contains("removed port '" + lease.getFileName() + "' of run")
                .contains("session " + id + " is cleaned up");
    }

    @Test
    void aSessionThatLivesIsNotTouched() throws Exception {
        try (var living = Session.at(root)) {
            var scope = living.scope("living");
            var entry = scope.register(ResourceKind.PROCESS, "validator-0");
            var builder = new ProcessBuilder("sleep", "600");
            entry.markIn(builder.environment());
            var process = builder.start();
            entry.created(process.pid());
            scope.createDirectory(directory.resolve("living"));
            var port = scope.leasePort();
            child.kill();
            assertNothingIsLeft();
            new Sweep(new SessionRoot(root)).all();
            assertThat(process.isAlive()).isTrue();
            assertThat(directory.resolve("living")).isDirectory();
            assertThat(root.resolve("ports/" + port.port())).isRegularFile();
            assertThat(living.directory()).isDirectory();
        }
    }

    @Test
    void theNextStartRemovesWhatAKilledReaperCouldNot() throws Exception {
        Reapers.of(id).forEach(ProcessHandle::destroyForcibly);
        await().atMost(LIMIT).until(() -> Reapers.of(id).isEmpty());
        child.kill();
        assertThat(marked()).isNotEmpty();
        try (var next = Session.at(root)) {
            next.scope("next").register(ResourceKind.PROCESS, "validator-0");
            assertNothingIsLeft();
        }
    }

    @Test
    void whoeverComesFirstCleansUpAlone() throws Exception {
        child.kill();
        new Sweep(new SessionRoot(root)).all();
        assertNothingIsLeft();
        assertThat(Files.readString(root.resolve("cleanup.log"))).containsOnlyOnce("session " + id + " is cleaned up");
    }
}
